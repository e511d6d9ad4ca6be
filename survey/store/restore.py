"""Statements that carry rows from the replaced database into a restored backup.

A backup is the past; some things must not be undone with it. What was published stays published,
because another figure beside it would give people away. A report that exists keeps its wave closed.
A day that people were told, and a wave that was given up, stay as they were.
Who may no longer come in stays out. What staff did stays written. Everything else is as it was.

The database that is replaced is called `before`; these statements run on SQLite only, which is the
only engine that restores files.
"""

PUBLISHED = (
    """
    INSERT OR IGNORE INTO main.snapshot
    SELECT old.* FROM before.snapshot AS old
    JOIN main.wave AS wave ON wave.tenant = old.tenant AND wave.wave_id = old.wave_id
    WHERE old.tenant = :tenant
    """,
    """
    INSERT OR REPLACE INTO main.registry
    SELECT old.* FROM before.registry AS old
    JOIN main.programme AS programme
        ON programme.tenant = old.tenant AND programme.programme_id = old.programme_id
    LEFT JOIN main.registry AS new
        ON new.tenant = old.tenant AND new.programme_id = old.programme_id
    WHERE old.tenant = :tenant AND old.version > COALESCE(new.version, -1)
    """,
    """
    UPDATE main.wave SET state = 'closed'
    WHERE tenant = :tenant AND wave_id IN (
        SELECT wave_id FROM main.snapshot WHERE tenant = :tenant)
    """,
    # Later days, the real end and the end of a wave that was never asked; titles go with them.
    """
    UPDATE main.wave
    SET (title, opens_on, closes_on, prolonged_from, closed_on, withdrawn_on, withdrawn_because)
    = (
        SELECT old.title, old.opens_on, old.closes_on, old.prolonged_from,
            CASE WHEN wave.state = 'closed' THEN old.closed_on END,
            old.withdrawn_on, old.withdrawn_because
        FROM before.wave AS old WHERE old.tenant = :tenant AND old.wave_id = wave.wave_id)
    WHERE tenant = :tenant AND wave_id IN (
        SELECT wave_id FROM before.wave WHERE tenant = :tenant)
    """,
    """
    INSERT OR REPLACE INTO main.closing
    SELECT old.* FROM before.closing AS old
    JOIN main.snapshot AS snapshot
        ON snapshot.tenant = old.tenant AND snapshot.wave_id = old.wave_id
    WHERE old.tenant = :tenant
    """,
    """
    DELETE FROM main.invitation
    WHERE tenant = :tenant AND wave_id IN (
        SELECT wave_id FROM main.snapshot WHERE tenant = :tenant)
    """,
)
KEPT_OUT = (
    """
    UPDATE main.account SET disabled = TRUE
    WHERE tenant = :tenant AND account_id IN (
        SELECT account_id FROM before.account WHERE tenant = :tenant AND disabled)
    """,
    # A role or a proof of identity that was taken away because somebody else had it.
    """
    UPDATE main.account
    SET roles = (
        SELECT old.roles FROM before.account AS old
        WHERE old.tenant = :tenant AND old.account_id = account.account_id)
    WHERE tenant = :tenant AND account_id IN (
        SELECT account_id FROM before.account WHERE tenant = :tenant)
    """,
    """
    DELETE FROM main.account_proof
    WHERE tenant = :tenant AND account_id IN (
        SELECT account_id FROM before.account WHERE tenant = :tenant)
    """,
    """
    INSERT INTO main.account_proof
    SELECT old.* FROM before.account_proof AS old
    WHERE old.tenant = :tenant AND old.account_id IN (
        SELECT account_id FROM main.account WHERE tenant = :tenant)
    """,
    # What was refused or done since must not wait again; what still waits is asked for once more.
    """
    DELETE FROM main.account_request WHERE tenant = :tenant
    """,
    # Keys that were exchanged: nothing may be sealed to a lost one again, or be signed by it.
    """
    INSERT OR REPLACE INTO main.connector
    SELECT old.* FROM before.connector AS old WHERE old.tenant = :tenant
    """,
    """
    UPDATE main.kiosk
    SET revoked_on = (
        SELECT old.revoked_on FROM before.kiosk AS old
        WHERE old.tenant = :tenant AND old.kiosk_id = kiosk.kiosk_id)
    WHERE tenant = :tenant AND revoked_on IS NULL AND kiosk_id IN (
        SELECT kiosk_id FROM before.kiosk WHERE tenant = :tenant)
    """,
    """
    UPDATE main.form_version SET withdrawn = TRUE
    WHERE tenant = :tenant AND version IN (
        SELECT version FROM before.form_version WHERE tenant = :tenant AND withdrawn)
    """,
)
# Only when the backup's chain is the beginning of the other one: anything else would break it.
AUDIT = (
    """
    INSERT INTO main.audit
    SELECT old.* FROM before.audit AS old
    WHERE old.tenant = :tenant
        AND old.number > (SELECT number FROM main.audit_tail WHERE tenant = :tenant)
        AND EXISTS (
            SELECT 1 FROM before.audit AS same
            JOIN main.audit_tail AS tail ON tail.tenant = same.tenant
            WHERE same.tenant = :tenant AND same.number = tail.number AND same.hash = tail.hash)
    """,
    """
    UPDATE main.audit_tail
    SET number = (SELECT MAX(number) FROM main.audit WHERE tenant = :tenant)
    WHERE tenant = :tenant
        AND EXISTS (SELECT 1 FROM main.audit WHERE tenant = :tenant)
    """,
    """
    UPDATE main.audit_tail
    SET hash = (
        SELECT entry.hash FROM main.audit AS entry
        WHERE entry.tenant = :tenant AND entry.number = audit_tail.number)
    WHERE tenant = :tenant
        AND EXISTS (SELECT 1 FROM main.audit WHERE tenant = :tenant)
    """,
)
STATEMENTS = (*PUBLISHED, *KEPT_OUT, *AUDIT)
