"""Beginning a programme: its facts, its keys, and the word that they lie where they belong."""

from datetime import datetime
from pathlib import Path

from survey.actions import audit, ids
from survey.actions.house import EXCHANGE
from survey.engine.database import Database
from survey.errors import Refused, SettingsError
from survey.linkage import keys
from survey.model.programmes import Programme
from survey.store import programmes


def create(
    database: Database,
    programme: Programme,
    *,
    server_keys: Path,
    evaluator_keys: Path,
    actor: str,
    at: datetime,
) -> None:
    """Write the programme down and make its keys. Level and facts are fixed from here on.

    Raises:
        SettingsError: the independent help contact or the complaint address is missing
        Refused: there is a programme of this id, or it cannot be one
    """
    ids.refuse_unusable("programme", programme.programme_id)
    if programme.programme_id == EXCHANGE:
        raise Refused(
            programme=EXCHANGE, reason="the exchange key lies there", cure="choose another id"
        )
    _refuse_incomplete(programme)
    # Keys first: a programme without keys would be one that cannot be used or ended.
    keys.create(server_keys / programme.programme_id, keys.SERVER)
    keys.create(evaluator_keys / programme.programme_id, keys.EVALUATOR)
    with database.write() as tx:
        if not programmes.add(tx, programme):
            raise Refused(programme=programme.programme_id, reason="this id is taken")
        audit.note(
            tx, actor, "programme-created", programme.programme_id, at=at, level=programme.level
        )


def confirm_keys(database: Database, programme_id: str, *, actor: str, at: datetime) -> None:
    """Somebody says that the key ceremony was held; no wave opens before.

    Raises:
        NotFound: no such programme
    """
    with database.write() as tx:
        programmes.find(tx, programme_id)
        if programmes.confirm_ceremony(tx, programme_id, on=at.date().isoformat()):
            audit.note(tx, actor, "keys-confirmed", programme_id, at=at)


def _refuse_incomplete(programme: Programme) -> None:
    needed = {
        "help.name": programme.help.name,
        "help.phone": programme.help.phone,
        "complaint": programme.complaint,
        "purpose": programme.purpose,
        "legal_basis": programme.legal_basis,
    }
    missing = [name for name, value in needed.items() if not value.strip()]
    if missing:
        raise SettingsError(missing=", ".join(missing), cure="people must be told: fill them in")
