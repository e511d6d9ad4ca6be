"""What a person shows her case manager: exactly the text she saw, and only what she ticked.

Written with every submission at level released, for blocks she did not tick as well, and under
K_pair until a weekly slot. Then the server, which does not know whose it is, boxes the words for
the connector, and the evaluator, which cannot read them, adds whose they are. None of it is counted
or logged: a number that fell would be one person who took something back.
"""

import hashlib
from collections.abc import Collection, Mapping
from datetime import date, datetime

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from survey.actions import audit
from survey.actions.draft_content import DEVICE, WORDS, Content
from survey.errors import Refused
from survey.form import assurances, release
from survey.home import Services, WaveContext
from survey.language.tags import SOURCE
from survey.linkage import handles, inner_layer, releases
from survey.linkage.drafts import Session
from survey.linkage.keys import ServerKeys
from survey.model import waves as calendar
from survey.model.answers import Answers
from survey.model.exchange import ReleasedBlock
from survey.model.form import Block
from survey.model.rows import Release
from survey.store import exchange, waves
from survey.store import releases as rows

# Rows of one transaction: few enough that nobody who answers waits for it.
BATCH = 200
# Before the sealed text: how long it is.
_HEAD = 4


class Offer(Struct, frozen=True, kw_only=True):
    """What a person may show: German text by block, and from when until when it is seen."""

    blocks: dict[str, ReleasedBlock]
    from_on: date
    until: date

    @property
    def seen(self) -> str:
        """A word for exactly this offer: what was ticked on a page is only valid for its text."""
        return hashlib.sha256(msgspec.json.encode(self, order="sorted")).hexdigest()[:16]

    def words(self, block: str) -> bytes:
        """A digest of a block's text, to tell whether it has changed since it was ticked."""
        return hashlib.sha256(release.packed(self.blocks[block])).digest()[:WORDS]


def releases_on(context: WaveContext) -> bool:
    """Whether people may show something in this wave at all."""
    return assurances.may_show(context.programme, context.published.form)


def offer(
    context: WaveContext, answers: Answers, elsewhere: Collection[str], *, today: date
) -> Offer:
    """What may be shown of the answers of a device, when others have been `elsewhere`."""
    form, words = context.published.form, context.published.wordings[SOURCE]
    blocks = {
        block.id: release.of_block(form, words, block, answers, elsewhere)
        for block in release.releasable(form)
        if context.programme.level == "released"
    }
    return Offer(
        blocks={name: shown for name, shown in blocks.items() if shown},
        from_on=calendar.slot(today),
        until=context.wave.shown_until,
    )


def of_content(
    services: Services, session: Session, context: WaveContext, content: Content
) -> Offer:
    """The blocks of an opened draft that may be released."""
    device = session.device[:DEVICE]
    answers = content.of_device(device)
    elsewhere = content.elsewhere(device, context.published.form)
    return offer(context, answers, elsewhere, today=services.today())


def wrapped(
    services: Services,
    session: Session,
    context: WaveContext,
    ticket: bytes,
    ticked: Mapping[str, ReleasedBlock],
) -> list[Release]:
    """A row for each releasable block, all of one length; those not ticked say nothing."""
    if not releases_on(context):
        return []
    keys, wave = services.of(session), context.wave
    blocks = release.releasable(context.published.form)
    inner = {
        block.id: inner_layer.seal_inner(
            _key(keys, block),
            wave.wave_id,
            release.packed(ticked[block.id]) if block.id in ticked else b"",
            _length(context),
        )
        for block in blocks
    }
    held = services.evaluator.hold(session.programme_id, wave.wave_id, ticket, inner)
    slot = calendar.slot(services.today())
    return [
        Release(
            handle=handles.handle(keys.handle, session, handles.release(name)),
            wave_id=wave.wave_id,
            block=name,
            slot_on=slot,
            body=body,
        )
        for name, body in held.items()
    ]


def hand_over_now(
    services: Services, as_of: date, *, actor: str, at: datetime, early: date | None = None
) -> None:
    """Hand releases over now, on request of staff; the audit notes that, never how many.

    Args:
        early: for a demo whose weeks must not take weeks: shown from this day on
    """
    with services.database.write() as tx:
        audit.note(tx, actor, "releases-delivered", as_of.isoformat(), at=at)
    hand_over_due(services, as_of, early=early)


def hand_over_due(services: Services, today: date, *, early: date | None = None) -> int:
    """The weekly slot: seal what is due to the connector, drop what says nothing or has ended.

    Safe to repeat. What was sealed to another key of the connector is sealed anew. The number is
    for tests: it must not be shown, because it may be one.

    Args:
        early: shown from this day on instead of the slot's
    Raises:
        Refused: several connectors are trusted, and a release is for one
    """
    with services.database.read() as tx:
        known = exchange.connectors(tx)
        asked = [services.wave_context(tx, wave.wave_id) for wave in waves.list_all(tx)]
    if len(known) > 1:
        raise Refused(
            connectors=len(known), reason="a release is for one connector, and several are trusted"
        )
    done = 0
    for context in asked:
        if context.programme.programme_id not in services.keys or not releases_on(context):
            continue
        if today > context.wave.shown_until:
            with services.database.write() as tx:
                rows.drop_wave(tx, context.wave.wave_id)
        elif known:
            done += _deliver(services, context, known[0].exchange_key, today, early=early)
    services.database.forget()
    return done


def _deliver(
    services: Services, context: WaveContext, key: bytes, today: date, *, early: date | None
) -> int:
    done, after = 0, b""
    while True:
        with services.database.read() as tx:
            due = rows.due(tx, context.wave.wave_id, today, key=key, after=after, most=BATCH)
        if not due:
            return done
        after = due[-1].handle
        # Opened and sealed before the transaction: HPKE is slow, and people are answering.
        due = [replace(row, slot_on=min(row.slot_on, early or row.slot_on)) for row in due]
        made = [(row, _sealed(services, context, row, key)) for row in due]
        with services.database.write() as tx:
            rows.drop(tx, [row.handle for row, sealed in made if sealed is None])
            for row, sealed in made:
                if sealed is not None:
                    done += rows.seal(tx, row.handle, slot_on=row.slot_on, to=key, sealed=sealed)


def _sealed(services: Services, context: WaveContext, row: Release, key: bytes) -> bytes | None:
    """The row for the connector alone, None when it says nothing."""
    programme_id, wave_id = context.programme.programme_id, context.wave.wave_id
    loosened = services.evaluator.loosen(programme_id, wave_id, row.block, row.body)
    block = {candidate.id: candidate for candidate in context.published.form.blocks}[row.block]
    words = inner_layer.open_inner(
        _key(services.keys[programme_id], block), wave_id, loosened.inner
    )
    if not words:
        return None
    # Blanks behind JSON mean nothing, and all are as long as the longest.
    boxed = releases.box(key, words.ljust(_length(context) - _HEAD))
    return services.evaluator.address(
        programme_id,
        wave_id,
        row.block,
        seat=loosened.seat,
        boxed=boxed,
        days=(row.slot_on, context.wave.shown_until),
        exchange_key=key,
    )


def _key(keys: ServerKeys, block: Block) -> bytes:
    return keys.sensitive if block.sensitive else keys.answer


def _length(context: WaveContext) -> int:
    """The padded length of a sealed release, one for all blocks of a form."""
    published = context.published
    if published.version not in _lengths:
        words = published.wordings[SOURCE]
        _lengths[published.version] = _HEAD + release.longest(published.form, words)
    return _lengths[published.version]


_lengths: dict[str, int] = {}
