"""*Meine Fälle*: one's own cases, searched, chosen, sorted, paged; nothing about any survey."""

from typing import ClassVar, TypeAlias, get_args

from litestar import Controller, get
from msgspec import Struct, structs

from connector.cases import caseload
from connector.cases.caseload import Case, CaseFilter, Column, Selection, State
from connector.web import frame, lists
from connector.web.frame import Frame
from connector.web.lists import Head, Pager
from connector.web.session import allows
from connector.web.site import TheSite
from survey.http.page import View
from survey.http.reply import Reply
from survey.http.staff_session import StaffRequest
from survey.language import formats

PATH = "/cases"
LONGEST = 60
STATES: tuple[State, ...] = get_args(State)
COLUMNS: tuple[Column, ...] = get_args(Column)
Query: TypeAlias = dict[str, str | int]


class Row(Struct, frozen=True, kw_only=True):
    """One case."""

    href: str
    number: str
    kind: str
    since: str
    until: str


class Tab(Struct, frozen=True, kw_only=True):
    """A choice of cases."""

    key: State
    count: int
    href: str
    current: bool


class ListView(View, frozen=True, kw_only=True):
    """`state` and `sort` travel with a search."""

    template: ClassVar[str] = "cases/list.html"

    frame: Frame
    today: str
    search: str
    state: str
    sort: str
    tabs: tuple[Tab, ...]
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    pager: Pager
    whole: int


class CaseList(Controller):
    """The list of one's own cases."""

    path = PATH
    guards = [allows("case_manager")]  # noqa: RUF012 - litestar reads it so

    @get("/", sync_to_thread=True)
    def show(self, request: StaffRequest, site: TheSite) -> Reply:
        """The page of it that was asked for."""
        wish = _wish(request)
        today = site.today()
        chosen = caseload.select(site.database, site.case_key, request.user, wish, today=today)
        language = site.language(request)
        view = ListView(
            frame=frame.frame_for(site, request, "cases"),
            today=formats.day(today, language),
            search=wish.search,
            state=_told(wish)["state"],
            sort=_told(wish)["sort"],
            tabs=_tabs(wish, chosen),
            heads=tuple(_head(wish, column) for column in COLUMNS),
            rows=tuple(_row(case, language) for case in chosen.cases),
            pager=lists.pager(
                PATH,
                _query(wish),
                page=chosen.page,
                size=caseload.PAGE,
                found=chosen.found,
            ),
            whole=chosen.counts["all"],
        )
        return site.show(request, view)


def _wish(request: StaffRequest) -> CaseFilter:
    """The filter in the address; invalid values are ignored."""
    asked = request.query_params
    state, sort = asked.get("state", ""), asked.get("sort", "")
    return CaseFilter(
        search=" ".join(asked.get("q", "").split())[:LONGEST],
        state=next((choice for choice in STATES if choice == state), "running"),
        column=next((column for column in COLUMNS if column == sort.removeprefix("-")), "number"),
        falling=sort.startswith("-"),
        page=lists.number(asked.get("page")),
    )


def _told(wish: CaseFilter) -> dict[str, str]:
    """A filter's value for the address; empty for the default."""
    sort = ("-" if wish.falling else "") + wish.column
    return {
        "state": "" if wish.state == "running" else wish.state,
        "sort": "" if sort == "number" else sort,
    }


def _query(wish: CaseFilter) -> Query:
    return {"q": wish.search, **_told(wish)}


def _tabs(wish: CaseFilter, chosen: Selection) -> tuple[Tab, ...]:
    return tuple(
        Tab(
            key=state,
            count=chosen.counts[state],
            href=lists.address(PATH, _query(structs.replace(wish, state=state))),
            current=state == wish.state,
        )
        for state in STATES
    )


def _head(wish: CaseFilter, column: Column) -> Head:
    mine = wish.column == column
    turned = structs.replace(wish, column=column, falling=mine and not wish.falling)
    direction = "descending" if wish.falling else "ascending"
    return Head(
        key=column,
        href=lists.address(PATH, _query(turned)),
        sorted=direction if mine else "",
    )


def _row(case: Case, language: str) -> Row:
    return Row(
        href=f"{PATH}/{case.address}",
        number=case.number,
        kind=case.kind,
        since=formats.brief(case.started_on, language),
        until=formats.brief(case.ended_on, language) if case.ended_on else "",
    )
