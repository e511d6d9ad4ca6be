"""How long rows are kept: one rule for each table that may hold something about a person.

A table that is not named here has no place in the schema: a test compares. `:before` is the day so
many days before today; what was last needed before it goes. Deleting is all a rule does; what
happens at a wave's close, by a code, or at the end of a programme is beside it and sooner.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from msgspec import Struct

from survey.engine.database import Transaction
from survey.model.waves import RELEASE_DAYS
from survey.staff.store.audit import FORGOTTEN

YEAR = 365
# § 83 SGB X and the liability of Art. 82 DSGVO: what happened can be asked about for three years.
LIABLE = 3 * YEAR


class Rule(Struct, frozen=True, kw_only=True):
    """A retention rule: which rows of one table are deleted.

    Args:
        what: the rows and the event that the days count from
        why: the reason with its law
        sql: statements with `:before`; the last one counts
        of_recipients: an exact count would tell who took part
    """

    table: str
    what: str
    days: int
    why: str
    sql: tuple[str, ...]
    of_recipients: bool = False


# The order is that of deleting: an account goes after the last entry that names it.
RULES = (
    Rule(
        table="staff_session",
        what="sessions of staff, from the login",
        days=1,
        why="ended after ten hours at the latest; Art. 5 (1) c and e DSGVO",
        sql=(
            """
            DELETE FROM staff_session WHERE tenant = :tenant AND begun_at < :before
            """,
        ),
    ),
    Rule(
        table="account_request",
        what="changes of accounts that a second person decided on or did not, from the asking",
        days=30,
        why="nobody can agree any more; the audit keeps what was done; Art. 5 (1) e DSGVO",
        sql=(
            """
            DELETE FROM account_request WHERE tenant = :tenant AND asked_on < :before
            """,
        ),
    ),
    Rule(
        table="draft",
        what="unfinished questionnaires, from the wave's close or last day; at devices every night",
        days=0,
        why="nobody can go on with one; Art. 5 (1) e DSGVO",
        sql=(
            """
            DELETE FROM draft
            WHERE tenant = :tenant AND wave_id IN (
                SELECT wave_id FROM wave
                WHERE tenant = :tenant
                    AND (state = 'closed' OR closes_on < :before OR mode = 'kiosk'))
            """,
        ),
        of_recipients=True,
    ),
    Rule(
        table="invitation",
        what="codes and sealed pseudonyms, at the wave's close, or from its last day",
        days=56,
        why="a code opens nothing after the last day; Art. 5 (1) e DSGVO",
        sql=(
            """
            DELETE FROM invitation
            WHERE tenant = :tenant AND wave_id IN (
                SELECT wave_id FROM wave
                WHERE tenant = :tenant AND (state = 'closed' OR closes_on < :before))
            """,
        ),
        of_recipients=True,
    ),
    Rule(
        table="response",
        what="sealed answers, from the last day of the programme's last wave",
        days=YEAR,
        why="later waves are paired with them, reports are frozen; Art. 5 (1) e DSGVO, § 67c SGB X",
        sql=(
            """
            DELETE FROM response
            WHERE tenant = :tenant AND wave_id IN (
                SELECT wave_id FROM wave
                WHERE tenant = :tenant AND programme_id NOT IN (
                    SELECT programme_id FROM wave
                    WHERE tenant = :tenant AND closes_on >= :before AND withdrawn_on IS NULL))
            """,
        ),
        of_recipients=True,
    ),
    Rule(
        table="closing",
        what="sealed lists of who was invited and whose answers are opened, with the answers",
        days=YEAR,
        why="reports over several waves count the people by them; Art. 5 (1) e DSGVO",
        sql=(
            """
            DELETE FROM closing
            WHERE tenant = :tenant AND wave_id IN (
                SELECT wave_id FROM wave
                WHERE tenant = :tenant AND programme_id NOT IN (
                    SELECT programme_id FROM wave
                    WHERE tenant = :tenant AND closes_on >= :before AND withdrawn_on IS NULL))
            """,
        ),
        of_recipients=True,
    ),
    Rule(
        table="free_text",
        what="sealed texts that nobody took out of the urn, from the wave's last day",
        days=YEAR,
        why="taken out for redaction after the day people were told; Art. 5 (1) e DSGVO",
        sql=(
            """
            DELETE FROM free_text
            WHERE tenant = :tenant AND wave_id IN (
                SELECT wave_id FROM wave WHERE tenant = :tenant AND closes_on < :before)
            """,
        ),
        of_recipients=True,
    ),
    Rule(
        table="comment",
        what="texts that no report was made of, from the wave's last day; others 30 days after it",
        days=YEAR,
        why="what two people agreed on stands in the report; Art. 5 (1) c and e DSGVO",
        sql=(
            """
            DELETE FROM comment
            WHERE tenant = :tenant AND wave_id IN (
                SELECT wave_id FROM wave WHERE tenant = :tenant AND closes_on < :before)
            """,
        ),
        of_recipients=True,
    ),
    Rule(
        table="release",
        what="what people show their case manager, from the wave's last day as letters say",
        days=RELEASE_DAYS,
        why="the page on which they were ticked names this end; Art. 5 (1) a and e DSGVO",
        sql=(
            """
            DELETE FROM release
            WHERE tenant = :tenant AND wave_id IN (
                SELECT wave_id FROM wave
                WHERE tenant = :tenant AND COALESCE(prolonged_from, closes_on) < :before)
            """,
        ),
        of_recipients=True,
    ),
    Rule(
        table="fieldwork",
        what="weekly counts in steps of k, from the wave's last day",
        days=YEAR,
        why="they serve while people answer; the report has the figure; Art. 5 (1) c DSGVO",
        sql=(
            """
            DELETE FROM fieldwork
            WHERE tenant = :tenant AND wave_id IN (
                SELECT wave_id FROM wave WHERE tenant = :tenant AND closes_on < :before)
            """,
        ),
    ),
    Rule(
        table="report_preview",
        what="what a report would hide, without a figure, from the wave's last day",
        days=YEAR,
        why="it serves whoever decides on freezing; the report tells the same; Art. 5 (1) c DSGVO",
        sql=(
            """
            DELETE FROM report_preview
            WHERE tenant = :tenant AND wave_id IN (
                SELECT wave_id FROM wave WHERE tenant = :tenant AND closes_on < :before)
            """,
        ),
    ),
    Rule(
        table="kiosk",
        what="devices, from the day they were revoked or the wave's last day",
        days=30,
        why="a token that opens nothing; Art. 32 DSGVO",
        sql=(
            """
            DELETE FROM kiosk
            WHERE tenant = :tenant AND (revoked_on < :before OR wave_id IN (
                SELECT wave_id FROM wave
                WHERE tenant = :tenant AND state = 'closed' AND closes_on < :before))
            """,
        ),
    ),
    Rule(
        table="job",
        what="work that is over, with who asked for it, from its end",
        days=30,
        why="kept for questions about a failure; no record of conduct, § 26 BDSG",
        sql=(
            """
            DELETE FROM job WHERE tenant = :tenant AND finished_at < :before
            """,
        ),
    ),
    Rule(
        table="document",
        what="reports as PDF, from the day they were made",
        days=YEAR,
        why="the frozen snapshot gives the same bytes again; nothing personal in them",
        sql=(
            """
            DELETE FROM document WHERE tenant = :tenant AND made_on < :before
            """,
        ),
    ),
    Rule(
        table="audit",
        what="what staff did, from the day they did it; the last digest stays for the chain",
        days=LIABLE,
        why="§ 22 (2) no. 2 BDSG asks for proof, Art. 82 DSGVO limits how long",
        sql=(
            """
            UPDATE audit SET actor = '', action = :forgotten, subject = '', details = '{}'
            WHERE tenant = :tenant AND action <> :forgotten AND number = (
                SELECT MAX(number) FROM audit WHERE tenant = :tenant AND at < :before)
            """,
            """
            DELETE FROM audit
            WHERE tenant = :tenant AND number < (
                SELECT MAX(number) FROM audit WHERE tenant = :tenant AND at < :before)
            """,
        ),
    ),
    Rule(
        table="account",
        what="disabled accounts, from the last entry of the audit that names them",
        days=LIABLE,
        why="as long as the audit names somebody, one must know who that was; § 26 BDSG",
        sql=(
            """
            DELETE FROM account
            WHERE tenant = :tenant AND disabled AND created_on < :before
                AND NOT EXISTS (
                    SELECT 1 FROM audit
                    WHERE audit.tenant = account.tenant
                        AND (audit.subject = account.login
                            OR audit.actor = 'staff:' || account.login))
                AND NOT EXISTS (
                    SELECT 1 FROM staff_session
                    WHERE staff_session.tenant = account.tenant
                        AND staff_session.account_id = account.account_id)
            """,
        ),
    ),
)

# Tables without a rule, and why none is needed.
EXEMPT: Mapping[str, str] = {
    "programme": "who asks whom and why; no person but contacts that are printed on every page",
    "form_version": "what was asked",
    "wave": "days and thresholds",
    "connector": "public keys of the jobcenter's connector",
    "batch": "digests of pushes and how many letters they held, at least k_up in every cell",
    "unit": "names of teams of at least three case managers",
    "sample": "how many were invited, at least k_up in every cell",
    "snapshot": "published figures, kept for comparison over the years",
    "registry": "what was published about whom, sealed; protects later reports; gone with the end",
    "account_proof": "what a login is checked against; goes with its account",
    "audit_tail": "one digest",
    "migration": "names of files that ran",
}


def apply(tx: Transaction, rule: Rule, today: date) -> int:
    """Delete what is past its time; gives how many rows went."""
    gone = 0
    for statement in rule.sql:
        values = {"before": today - timedelta(days=rule.days), "forgotten": FORGOTTEN}
        gone = tx.run(statement, values)
    return gone
