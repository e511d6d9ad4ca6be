"""Waves as the survey server offered them last."""

from collections.abc import Iterable

import msgspec
from msgspec import Struct

from survey.engine.database import Transaction
from survey.errors import NotFound
from survey.model.exchange import WaveOffer


class _Row(Struct, frozen=True, kw_only=True):
    wave_id: str
    programme_id: str
    offer: bytes


def learn(tx: Transaction, offers: Iterable[WaveOffer]) -> None:
    """Keep what the server offers now; a wave it offers no more stays as it was."""
    tx.many(
        """
        INSERT INTO wave (tenant, wave_id, programme_id, offer)
        VALUES (:tenant, :wave_id, :programme_id, :offer)
        ON CONFLICT (tenant, wave_id) DO UPDATE SET offer = excluded.offer
        WHERE wave.offer <> excluded.offer
        """,
        (
            _Row(
                wave_id=offer.wave_id,
                programme_id=offer.programme_id,
                offer=msgspec.json.encode(offer),
            )
            for offer in offers
        ),
    )


def find(tx: Transaction, wave_id: str) -> WaveOffer:
    """The wave as it was offered last.

    Raises:
        NotFound: the server has never offered it
    """
    row = tx.one(
        """
        SELECT wave_id, programme_id, offer FROM wave
        WHERE tenant = :tenant AND wave_id = :wave_id
        """,
        {"wave_id": wave_id},
        into=_Row,
    )
    if row is None:
        raise NotFound(wave=wave_id, known=", ".join(ids(tx)) or "none")
    return msgspec.json.decode(row.offer, type=WaveOffer)


def of_programme(tx: Transaction, programme_id: str) -> list[WaveOffer]:
    """Every wave of a programme, by number."""
    rows = tx.all(
        """
        SELECT wave_id, programme_id, offer FROM wave
        WHERE tenant = :tenant AND programme_id = :programme_id
        """,
        {"programme_id": programme_id},
        into=_Row,
    )
    offers = [msgspec.json.decode(row.offer, type=WaveOffer) for row in rows]
    return sorted(offers, key=lambda offer: offer.number)


class _Id(Struct, frozen=True):
    wave_id: str


def ids(tx: Transaction) -> list[str]:
    """Every wave ever offered."""
    rows = tx.all("SELECT wave_id FROM wave WHERE tenant = :tenant ORDER BY wave_id", into=_Id)
    return [row.wave_id for row in rows]
