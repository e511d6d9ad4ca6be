"""Beginning a programme: its facts, its keys, and the word that they lie where they belong."""

from datetime import datetime
from pathlib import Path

from survey.actions import audit, ids
from survey.actions.house import EXCHANGE
from survey.engine.database import Database
from survey.errors import Refused, SettingsError
from survey.language import tags
from survey.linkage import keys
from survey.model.programmes import GERMAN, Programme, Texts
from survey.store import programmes


def create(
    database: Database,
    programme: Programme,
    *,
    server_keys: Path,
    evaluator_keys: Path,
    barrier_address: str,
    actor: str,
    at: datetime,
) -> None:
    """Write the programme down and make its keys. Level and facts are fixed from here on.

    Args:
        barrier_address: the setting: where people can report a barrier in writing
    Raises:
        SettingsError: something is missing that people must be told
        Refused: there is a programme of this id, or it cannot be one
    """
    ids.refuse_unusable("programme", programme.programme_id)
    if programme.programme_id == EXCHANGE:
        raise Refused(
            programme=EXCHANGE, reason="the exchange key lies there", cure="choose another id"
        )
    _refuse_incomplete(programme, barrier_address)
    _refuse_unknown_languages(programme)
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


def _refuse_incomplete(programme: Programme, barrier_address: str) -> None:
    needed = {
        "help.name": programme.help.name,
        "help.phone": programme.help.phone,
        "complaint": programme.complaint,
        "purpose": programme.purpose_in(GERMAN).text,
        "legal_basis": programme.legal_basis_in(GERMAN).text,
        # Of the house, not of the programme: the statement on accessibility is there before one.
        "barrier_address (setting)": barrier_address,
    }
    missing = [name for name, value in needed.items() if not value.strip()]
    if missing:
        raise SettingsError(missing=", ".join(missing), cure="people must be told: fill them in")


def _refuse_unknown_languages(programme: Programme) -> None:
    """A text under a tag that no page has would be shown to nobody."""
    by_field: dict[str, Texts] = {
        "purpose": programme.purpose,
        "help.hours": programme.help.hours,
        "legal_basis": programme.legal_basis,
    }
    unknown = [
        f"{field}.{tag}"
        for field, texts in by_field.items()
        if isinstance(texts, dict)
        for tag in texts
        if tag not in tags.KNOWN
    ]
    if unknown:
        raise SettingsError(
            unknown=", ".join(unknown), cure=f"languages are called {', '.join(tags.KNOWN)}"
        )
