"""Deleting by code: whoever holds the code can delete what was answered with it, or take back what
is shown of it, and never read it.

The reply is the same whether anything was there. What is deleted is written to a log beside the
keys first, so that restoring an old backup deletes it again before anything else happens.
"""

import os
from pathlib import Path

from survey.engine.database import Transaction
from survey.form import domains, load, release
from survey.home import Services
from survey.linkage import handles
from survey.linkage.drafts import Session
from survey.model.form import Text
from survey.store import drafts, forms, free_texts, programmes, releases, responses, waves

LOG = "erasures.log"


def erase(services: Services, code_digest: bytes) -> None:
    """Empty or delete all that was made with this code, in every programme.

    Answers, texts, drafts, and what was to be shown: a connector removes what is listed no more.
    """
    for candidate in services.evaluator.candidates(code_digest, b"\0" * 16):
        # First: whoever is sending just now finds no draft any more, or has been seen below.
        with services.database.save() as tx:
            drafts.drop(tx, candidate.session.draft_key)
        _delete(services, candidate.programme_id, _handles(services, candidate.session))
    # For codes with nothing to delete too: what a reply takes must tell nothing.
    services.database.forget()


def take_back(services: Services, code_digest: bytes) -> None:
    """Delete what is shown with this code, in every programme; the answers stay."""
    for candidate in services.evaluator.candidates(code_digest, b"\0" * 16):
        erased = _handles(services, candidate.session, of=handles.RELEASE)
        _delete(services, candidate.programme_id, erased)
    services.database.forget()


def _delete(services: Services, programme_id: str, erased: list[bytes]) -> None:
    # Before the rows: a crash in between leaves a line too many, never one too few.
    _note(services.erasures / programme_id / LOG, erased)
    with services.database.save() as tx:
        for handle in erased:
            responses.erase(tx, handle)
            free_texts.erase(tx, handle)
            releases.erase(tx, handle)


def _handles(services: Services, session: Session, *, of: str = "") -> list[bytes]:
    """The handles this code can have left in its programme and that are there.

    Args:
        of: what the names of what they find begin with
    """
    key = services.keys[session.programme_id].handle
    with services.database.read() as tx:
        names = [name for name in _finds(tx, session.programme_id) if name.startswith(of)]
        possible = [handles.handle(key, session, name) for name in names]
        return [
            handle
            for handle in possible
            if responses.has_handle(tx, handle)
            or free_texts.has_handle(tx, handle)
            or releases.has_handle(tx, handle)
        ]


def _finds(tx: Transaction, programme_id: str) -> list[str]:
    """Handles that a code of this programme may have made, over all its forms."""
    level = programmes.find(tx, programme_id).level
    names: set[str] = set()
    for wave in waves.list_all(tx):
        if wave.programme_id == programme_id:
            form = load.published(forms.find(tx, wave.form_version).body).form
            names.update(
                handles.answers(domains.label(form.perspective, domain.name))
                for domain in domains.domains(form, level)
            )
            names.update(handles.text(q.id) for q in form.questions if isinstance(q, Text))
            names.update(handles.release(block.id) for block in release.releasable(form))
    return sorted(names)


def _note(log: Path, erased: list[bytes]) -> None:
    """Append the handles, on disk before anything is deleted; touches the disk for none as well."""
    descriptor = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "a", encoding="ascii") as file:
        file.writelines(handle.hex() + "\n" for handle in erased)
        file.flush()
        os.fsync(file.fileno())
    # The file's time would be the moment of the last deletion, and go into every copy of it.
    os.utime(log, (0, 0))
