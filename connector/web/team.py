"""*Mein Team*: the published results of the unit and of the whole house, exactly as published.

A unit has at least three case managers, and which one is shown follows from the team of one's own
cases alone. What was withheld in the report is withheld here, and looks alike whatever the reason.
"""

from typing import ClassVar

import msgspec
from litestar import get
from msgspec import Struct

from connector.state import case_managers, reports
from connector.state.reports import Report
from connector.web import frame, lists, team_cells
from connector.web.frame import Frame
from connector.web.session import allows
from connector.web.site import TheSite
from connector.web.team_cells import Cell
from survey.http.page import View
from survey.http.reply import Reply
from survey.http.staff_session import StaffRequest
from survey.language import formats
from survey.model import snapshots
from survey.model.snapshots import Rated, SatisfactionSnapshot, UnitRow
from survey.model.wording import Wording

PATH = "/team"


class Row(Struct, frozen=True, kw_only=True):
    """One thing that was measured.

    Args:
        said: the only statement of a topic, which then has no row of its own
        denied: counted is who denies
    """

    label: str
    own: tuple[Cell, ...]
    whole: Cell
    said: str = ""
    topic: bool = False
    denied: bool = False


class Group(Struct, frozen=True, kw_only=True):
    """Rows that belong together, with the key of what is counted in them."""

    key: str
    rows: tuple[Row, ...]


class Choice(Struct, frozen=True, kw_only=True):
    """A published report that can be looked at."""

    title: str
    wave: int
    href: str
    current: bool


class TeamView(View, frozen=True, kw_only=True):
    """`newer`: the report was made by a newer version than this connector can read."""

    template: ClassVar[str] = "cases/team.html"

    frame: Frame
    choices: tuple[Choice, ...]
    newer: bool = False
    first: str = ""
    last: str = ""
    frozen_on: str = ""
    units: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()


@get(PATH, guards=[allows("case_manager")], sync_to_thread=True)
def team_show(request: StaffRequest, site: TheSite) -> Reply:
    """The report that was asked for, else the latest."""
    with site.database.read() as tx:
        every = reports.list_all(tx)
        asked = request.query_params.get("wave", "")
        chosen = next(
            (report for report in every if report.wave_id == asked), every[0] if every else None
        )
        sign = case_managers.sign_of(tx, request.user.account_id)
        own = reports.units_of(tx, chosen.wave_id, sign) if chosen else []
    around = frame.frame_for(site, request, "team")
    return site.show(request, _view(around, every, chosen, own, site.language(request)))


def _view(
    around: Frame, every: list[Report], chosen: Report | None, own: list[str], language: str
) -> TeamView:
    read: dict[str, SatisfactionSnapshot | None] = {}
    for report in every:
        # A wave may have other reports, which this page has nothing of.
        read[report.wave_id] = read.get(report.wave_id) or _read(report)
    choices = tuple(
        Choice(
            title=snapshot.setting.title or snapshot.setting.programme,
            wave=snapshot.setting.wave_number,
            href=lists.address(PATH, {"wave": wave_id}),
            current=chosen is not None and wave_id == chosen.wave_id,
        )
        for wave_id, snapshot in read.items()
        if snapshot
    )
    if chosen is None:
        return TeamView(frame=around, choices=choices)
    snapshot = read[chosen.wave_id]
    if snapshot is None:
        return TeamView(frame=around, choices=choices, newer=True)
    units = [unit for unit in snapshot.units if unit.unit_id in own]
    return TeamView(
        frame=around,
        choices=choices,
        first=formats.brief(snapshot.setting.opens_on, language),
        last=formats.brief(snapshot.setting.last_day, language),
        frozen_on=formats.brief(chosen.frozen_on, language),
        units=tuple(unit.label for unit in units),
        groups=tuple(_groups(snapshot, tuple(unit.unit_id for unit in units), language)),
    )


def _read(report: Report) -> SatisfactionSnapshot | None:
    try:
        return snapshots.read_satisfaction(report.body)
    except msgspec.DecodeError:
        return None


def _groups(snapshot: SatisfactionSnapshot, units: tuple[str, ...], language: str) -> list[Group]:
    words = snapshot.wordings.get(language) or snapshot.wordings["de"]
    rates = {unit.unit_id: unit.rate for unit in snapshot.units}
    took_part = Row(
        label="",
        own=tuple(team_cells.rate(rates[unit], language) for unit in units),
        whole=team_cells.rate(snapshot.response.rate, language),
    )
    grades = [
        Row(
            label=words.questions[grade.question_id].label,
            own=tuple(
                team_cells.mean(row.mean if row else None, language, row)
                for row in _rows(snapshot, "grade", grade.question_id, units)
            ),
            whole=team_cells.mean(grade.mean, language),
        )
        for grade in snapshot.grades
    ]
    groups = [Group(key="rate", rows=(took_part,)), Group(key="grades", rows=tuple(grades))]
    return [
        *(group for group in groups if group.rows),
        Group(key="topics", rows=tuple(_topics(snapshot, words, units, language))),
    ]


def _topics(
    snapshot: SatisfactionSnapshot, words: Wording, units: tuple[str, ...], language: str
) -> list[Row]:
    """Every topic with its statements under it, in the order of the report; one alone beside it."""
    rows = []
    for topic in snapshot.topics:
        rated = [
            statement for statement in snapshot.rated if statement.construct == topic.construct
        ]
        if len(rated) == 1:
            rows.append(_alone(snapshot, rated[0], words, units, language))
            continue
        own = _rows(snapshot, "topic", topic.construct, units)
        rows.append(
            Row(
                label=words.constructs.get(topic.construct, topic.construct),
                own=tuple(team_cells.of_unit(figure, language) for figure in own),
                whole=team_cells.share(topic.favourable, language),
                topic=True,
            )
        )
        rows += [
            Row(
                label=_label(words, statement.question_id),
                own=tuple(
                    team_cells.of_unit(row, language)
                    for row in _rows(snapshot, "statement", statement.question_id, units)
                ),
                whole=team_cells.share(statement.favourable, language),
                denied=statement.reversed,
            )
            for statement in rated
        ]
    return rows


def _alone(
    snapshot: SatisfactionSnapshot,
    statement: Rated,
    words: Wording,
    units: tuple[str, ...],
    language: str,
) -> Row:
    """A topic of one statement: two rows would say the same twice."""
    return Row(
        label=words.constructs.get(statement.construct, statement.construct),
        said=_label(words, statement.question_id),
        own=tuple(
            team_cells.of_unit(row, language)
            for row in _rows(snapshot, "statement", statement.question_id, units)
        ),
        whole=team_cells.share(statement.favourable, language),
        topic=True,
        denied=statement.reversed,
    )


def _rows(
    snapshot: SatisfactionSnapshot, kind: str, subject: str, units: tuple[str, ...]
) -> list[UnitRow | None]:
    """The rows of one's units; None where the report has no such table."""
    for table in snapshot.by_unit:
        if table.kind == kind and table.subject == subject:
            known = {row.unit_id: row for row in table.rows}
            return [known.get(unit) for unit in units]
    return [None for _ in units]


def _label(words: Wording, question_id: str) -> str:
    question = words.questions.get(question_id)
    return (question.short or question.label) if question else question_id
