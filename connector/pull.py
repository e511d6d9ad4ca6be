"""Fetches what people released to their case managers, and the published reports.

A pull lists everything the connector may hold at this moment. What is listed and not yet here is
opened, found by its pseudonym and kept sealed under K_case; what is here and not listed any more
was withdrawn or is over, and is deleted with its words. All of it in one transaction, or nothing.
"""

from collections.abc import Collection, Container, Iterable
from datetime import date, datetime

import msgspec
from msgspec import Struct, structs

from connector import client, programme_end
from connector.errors import ServerRefused
from connector.settings import Home
from connector.state import links, pulls, releases, reports, retention
from connector.state.pulls import Pulled
from connector.state.releases import Release, Terms
from connector.state.reports import Report
from survey.engine.database import Database, Transaction
from survey.errors import NotSealedForUs, Refused
from survey.linkage import keys, pseudonyms
from survey.linkage import releases as wrappings
from survey.linkage.keys import Pair
from survey.linkage.releases import Addressed
from survey.model.exchange import HeldRelease, PublishedReport, Pull, ReleasedBlock, WaveOffer


class OpenRelease(Struct, frozen=True, kw_only=True):
    """A release whose box is open: its pseudonym, block, words, and its first and last day."""

    held: HeldRelease
    pseudonym: bytes
    block: str
    words: bytes
    from_on: date
    until: date


class Outcome(Struct, frozen=True, kw_only=True):
    """Outcome of a pull, in releases and reports.

    Args:
        ended: programmes of which everything was destroyed just now
        ending: programmes that the server calls ended and that nobody here has confirmed
        held, new, gone: here now; of these new; deleted because withdrawn, over or the case left
        other_key: sealed to a key that is not this connector's
        damaged: sealed to it, and do not open all the same
        stranger: of a pseudonym nobody here has, or of a case that has left
    """

    held: int
    new: int
    gone: int
    other_key: int
    damaged: int
    stranger: int
    reports: int
    ended: tuple[str, ...] = ()
    ending: tuple[str, ...] = ()


class PullReply(Struct, frozen=True, kw_only=True):
    """The server's reply to a pull; `before` is the last pull stored when it was requested."""

    offers: list[WaveOffer]
    answer: Pull
    before: Pulled | None


class _Sorted(Struct, kw_only=True):
    opened: list[OpenRelease] = []
    other_key: int = 0
    damaged: int = 0


def pull(
    home: Home, database: Database, *, at: datetime, today: date, end: Collection[str] = ()
) -> Outcome:
    """Fetch and take in; what is here of ended programmes is destroyed where a person says so.

    The server's word alone must not do that: whoever has broken into it could destroy the house's
    links for good.

    Args:
        end: programmes that somebody here knows to have ended
    Raises:
        ServerUnreachable, ServerRefused, ServerNotPinned, KeyMissing: nothing was changed
        Refused: another pull was faster, whose list is newer than this one; nothing was changed
    """
    with database.read() as tx:
        before = pulls.last(tx)
    with client.connected(home, again="connector pull") as server:
        offers = client.learn(server, database)
        answer = client.fetch(home, server)
    reply = PullReply(offers=offers, answer=answer, before=before)
    return run(home, database, reply, at=at, today=today, end=end)


def run(
    home: Home,
    database: Database,
    reply: PullReply,
    *,
    at: datetime,
    today: date,
    end: Collection[str] = (),
) -> Outcome:
    """Take in what the server said; that it was the server, and just now, is for the caller to see.

    Raises:
        ServerRefused, KeyMissing, Refused: nothing was changed
    """
    pair = keys.sealing_pair(home.keys)
    case_key = keys.read(home.keys, "case")
    ended = programme_end.ended(reply.offers)
    answer = _without(ended, reply.answer)
    _refuse_contradictory(answer)
    with database.read() as tx:
        known = releases.ids(tx)
    received = _open(pair, answer.releases, known)
    with database.write() as tx:
        if pulls.last(tx) != reply.before:
            raise Refused(reason="another pull was faster", cure="connector pull")
        forgotten = [
            programme_id
            for programme_id, waves in ended.items()
            if programme_id in end and programme_end.forget(tx, home, programme_id, waves, at=at)
        ]
        waiting = [programme for programme in links.programmes(tx) if programme in ended]
        outcome = _keep(tx, case_key, answer, received, today=today)
        # Here as well: not every house serves case pages.
        swept = retention.sweep(tx, today, period=home.settings.period_days)
    outcome = structs.replace(outcome, ended=tuple(forgotten), ending=tuple(waiting))
    if outcome.gone or outcome.ended or swept:
        # What was withdrawn leaves the write-ahead log as well.
        database.forget()
    return outcome


def _without(ended: Collection[str], answer: Pull) -> Pull:
    """Of an ended programme nothing is taken in again, published reports neither."""
    return Pull(
        releases=tuple(release for release in answer.releases if release.programme_id not in ended),
        reports=tuple(report for report in answer.reports if report.programme_id not in ended),
    )


def _refuse_contradictory(answer: Pull) -> None:
    """Nothing is taken from a list that cannot be right."""
    ids = {release.release_id for release in answer.releases}
    frozen = {(report.wave_id, report.report) for report in answer.reports}
    if len(ids) < len(answer.releases) or len(frozen) < len(answer.reports):
        raise ServerRefused(reason="it lists the same thing twice; nothing was changed")
    if any(release.until < release.from_on for release in answer.releases):
        raise ServerRefused(reason="it lists a release that ends before it begins")


def _open(pair: Pair, listed: Iterable[HeldRelease], known: Container[str]) -> _Sorted:
    """Opens the releases; known ones as well, since their days may have changed."""
    received = _Sorted()
    for release in listed:
        missing = release.release_id not in known
        if release.sealed_to != pair.public:
            received.other_key += missing
            continue
        try:
            received.opened.append(_opened(pair, release))
        except (NotSealedForUs, msgspec.DecodeError):
            received.damaged += missing
    return received


def _opened(pair: Pair, release: HeldRelease) -> OpenRelease:
    addressed, words = wrappings.open_addressed(pair.private, release.sealed)
    if addressed.wave_id != release.wave_id:
        raise NotSealedForUs()
    # Whatever cannot be read is refused here, not on the page of a case.
    block = msgspec.json.decode(words, type=ReleasedBlock)
    from_on, until = _days(release, addressed)
    return OpenRelease(
        held=release,
        pseudonym=addressed.pseudonym,
        block=addressed.block,
        words=msgspec.json.encode(block),
        from_on=from_on,
        until=until,
    )


def _days(release: HeldRelease, addressed: Addressed) -> tuple[date, date]:
    """Those inside the box; what an older server sealed has only those beside it."""
    if addressed.from_on is None or addressed.until is None:
        return release.from_on, release.until
    if addressed.until < addressed.from_on:
        raise NotSealedForUs()
    return addressed.from_on, addressed.until


def _keep(
    tx: Transaction, case_key: bytes, answer: Pull, received: _Sorted, *, today: date
) -> Outcome:
    last = pulls.last(tx)
    number = last.number + 1 if last else 1
    pulls.add(tx, Pulled(number, today))
    listed = {release.release_id: release for release in answer.releases}
    known = releases.ids(tx)
    gone = releases.remove(tx, sorted(known - listed.keys()))
    gone += releases.remove_left(tx, ended_since=releases.ended_since(today))
    releases.set_terms(
        tx,
        (
            Terms(release_id=entry.held.release_id, from_on=entry.from_on, until=entry.until)
            for entry in received.opened
            if entry.held.release_id in known
        ),
    )
    fresh = [entry for entry in received.opened if entry.held.release_id not in known]
    new = 0
    for new_release in fresh:
        case_index = links.case_of(
            tx,
            new_release.held.programme_id,
            new_release.pseudonym,
            ended_since=releases.ended_since(today),
        )
        if case_index is not None:
            releases.keep(tx, _release(case_key, new_release, case_index, number))
            new += 1
    reports.replace(tx, [_report(report) for report in answer.reports])
    held = len(releases.ids(tx))
    return Outcome(
        held=held,
        new=new,
        gone=gone,
        other_key=received.other_key,
        damaged=received.damaged,
        stranger=len(fresh) - new,
        reports=len(answer.reports),
    )


def _release(case_key: bytes, release: OpenRelease, case_index: bytes, number: int) -> Release:
    release_id = release.held.release_id
    return Release(
        release_id=release_id,
        programme_id=release.held.programme_id,
        wave_id=release.held.wave_id,
        case_index=case_index,
        block=release.block,
        words=pseudonyms.seal_words(case_key, case_index, release_id, release.words),
        from_on=release.from_on,
        until=release.until,
        first_pull=number,
    )


def _report(published: PublishedReport) -> Report:
    return Report(
        wave_id=published.wave_id,
        report=published.report,
        programme_id=published.programme_id,
        frozen_on=published.frozen_on,
        body=published.body,
    )
