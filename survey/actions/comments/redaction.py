"""Free texts after the close: out of the urn, onto the table, into the report, and gone.

Nothing here knows who wrote: texts leave the urn in random order and under new ids, and a text that
was taken out can be found by no code any more. Two people decide on each (`reviewing`).
"""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

import msgspec

from survey import report_types
from survey.actions import audit
from survey.actions.comments import sealing as sealing
from survey.actions.responses import FreeTextContent
from survey.engine.database import Database
from survey.errors import WaveNotReady
from survey.home import Services, WaveContext
from survey.linkage import inner_layer
from survey.model.comments import Comment
from survey.model.rows import FreeText
from survey.store import comments, free_texts, snapshots, waves
from survey.store.comments import Row

# Days between the frozen report and the end of the texts it was made from.
ORIGINALS = timedelta(days=30)
# Somebody deletes a text while the urn is read: read again. More often than this is no person.
TURNS = 5


def open_texts(
    services: Services, wave_id: str, *, actor: str, at: datetime, early: bool = False
) -> int:
    """Move the texts of a closed wave from the urn to the table; gives how many have words.

    All or none; an urn that is empty already, or was emptied half-way by a crash, is no error. As
    long as people were told that they can delete their texts, all stay where they are.

    Args:
        early: for a demo, whose people are invented
    Raises:
        WaveNotReady: it is not closed
    """
    for _ in range(TURNS):
        with services.database.read() as tx:
            wave = waves.find(tx, wave_id)
            if wave.state != "closed":
                raise WaveNotReady(wave=wave_id, state=wave.state)
            if services.today() < wave.texts_leave_on and not early:
                return 0
            texts = free_texts.of_wave(tx, wave_id)
            frozen = any(
                snapshots.frozen_on(tx, wave_id, name) is not None for name in report_types.QUOTING
            )
            context = services.wave_context(tx, wave_id)
        if frozen:
            return _drop_unread(services.database, wave_id, texts, actor=actor, at=at)
        rows = _table_rows(services, context, texts)
        with services.database.write() as tx:
            # A text was deleted meanwhile, and the order is lost on purpose: nobody knows which.
            if free_texts.of_wave(tx, wave_id) != texts:
                continue
            if texts:
                comments.add(tx, rows)
                free_texts.drop_wave(tx, wave_id)
                audit.note(tx, actor, "texts-taken-out", wave_id, at=at)
            return len(rows)
    raise WaveNotReady(wave=wave_id, reason="texts are being deleted just now; run it again")


def _drop_unread(
    database: Database, wave_id: str, texts: list[FreeText], *, actor: str, at: datetime
) -> int:
    """A report was frozen while people could still delete their texts: none will ever be printed,
    so that nobody has to read them.
    """
    if texts:
        with database.write() as tx:
            free_texts.drop_wave(tx, wave_id)
            audit.note(tx, actor, "texts-dropped", wave_id, at=at)
    return 0


def take_out_rest(services: Services, *, actor: str, at: datetime) -> None:
    """Do what a close before the last day has left for this day, or a crash after a close."""
    with services.database.read() as tx:
        left = [
            wave.wave_id
            for wave in waves.list_all(tx)
            if wave.state == "closed" and free_texts.of_wave(tx, wave.wave_id)
        ]
    for wave_id in left:
        open_texts(services, wave_id, actor=actor, at=at)


def approved(services: Services, wave_id: str) -> list[Comment]:
    """What two people agreed to print; in random order, and for the report alone."""
    with services.database.read() as tx:
        context = services.wave_context(tx, wave_id)
        rows = [row for row in comments.of_wave(tx, wave_id) if row.state == "approved"]
    opened = [sealing.opened(services, context, row) for row in rows]
    return [
        Comment(
            question=comment.question,
            text=comment.proposal.text,
            quotable=comment.quotable,
            translated=comment.proposal.translated,
        )
        for comment in opened
        if comment.proposal is not None and comment.proposal.text is not None
    ]


def drop_originals(database: Database, today: date, *, actor: str, at: datetime) -> int:
    """Delete every text, original and edited, of reports frozen long enough; gives how many.

    What was agreed on stands in the frozen report; nothing can be added to that any more.
    """
    dropped = 0
    with database.write() as tx:
        for report in report_types.QUOTING:
            for wave_id in comments.reported(tx, report, by=today - ORIGINALS):
                gone = comments.drop(tx, wave_id)
                audit.note(tx, actor, "remarks-dropped", wave_id, at=at, texts=gone)
                dropped += gone
    return dropped


def _table_rows(services: Services, context: WaveContext, texts: Iterable[FreeText]) -> list[Row]:
    wave, key = context.wave, services.keys[context.wave.programme_id].answer
    taken = services.evaluator.urn(wave.programme_id, wave.wave_id, [text.body for text in texts])
    rows = []
    for inner in taken:
        plain = inner_layer.open_inner(key, wave.wave_id, inner)
        if msgspec.msgpack.decode(plain, type=FreeTextContent).text.strip():
            rows.append(
                Row(
                    comment_id=secrets.token_hex(16),
                    wave_id=wave.wave_id,
                    # Sealed anew: the old bytes stand beside a handle in backups.
                    original=sealing.of_slip(services, context, plain),
                    edited=None,
                    state="open",
                    first_by="",
                    second_by="",
                    version=0,
                )
            )
    return rows
