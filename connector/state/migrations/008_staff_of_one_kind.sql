-- Staff has the tables of survey/staff, which both zones share: an account with its roles, proofs of
-- identity beside it, sessions. References to account follow when the new table takes its name.
CREATE TABLE account_new (
    tenant TEXT NOT NULL,
    account_id TEXT NOT NULL,
    login TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    roles TEXT NOT NULL,
    language TEXT NOT NULL,
    created_on {moment} NOT NULL,
    disabled {flag} NOT NULL DEFAULT FALSE,
    UNIQUE (tenant, login),
    PRIMARY KEY (tenant, account_id)
) {table_end};

INSERT INTO account_new (tenant, account_id, login, name, roles, language, created_on, disabled)
SELECT tenant, account_id, login, name, role, language, created_on, disabled FROM account;

-- What an account is checked against, one row for each kind of proof. `body` is JSON, opaque here.
CREATE TABLE account_proof (
    tenant TEXT NOT NULL,
    account_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (tenant, account_id, kind),
    FOREIGN KEY (tenant, account_id) REFERENCES account_new (tenant, account_id) ON DELETE CASCADE
) {table_end};

-- A digest of argon2 holds no sign that JSON would have to escape.
INSERT INTO account_proof (tenant, account_id, kind, body)
SELECT tenant, account_id, 'password', '{"type":"password","digest":"' || password || '"}'
FROM account WHERE password <> '';

-- The sign that stands for somebody in the imported cases.
CREATE TABLE case_manager (
    tenant TEXT NOT NULL,
    account_id TEXT NOT NULL,
    sign TEXT NOT NULL CHECK (sign <> ''),
    PRIMARY KEY (tenant, account_id),
    FOREIGN KEY (tenant, account_id) REFERENCES account_new (tenant, account_id)
) {table_end};

INSERT INTO case_manager (tenant, account_id, sign)
SELECT tenant, account_id, case_manager FROM account WHERE case_manager <> '';

-- The browser holds a random token, this table its digest: a copy of the table opens no session.
CREATE TABLE staff_session (
    tenant TEXT NOT NULL,
    token_hash {bytes} NOT NULL,
    account_id TEXT NOT NULL,
    begun_at {moment} NOT NULL,
    seen_at {moment} NOT NULL,
    PRIMARY KEY (tenant, token_hash),
    FOREIGN KEY (tenant, account_id) REFERENCES account_new (tenant, account_id)
) {table_end};

INSERT INTO staff_session (tenant, token_hash, account_id, begun_at, seen_at)
SELECT tenant, token_hash, account_id, begun_at, seen_at FROM session;
DROP TABLE session;

CREATE TABLE visit_new (
    tenant TEXT NOT NULL,
    account_id TEXT NOT NULL,
    case_index {bytes} NOT NULL,
    visited_on TEXT NOT NULL,
    seen_before {whole} NOT NULL,
    seen {whole} NOT NULL,
    PRIMARY KEY (tenant, account_id, case_index),
    FOREIGN KEY (tenant, account_id) REFERENCES account_new (tenant, account_id)
) {table_end};

INSERT INTO visit_new (tenant, account_id, case_index, visited_on, seen_before, seen)
SELECT tenant, account_id, case_index, visited_on, seen_before, seen FROM visit;
DROP TABLE visit;
ALTER TABLE visit_new RENAME TO visit;

DROP TABLE account;
ALTER TABLE account_new RENAME TO account;

-- Entries from before have no details, and their digests cover none.
ALTER TABLE audit ADD COLUMN details TEXT NOT NULL DEFAULT '';
