"""A case manager's own cases: the list, and one case with what its person released to her.

The list must tell nothing about who was invited, took part or released anything: it is made of the
imported cases alone, and nothing of a release is read for it. Opening a case writes down up to
which pull it was seen; that released words were read is logged in the transaction that reads them.
"""

import re
from datetime import date, datetime
from typing import Literal, TypeAlias, assert_never

import msgspec
from msgspec import Struct

from connector.identifiers import compared
from connector.roles import ZONE
from connector.state import audit, case_managers, episodes, pulls, releases, visits, waves
from connector.state.episodes import Own
from connector.state.pulls import Pulled
from connector.state.releases import Release
from connector.state.visits import Visit
from survey.engine.database import Database, Transaction
from survey.linkage import pseudonyms
from survey.model.accounts import Account
from survey.model.exchange import ReleasedBlock

State: TypeAlias = Literal["running", "ended", "all"]
Column: TypeAlias = Literal["number", "kind", "since", "until"]

PAGE = 50


class Case(Struct, frozen=True, kw_only=True):
    """A case with its number; `address` is how pages name it."""

    address: str
    number: str
    kind: str
    started_on: date
    ended_on: date | None


class CaseFilter(Struct, frozen=True, kw_only=True):
    """Search and order of a list of cases; pages count from 1."""

    search: str = ""
    state: State = "running"
    column: Column = "number"
    falling: bool = False
    page: int = 1


class Selection(Struct, frozen=True, kw_only=True):
    """One page of cases; `counts` by state are those of the whole list, whatever is searched."""

    cases: tuple[Case, ...]
    found: int
    page: int
    pages: int
    counts: dict[State, int]


class ReleasedWave(Struct, frozen=True, kw_only=True):
    """A person's released blocks of one wave with equal days; `fresh` since the last visit."""

    programme: str
    wave: int
    from_on: date
    until: date
    blocks: tuple[ReleasedBlock, ...]
    fresh: bool


class OpenCase(Struct, frozen=True, kw_only=True):
    """A case as its page shows it.

    Args:
        pulled_on: day of the last pull, the same on every case; None before the first
        stale: too long ago to show anything
    """

    case: Case
    shown: tuple[ReleasedWave, ...]
    pulled_on: date | None
    stale: bool


def select(
    database: Database, case_key: bytes, account: Account, wish: CaseFilter, *, today: date
) -> Selection:
    """The page of her own cases that she asked for."""
    with database.read() as tx:
        sign = case_managers.sign_of(tx, account.account_id)
        every = episodes.of_case_manager(tx, sign)
    cases = [_case(case_key, episode) for episode in every]
    counts: dict[State, int] = {
        state: sum(_is(case, state, today) for case in cases)
        for state in ("running", "ended", "all")
    }
    wanted = _plain(wish.search)
    selected = [
        case for case in cases if _is(case, wish.state, today) and wanted in _plain(case.number)
    ]
    selected.sort(key=lambda case: _natural(case.number), reverse=_falls(wish, "number"))
    if wish.column != "number":
        # Within equals the order of the numbers stays.
        selected.sort(key=lambda case: _order(case, wish.column), reverse=wish.falling)
    pages = max(1, -(-len(selected) // PAGE))
    page = min(max(1, wish.page), pages)
    return Selection(
        cases=tuple(selected[(page - 1) * PAGE : page * PAGE]),
        found=len(selected),
        page=page,
        pages=pages,
        counts=counts,
    )


def open_case(
    database: Database,
    case_key: bytes,
    account: Account,
    address: str,
    *,
    at: datetime,
    today: date,
) -> OpenCase | None:
    """A case of her own; None for any other, whether there is one or not."""
    case_index = _index(address)
    if case_index is None:
        return None
    with database.write() as tx:
        sign = case_managers.sign_of(tx, account.account_id)
        episode = episodes.own(tx, case_index, sign)
        if episode is None:
            return None
        pulled = pulls.last(tx)
        stale = pulls.is_stale(pulled, today)
        shown: tuple[ReleasedWave, ...] = ()
        if pulled and not stale:
            readable = releases.shown(
                tx,
                case_index,
                account,
                on=today,
                ended_since=releases.ended_since(today),
            )
            visit = _visit(tx, account, case_index, pulled, today)
            shown = _grouped(tx, case_key, readable, visit.seen_before)
            if shown:
                audit.note(tx, ZONE.actor(account), "release.read", address, at=at)
    return OpenCase(
        case=_case(case_key, episode),
        shown=shown,
        pulled_on=pulled.pulled_on if pulled else None,
        stale=stale,
    )


def _visit(
    tx: Transaction, account: Account, case_index: bytes, pulled: Pulled, today: date
) -> Visit:
    """Note this visit; what was new this morning stays new until tomorrow."""
    last = visits.find(tx, account.account_id, case_index)
    before = 0
    if last is not None:
        before = last.seen_before if last.visited_on >= today else last.seen
    visit = Visit(
        account_id=account.account_id,
        case_index=case_index,
        visited_on=today,
        seen_before=before,
        seen=pulled.number,
    )
    if visit != last:
        visits.keep(tx, visit)
    return visit


def _grouped(
    tx: Transaction, case_key: bytes, readable: list[Release], seen_before: int
) -> tuple[ReleasedWave, ...]:
    groups: dict[tuple[str, date, date], list[Release]] = {}
    for release in readable:
        groups.setdefault((release.wave_id, release.from_on, release.until), []).append(release)
    shown = []
    for (wave_id, from_on, until), together in groups.items():
        offer = waves.find(tx, wave_id)
        shown.append(
            ReleasedWave(
                programme=offer.programme_title,
                wave=offer.number,
                from_on=from_on,
                until=until,
                blocks=tuple(_words(case_key, part) for part in together),
                fresh=any(part.first_pull > seen_before for part in together),
            )
        )
    return tuple(shown)


def _words(case_key: bytes, release: Release) -> ReleasedBlock:
    plain = pseudonyms.open_words(case_key, release.case_index, release.release_id, release.words)
    return msgspec.json.decode(plain, type=ReleasedBlock)


def _case(case_key: bytes, own: Own) -> Case:
    return Case(
        address=own.case_index.hex(),
        number=pseudonyms.open_case(case_key, own.sealed_case),
        kind=own.kind,
        started_on=own.started_on,
        ended_on=own.ended_on,
    )


def _index(address: str) -> bytes | None:
    return bytes.fromhex(address) if re.fullmatch(r"[0-9a-f]{64}", address) else None


def _is(case: Case, state: State, today: date) -> bool:
    if state == "all":
        return True
    running = case.ended_on is None or case.ended_on >= today
    return running == (state == "running")


def _plain(text: str) -> str:
    """The form of a case number for searching: as in an import, and without blanks."""
    return compared(text).replace(" ", "")


def _natural(number: str) -> list[tuple[int, int, str]]:
    """Sorts FM-9 before FM-10."""
    parts = re.findall(r"[0-9]+|[^0-9]+", number.casefold())
    return [(0, int(part), "") if part[0] in "0123456789" else (1, 0, part) for part in parts]


def _falls(wish: CaseFilter, column: Column) -> bool:
    return wish.falling and wish.column == column


def _order(case: Case, column: Column) -> tuple[date, str]:
    match column:
        case "number" | "kind":
            return date.min, case.kind
        case "since":
            return case.started_on, ""
        case "until":
            # What has not ended stands behind what has.
            return case.ended_on or date.max, ""
        case _:
            assert_never(column)
