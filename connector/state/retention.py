"""How long the house keeps who is who: one rule for each table that may say something of a person.

A table that is not named here has no place in the schema: a test compares. What happens at the end
of a programme, by a pull, or when letters are finished is beside this and sooner.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal, TypeAlias

import msgspec
from msgspec import Struct

from survey.engine.database import Transaction
from survey.model.exchange import WaveOffer
from survey.model.waves import RELEASE_DAYS

YEAR = 365
# What the days count from: the row itself, or the last day of its wave or of its programme.
From: TypeAlias = Literal["row", "wave", "programme"]


class Rule(Struct, frozen=True, kw_only=True):
    """Deletion rule of one table: `sql` with `:before`, `:wave_id` or `:programme_id`."""

    table: str
    what: str
    days: int
    since: From
    why: str
    sql: str


# Links go before the episodes they belong to.
RULES = (
    Rule(
        table="invitation",
        what="who was invited, from the last day of the wave",
        days=YEAR,
        since="wave",
        why="decides who sees what was released, which is over long before; Art. 5 (1) e DSGVO",
        sql="DELETE FROM invitation WHERE tenant = :tenant AND wave_id = :wave_id",
    ),
    Rule(
        table="link",
        what="pseudonyms, from the last day of the programme's last wave",
        days=YEAR,
        since="programme",
        why="pairs the waves of one case; the server keeps its answers as long; § 67c SGB X",
        sql="DELETE FROM link WHERE tenant = :tenant AND programme_id = :programme_id",
    ),
    Rule(
        table="link",
        what="pseudonyms of cases that are missing in the exports, from the first such import",
        days=90,
        since="row",
        why="what the case-management system deletes is not kept here; § 84 SGB X",
        sql="""
            DELETE FROM link
            WHERE tenant = :tenant AND case_index IN (
                SELECT episode.case_index FROM episode
                JOIN run ON run.tenant = episode.tenant AND run.run = episode.vanished_run
                WHERE episode.tenant = :tenant AND run.imported_on < :before)
            """,
    ),
    Rule(
        table="episode",
        what="cases that are missing in the exports, from the first such import; one that "
        "forbids to write to its person as long as she has another case",
        days=90,
        since="row",
        why="what the case-management system deletes is not kept here; § 84 SGB X",
        sql="""
            DELETE FROM episode
            WHERE tenant = :tenant AND vanished_run IN (
                SELECT run FROM run WHERE tenant = :tenant AND imported_on < :before)
              AND NOT (exclusion <> '' AND EXISTS (
                SELECT 1 FROM episode AS other
                WHERE other.tenant = :tenant AND other.person = episode.person
                  AND other.exclusion = '' AND other.vanished_run IS NULL))
            """,
    ),
    Rule(
        table="asked",
        what="the day of a person's last invitation, if the house's own period is not longer",
        days=YEAR,
        since="row",
        why="nobody is asked too often; Art. 5 (1) e DSGVO",
        sql="DELETE FROM asked WHERE tenant = :tenant AND last_on < :before",
    ),
    Rule(
        table="visit",
        what="up to where somebody has seen a case, from the day",
        days=RELEASE_DAYS + 30,
        since="row",
        why="shows what is new; no record of conduct, § 26 BDSG",
        sql="DELETE FROM visit WHERE tenant = :tenant AND visited_on < :before",
    ),
    Rule(
        table="release",
        what="what people show, from the last day they were told",
        days=0,
        since="row",
        why="the page on which they were ticked names this end; Art. 5 (1) a and e DSGVO",
        sql="DELETE FROM release WHERE tenant = :tenant AND until < :before",
    ),
)

# Tables without a rule, and why none is needed.
EXEMPT: Mapping[str, str] = {
    "staff_session": "ends after ten hours at the latest: logins.remove_ended",
    "account": "who works here; disabled ones are named by the audit",
    "account_proof": "what a login is checked against; goes with its account",
    "case_manager": "which sign of the export is whose account; decides who sees what was released",
    "audit": "who read what was released: § 79 SGB X wants proof; a person decides when it goes",
    "audit_tail": "one digest",
    "letter_file": "paths; gone with `letters --finish`, like the files",
    "migration": "names of files that ran",
    "outbox": "its body leaves when the server has acknowledged it",
    "print_run": "how many letters, and when their key was destroyed",
    "pull": "days on which something was fetched, without counts",
    "report": "published figures",
    "reporting_unit": "names of teams of at least three case managers",
    "run": "counts of an import",
    "staged": "empty but within an import",
    "staged_left_out": "empty but within an import",
    "staged_refusal": "empty but within an import",
    "unit_team": "teams of a reporting unit",
    "wave": "days of a wave, as the server offers it",
}


class _Offer(Struct, frozen=True):
    offer: bytes


def sweep(tx: Transaction, today: date, *, period: int = 0) -> int:
    """Delete what is past its time; gives how many rows went.

    Args:
        period: days within which nobody is invited twice (setting period_days)
    """
    rows = tx.all("SELECT offer FROM wave WHERE tenant = :tenant", into=_Offer)
    offers = [msgspec.json.decode(row.offer, type=WaveOffer) for row in rows]
    gone = 0
    for rule in RULES:
        days = max(rule.days, period) if rule.table == "asked" else rule.days
        for values in _over(rule, offers, today - timedelta(days=days)):
            gone += tx.run(rule.sql, values)
    return gone


def _over(rule: Rule, offers: list[WaveOffer], before: date) -> list[dict[str, object]]:
    """Parameters of a rule's statement, one set for each wave or programme that is over."""
    if rule.since == "row":
        return [{"before": before}]
    if rule.since == "wave":
        return [{"wave_id": offer.wave_id} for offer in offers if offer.closes_on < before]
    running = {offer.programme_id for offer in offers if offer.closes_on >= before}
    over = {offer.programme_id for offer in offers} - running
    return [{"programme_id": programme_id} for programme_id in sorted(over)]
