"""What a connector may fetch: releases made for it, and what was published. Nothing by person.

A reply lists all there is at this moment, so that it tells nothing that the releases themselves do
not: who asks twice learns what was taken back, never that somebody answered.
"""

import hashlib
from datetime import date, datetime

from survey.actions import audit
from survey.engine.database import Database, Transaction
from survey.errors import NotSealedForUs, Refused
from survey.home import Services
from survey.linkage import envelopes
from survey.model.exchange import HeldRelease, PublishedReport, Pull, PullRequest
from survey.model.waves import released_until
from survey.store import exchange, releases, snapshots, waves
from survey.store.releases import Sealed

_ID = 16


def pull(services: Services, request: PullRequest, *, at: datetime) -> Pull:
    """Everything a connector may fetch now: due releases and frozen snapshots.

    What was sealed to an older key of the connector is listed with that key until the next slot.

    Raises:
        NotSealedForUs: unknown connector or wrong signature
        Refused: the same was asked before
    """
    _verify(services.database, request)
    today, asker, nonce = services.today(), request.connector_id, request.nonce.hex()
    with services.database.write() as tx:
        # Heard on the line and asked again, it would tell a stranger when something is taken back.
        if audit.noted(tx, asker, "pulled", asker, at=at, nonce=nonce):
            raise Refused(connector=asker, reason="this was asked before", cure="connector pull")
        answer = Pull(releases=_releases(tx, today), reports=_reports(tx))
        # No count: one that falls is somebody who took something back, and about when.
        audit.note(tx, asker, "pulled", asker, at=at, nonce=nonce)
    return answer


def _verify(database: Database, request: PullRequest) -> None:
    with database.read() as tx:
        connector = exchange.connector(tx, request.connector_id)
    if connector is None:
        raise NotSealedForUs(connector=request.connector_id)
    envelopes.verify(
        connector.signature_key,
        envelopes.PULL,
        request.signature,
        request.connector_id,
        request.nonce,
    )


def _releases(tx: Transaction, today: date) -> tuple[HeldRelease, ...]:
    listed = releases.sealed(tx, today)
    return tuple(_held(row) for row in listed if today <= released_until(row.letters_say))


def _held(row: Sealed) -> HeldRelease:
    return HeldRelease(
        release_id=hashlib.sha256(row.handle).digest()[:_ID].hex(),
        programme_id=row.programme_id,
        wave_id=row.wave_id,
        from_on=row.slot_on,
        until=released_until(row.letters_say),
        sealed_to=row.sealed_to,
        sealed=row.sealed,
    )


def _reports(tx: Transaction) -> tuple[PublishedReport, ...]:
    programmes = {wave.wave_id: wave.programme_id for wave in waves.list_all(tx)}
    return tuple(
        PublishedReport(
            programme_id=programmes[frozen.wave_id],
            wave_id=frozen.wave_id,
            report=frozen.report,
            frozen_on=frozen.frozen_on,
            body=frozen.body,
        )
        for frozen in snapshots.list_all(tx)
    )
