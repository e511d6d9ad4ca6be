-- Whose account the sign was when the wave was sampled: a sign may be given to somebody else, what a
-- person shows may not. Empty until somebody with the sign has an account.
ALTER TABLE invitation ADD COLUMN account_id TEXT NOT NULL DEFAULT '';

-- Who had the sign at the draw, else who had it first since. When an account was shut is not known
-- here, so one that is shut now is taken for the holder: better hidden than shown to a successor.
UPDATE invitation SET account_id = COALESCE(
    (
        SELECT account.account_id FROM account
        JOIN print_run ON print_run.tenant = account.tenant
        WHERE account.tenant = invitation.tenant
          AND account.case_manager = invitation.case_manager
          AND print_run.print_run_id = invitation.print_run_id
          AND account.created_on <= print_run.drawn_on
        ORDER BY account.created_on DESC, account.disabled DESC, account.account_id LIMIT 1
    ),
    (
        SELECT account.account_id FROM account
        WHERE account.tenant = invitation.tenant
          AND account.case_manager = invitation.case_manager
        ORDER BY account.created_on, account.disabled DESC, account.account_id LIMIT 1
    ),
    ''
)
WHERE case_manager <> '';

-- Whose password somebody else has made: it opens one page, on which its owner makes another.
ALTER TABLE account ADD COLUMN given {flag} NOT NULL DEFAULT FALSE;
