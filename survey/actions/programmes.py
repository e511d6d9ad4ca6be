"""Beginning a programme: its facts, its keys, and the word that they lie where they belong."""

from datetime import datetime
from pathlib import Path

from survey import placeholders
from survey.actions import audit, ids
from survey.engine.database import Database
from survey.errors import Refused, SettingsError
from survey.home import HOUSE_KEYS
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
        SettingsError: something is missing that people must be told, or still to be filled in
        Refused: there is a programme of this id, or it cannot be one
    """
    ids.refuse_unusable("programme", programme.programme_id)
    if programme.programme_id == HOUSE_KEYS:
        raise Refused(
            programme=HOUSE_KEYS, reason="the exchange key lies there", cure="choose another id"
        )
    _refuse_incomplete(programme, barrier_address)
    _refuse_contradictory(programme)
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
        "title": programme.title,
        "controller": programme.controller,
        "operator.name": programme.operator.name,
        "key_holder.name": programme.key_holder.name,
        "help.name": programme.help.name,
        "help.phone": programme.help.phone,
        "complaint": programme.complaint,
        "privacy_officer": programme.privacy_officer,
        **_german("purpose", programme.purpose),
        **_german("legal_basis", programme.legal_basis),
        # Of the house, not of the programme: the statement on accessibility is there before one.
        "barrier_address (setting)": barrier_address,
    }
    missing = placeholders.unfilled(needed, _optional(programme))
    if "help.phone" not in missing and not placeholders.is_phone(programme.help.phone):
        missing.append("help.phone (a whole telephone number)")
    if missing:
        raise SettingsError(
            missing=", ".join(missing),
            cure="people are told these on pages and letters, and they cannot be changed later: "
            "fill them in, nothing between < and > may be left",
        )


def _german(field: str, texts: Texts) -> dict[str, str]:
    """What everybody can read who has no translation, by the field it stands in."""
    return (
        {field: texts} if isinstance(texts, str) else {f"{field}.{GERMAN}": texts.get(GERMAN, "")}
    )


def _optional(programme: Programme) -> dict[str, str]:
    """What may be empty but not half filled in."""
    fields = {"help.address": programme.help.address}
    for field, texts in _texts(programme).items():
        if isinstance(texts, str):
            fields[field] = texts
        else:
            fields |= {f"{field}.{tag}": text for tag, text in texts.items()}
    return fields


def _refuse_contradictory(programme: Programme) -> None:
    """Who could look is told by `is_jobcenter`: a jobcenter's own name must not deny it."""
    wrong = [
        field
        for field, body in (("operator", programme.operator), ("key_holder", programme.key_holder))
        if not body.is_jobcenter
        and (body.name.strip() == programme.controller.strip() or "jobcenter" in body.name.lower())
    ]
    if wrong:
        raise SettingsError(
            wrong=", ".join(f"{field}.is_jobcenter" for field in wrong),
            cure="by its name it is the jobcenter: set it to true, or name the other body",
        )


def _refuse_unknown_languages(programme: Programme) -> None:
    """A text under a tag that no page has would be shown to nobody."""
    unknown = [
        f"{field}.{tag}"
        for field, texts in _texts(programme).items()
        if isinstance(texts, dict)
        for tag in texts
        if tag not in tags.KNOWN
    ]
    if unknown:
        raise SettingsError(
            unknown=", ".join(unknown), cure=f"languages are called {', '.join(tags.KNOWN)}"
        )


def _texts(programme: Programme) -> dict[str, Texts]:
    """What a programme may hold in several languages."""
    return {
        "purpose": programme.purpose,
        "help.hours": programme.help.hours,
        "legal_basis": programme.legal_basis,
    }
