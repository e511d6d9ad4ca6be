"""Which reports there are, as every floor may know it: names, editions, languages, file formats.

How a report is measured and rendered stands in `survey.report.registry`, by the same names: that
loads what web processes never need, and lies above the actions that ask what reports there are.
"""

from collections.abc import Mapping
from typing import Literal, TypeAlias, get_args

from msgspec import Struct

from survey.errors import NotFound
from survey.language import tags
from survey.language.later import later
from survey.model.file_formats import PDF, FileFormat

# internal: names units and quotes comments, where a report has any; council: does neither.
EditionKind: TypeAlias = Literal["internal", "council"]


class ReportType(Struct, frozen=True, kw_only=True):
    """One report that a closed wave can have.

    Args:
        name: in tables, jobs, file names and on the command line
        title: as pages call it beside other reports of a wave
        summary: first sentence of the help of its command
        comments: quotes comments, so that none can be added once it is frozen
    """

    name: str
    title: str
    summary: str
    editions: tuple[EditionKind, ...] = get_args(EditionKind)
    languages: tuple[str, ...] = tags.STAFF_LANGUAGES
    formats: tuple[FileFormat, ...] = (PDF,)
    comments: bool = False

    def file_format(self, name: str) -> FileFormat:
        """The format of this name.

        Raises:
            NotFound: this report is not written in it
        """
        for file_format in self.formats:
            if file_format.name == name:
                return file_format
        raise NotFound(report=self.name, file_format=name[:64])


class ReportRequest(Struct, frozen=True, kw_only=True):
    """Which document of a report is asked for; also the details of a job that makes it."""

    report: str
    edition: EditionKind
    language: str
    file_format: str = PDF.name


SATISFACTION = ReportType(
    name="satisfaction",
    title=later("Zufriedenheit"),
    summary="Write the satisfaction report of a wave: PDF/A-3a and PDF/UA-1, tables attached.",
    comments=True,
)
REPORT_TYPES: Mapping[str, ReportType] = {SATISFACTION.name: SATISFACTION}
# Reports that quote comments.
QUOTING = tuple(name for name, report_type in REPORT_TYPES.items() if report_type.comments)
# The report of jobs, addresses and snapshots that name none: they are from before there were more.
UNNAMED = SATISFACTION.name


def find(name: str) -> ReportType:
    """The report of this name.

    Raises:
        NotFound: there is no such report
    """
    if name not in REPORT_TYPES:
        raise NotFound(report=name[:64])
    return REPORT_TYPES[name]
