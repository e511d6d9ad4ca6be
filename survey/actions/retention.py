"""Deleting what must not be kept any longer: daily, by the rules of `survey.store.retention_rules`.

The proof is an entry of the audit for every day on which something went. Of what recipients left it
says that there was some, not how much: how many never sent their draft, or took back what they had
shown, is what nobody is to count.
"""

from datetime import date, datetime

from msgspec import structs

from survey.actions import audit
from survey.actions.comments import redaction
from survey.engine.database import Database
from survey.home import Services
from survey.staff.audit import RETENTION, forgotten_up_to
from survey.store import retention_rules
from survey.store.retention_rules import RULES

ACTOR = RETENTION
SOME = "some"


def run(database: Database, today: date, *, at: datetime) -> dict[str, str]:
    """Apply every rule; gives what went, by table, as the audit says it.

    Of the audit itself the entry also says up to where: without it nobody believes the gap.
    """
    gone: dict[str, str] = {}
    with database.write() as tx:
        before = forgotten_up_to(tx)
        for rule in RULES:
            rows = retention_rules.apply(tx, rule, today)
            if rows:
                gone[rule.table] = SOME if rule.of_recipients else str(rows)
        cut = forgotten_up_to(tx)
        proof = structs.asdict(cut) if cut is not None and cut != before else {}
        if gone or proof:
            audit.note(tx, ACTOR, "retention", today.isoformat(), at=at, **gone, **proof)
    redaction.drop_originals(database, today, actor=ACTOR, at=at)
    if gone or proof:
        database.forget()
    return gone


def take_up(services: Services, *, at: datetime) -> None:
    """Take texts out of the urn whose day it is: a wave was closed early, or a crash came between.

    Raises:
        KeyMissing: a key of a programme is not there
    """
    redaction.take_out_rest(services, actor=ACTOR, at=at)
