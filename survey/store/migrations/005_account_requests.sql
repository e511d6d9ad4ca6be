-- Changes of accounts that wait for a second person. `password` is what the new one was made into,
-- `half` the part of it that whoever agrees hands over; half a password opens nothing.
CREATE TABLE account_request (
    tenant TEXT NOT NULL,
    request_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('account', 'roles', 'password', 'open')),
    login TEXT NOT NULL,
    roles TEXT NOT NULL,
    language TEXT NOT NULL,
    password TEXT NOT NULL DEFAULT '',
    half TEXT NOT NULL DEFAULT '',
    asked_by TEXT NOT NULL,
    asked_on {moment} NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'refused', 'withdrawn')),
    decided_by TEXT NOT NULL DEFAULT '',
    decided_on {moment},
    CHECK (state <> 'approved' OR (decided_by NOT IN ('', asked_by, login))),
    CHECK (state = 'waiting' OR (password = '' AND half = '')),
    PRIMARY KEY (tenant, request_id)
) {table_end};
