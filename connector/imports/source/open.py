"""The one door to an export, whatever kind of source it is read from."""

from contextlib import AbstractContextManager
from typing import assert_never

from connector.imports.source import csv_file
from connector.imports.source.kinds import CsvFile, Source
from connector.imports.source.records import Export, Progress, unwatched


def open_source(
    source: Source, columns: tuple[str, ...], progress: Progress = unwatched
) -> AbstractContextManager[Export]:
    """The wanted columns of an export, open as long as the block lasts.

    Raises:
        FileRefused: with the code of the finding
    """
    match source:
        case CsvFile():
            return csv_file.opened(source, columns, progress)
        case _:
            assert_never(source)
