"""Drafts: unfinished questionnaires, each found by a digest only its own code can make."""

from survey.engine.database import Transaction
from survey.model.rows import Draft
from survey.model.waves import State


class DraftState(Draft, frozen=True, kw_only=True):
    """A draft with what decides whether it may go on."""

    state: State
    withdrawn: bool


def begin(tx: Transaction, draft: Draft) -> bool:
    """False when this code has a draft already."""
    begun = tx.run(
        """
        INSERT INTO draft (tenant, draft_key, wave_id, version, body)
        VALUES (:tenant, :draft_key, :wave_id, :version, :body)
        ON CONFLICT (tenant, draft_key) DO NOTHING
        """,
        draft,
    )
    return begun == 1


def find(tx: Transaction, draft_key: bytes) -> DraftState | None:
    """The draft with the state of its wave, None when there is none or it was submitted."""
    return tx.one(
        """
        SELECT draft.draft_key, draft.wave_id, draft.version, draft.body,
               wave.state, form_version.withdrawn
        FROM draft
        JOIN wave ON wave.tenant = draft.tenant AND wave.wave_id = draft.wave_id
        JOIN form_version
            ON form_version.tenant = wave.tenant AND form_version.version = wave.form_version
        WHERE draft.tenant = :tenant AND draft.draft_key = :draft_key
        """,
        {"draft_key": draft_key},
        into=DraftState,
    )


def save(tx: Transaction, draft: Draft, *, after: int) -> bool:
    """Replace this version by the one `after` it; False when somebody has saved in between."""
    saved = tx.run(
        """
        UPDATE draft SET version = :after, body = :body
        WHERE tenant = :tenant AND draft_key = :draft_key AND version = :version
        """,
        {
            "draft_key": draft.draft_key,
            "version": draft.version,
            "body": draft.body,
            "after": after,
        },
    )
    return saved == 1


def drop(tx: Transaction, draft_key: bytes) -> bool:
    """Delete one draft; False when it is gone already."""
    dropped = tx.run(
        "DELETE FROM draft WHERE tenant = :tenant AND draft_key = :draft_key",
        {"draft_key": draft_key},
    )
    return dropped == 1


def take(tx: Transaction, draft: Draft) -> bool:
    """Delete a draft as it was read; False when it is gone, or somebody has saved since."""
    taken = tx.run(
        """
        DELETE FROM draft
        WHERE tenant = :tenant AND draft_key = :draft_key AND version = :version
        """,
        {"draft_key": draft.draft_key, "version": draft.version},
    )
    return taken == 1


def drop_wave(tx: Transaction, wave_id: str) -> int:
    """Delete the drafts of a wave that closes; gives how many there were."""
    return tx.run(
        "DELETE FROM draft WHERE tenant = :tenant AND wave_id = :wave_id", {"wave_id": wave_id}
    )
