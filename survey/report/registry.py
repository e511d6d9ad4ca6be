"""The registry of reports: how each is measured, written down, read, previewed and rendered.

One entry here and one in `survey.report_types` are a report. Worker, tables and pages take all
they do from these two and know no report by name.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar

from msgspec import Struct

from survey.engine.database import Transaction
from survey.errors import NotFound
from survey.home import Services
from survey.model import snapshots
from survey.model.file_formats import PDF
from survey.model.jobs import Progress
from survey.model.previews import Preview
from survey.model.snapshots import SatisfactionSnapshot
from survey.model.waves import Wave
from survey.report.measure import preview, programme_context
from survey.report.measure import satisfaction as satisfaction_figures
from survey.report.measure.measured import Measured
from survey.report.render import satisfaction as satisfaction_pages
from survey.report.render.context import Edition
from survey.report_types import SATISFACTION, ReportType
from survey.statistics.disclosure.registry import Registry

S = TypeVar("S")
Rendered = TypeVar("Rendered", contravariant=True)


class Render(Protocol[Rendered]):
    """Makes a file of a snapshot; equal input gives equal bytes."""

    def __call__(
        self, snapshot: Rendered, *, language: str, edition: Edition, progress: Progress
    ) -> bytes:
        """The file; `progress` is called with a message at each step."""
        ...


class Report(Struct, Generic[S], frozen=True, kw_only=True):
    """One report.

    Args:
        frozen_with: waves that its first run for a closed wave freezes as parts of it
        measure: opens the answers it needs, beside what was published before
        text, read: the snapshot as canonical text and back, also from earlier versions
        preview: what of a snapshot is shown; the number is how many answered, as pages round it
        render: by the name of a file format, those of its type and no others
    """

    type: ReportType
    frozen_with: Callable[[Transaction, Wave], Sequence[Wave]]
    measure: Callable[[Services, Wave, Registry, Progress], Measured[S]]
    text: Callable[[S], str]
    read: Callable[[str], S]
    preview: Callable[[S, int], Preview]
    render: Mapping[str, Render[S]]


_SATISFACTION = Report[SatisfactionSnapshot](
    type=SATISFACTION,
    frozen_with=programme_context.without_code,
    measure=satisfaction_figures.of_wave,
    text=snapshots.text,
    read=snapshots.read_satisfaction,
    preview=preview.of,
    render={PDF.name: satisfaction_pages.render},
)
REPORTS: dict[str, Report[Any]] = {_SATISFACTION.type.name: _SATISFACTION}


def find(name: str) -> Report[Any]:
    """The report of this name.

    Raises:
        NotFound: there is no such report
    """
    if name not in REPORTS:
        raise NotFound(report=name[:64])
    return REPORTS[name]
