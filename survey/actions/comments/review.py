"""Two people decide on every text: the first suggests, the second agrees or sends it back.

Whoever reads texts is written down, what they say is not. A decision tests the version that its
page was made from, so that of two people at once the second is told and overwrites nothing.
"""

from datetime import datetime
from typing import Literal, TypeAlias

from msgspec.structs import replace

from survey.actions import audit
from survey.actions.comments import sealing as sealing
from survey.actions.comments.sealing import OpenComment
from survey.engine.database import Database
from survey.home import Services
from survey.model.comments import Proposal, State
from survey.store import comments
from survey.store.comments import Row

# kept; stale: somebody was faster, look again; same-person: the first cannot be the second.
Outcome: TypeAlias = Literal["kept", "stale", "same-person"]


def read(services: Services, wave_id: str, *, actor: str, at: datetime) -> list[OpenComment]:
    """All texts of a wave; the reading is written down with how many there were."""
    with services.database.write() as tx:
        context = services.wave_context(tx, wave_id)
        rows = comments.of_wave(tx, wave_id)
        audit.note(tx, actor, "remarks-read", wave_id, at=at, texts=len(rows))
    return [sealing.opened(services, context, row) for row in rows]


def propose(
    services: Services,
    comment_id: str,
    version: int,
    proposal: Proposal,
    *,
    actor: str,
    at: datetime,
) -> Outcome:
    """The first person's suggestion, for a text that nobody has decided on."""
    with services.database.read() as tx:
        old = comments.find(tx, comment_id)
        context = services.wave_context(tx, old.wave_id)
    if old.version != version or old.state != "open":
        return "stale"
    edited = sealing.of_proposal(services, context, proposal)
    new = replace(old, edited=edited, state="proposed", first_by=actor, second_by="")
    return _changed(services.database, old, new, "remark-proposed", actor=actor, at=at)


def approve(
    services: Services, comment_id: str, version: int, *, actor: str, at: datetime
) -> Outcome:
    """The second person agrees: the text is printed, or kept back, as the first one suggested."""
    with services.database.read() as tx:
        old = comments.find(tx, comment_id)
        context = services.wave_context(tx, old.wave_id)
    if old.version != version or old.state != "proposed":
        return "stale"
    if old.first_by == actor:
        return "same-person"
    proposal = sealing.opened(services, context, old).proposal
    has_text = proposal is not None and proposal.text is not None
    state: State = "approved" if has_text else "withheld"
    action: audit.Action = "remark-approved" if has_text else "remark-withheld"
    new = replace(old, state=state, second_by=actor)
    return _changed(services.database, old, new, action, actor=actor, at=at)


def send_back(
    services: Services, comment_id: str, version: int, why: str, *, actor: str, at: datetime
) -> Outcome:
    """The second person does not agree: whoever takes it up next begins with what there is."""
    with services.database.read() as tx:
        old = comments.find(tx, comment_id)
        context = services.wave_context(tx, old.wave_id)
    if old.version != version or old.state != "proposed":
        return "stale"
    if old.first_by == actor:
        return "same-person"
    proposal = sealing.opened(services, context, old).proposal or Proposal(text=None)
    edited = sealing.of_proposal(services, context, replace(proposal, returned=why))
    new = replace(old, edited=edited, state="open", second_by="")
    return _changed(services.database, old, new, "remark-returned", actor=actor, at=at)


def _changed(
    database: Database, old: Row, new: Row, action: audit.Action, *, actor: str, at: datetime
) -> Outcome:
    with database.write() as tx:
        if not comments.change(tx, old, new):
            return "stale"
        audit.note(tx, actor, action, old.wave_id, at=at, remark=old.comment_id)
    return "kept"
