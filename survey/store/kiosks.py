"""Kiosks: devices in the building that may begin questionnaires; their tokens only as digests."""

from datetime import date

from msgspec import Struct

from survey.engine.database import Transaction


class Kiosk(Struct, frozen=True, kw_only=True):
    """One device and the wave it asks for; `place` is for staff, e.g. "Eingang"."""

    kiosk_id: str
    wave_id: str
    place: str
    token_hash: bytes
    created_on: date
    revoked_on: date | None = None


def add(tx: Transaction, kiosk: Kiosk) -> bool:
    """False when there is a kiosk of this id."""
    added = tx.run(
        """
        INSERT INTO kiosk (tenant, kiosk_id, wave_id, place, token_hash, created_on)
        VALUES (:tenant, :kiosk_id, :wave_id, :place, :token_hash, :created_on)
        ON CONFLICT (tenant, kiosk_id) DO NOTHING
        """,
        kiosk,
    )
    return added == 1


def by_token(tx: Transaction, token_hash: bytes) -> Kiosk | None:
    """The kiosk of this token, None when there is none or it was revoked."""
    return tx.one(
        """
        SELECT kiosk_id, wave_id, place, token_hash, created_on, revoked_on FROM kiosk
        WHERE tenant = :tenant AND token_hash = :token_hash AND revoked_on IS NULL
        """,
        {"token_hash": token_hash},
        into=Kiosk,
    )


def list_all(tx: Transaction) -> list[Kiosk]:
    """All kiosks, by wave and id, revoked ones among them."""
    return tx.all(
        """
        SELECT kiosk_id, wave_id, place, token_hash, created_on, revoked_on FROM kiosk
        WHERE tenant = :tenant ORDER BY wave_id, kiosk_id
        """,
        into=Kiosk,
    )


def revoke(tx: Transaction, kiosk_id: str, *, on: date) -> bool:
    """False when there is none of this id, or it was revoked before."""
    revoked = tx.run(
        """
        UPDATE kiosk SET revoked_on = :revoked_on
        WHERE tenant = :tenant AND kiosk_id = :kiosk_id AND revoked_on IS NULL
        """,
        {"kiosk_id": kiosk_id, "revoked_on": on},
    )
    return revoked == 1
