"""What the evaluator noted when a wave was closed; sealed, and read by the evaluator alone."""

from survey.engine.database import Transaction
from survey.model.rows import Closing


def keep(tx: Transaction, closing: Closing) -> None:
    """Keep what was noted; of a wave that is closed a second time, after a restore, the later."""
    tx.run(
        """
        INSERT INTO closing (tenant, wave_id, invited, noted)
        VALUES (:tenant, :wave_id, :invited, :noted)
        ON CONFLICT (tenant, wave_id)
        DO UPDATE SET invited = excluded.invited, noted = excluded.noted
        """,
        closing,
    )


def find(tx: Transaction, wave_id: str) -> Closing | None:
    """What was noted at the close of this wave; None when it was closed before that was done."""
    return tx.one(
        """
        SELECT wave_id, invited, noted FROM closing
        WHERE tenant = :tenant AND wave_id = :wave_id
        """,
        {"wave_id": wave_id},
        into=Closing,
    )
