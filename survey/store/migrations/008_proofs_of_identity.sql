-- What an account is checked against, one row for each kind of proof; until now a password stood in
-- the account itself. `body` is JSON, opaque here. A proof ends with its account.
CREATE TABLE account_proof (
    tenant TEXT NOT NULL,
    account_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (tenant, account_id, kind),
    FOREIGN KEY (tenant, account_id) REFERENCES account (tenant, account_id) ON DELETE CASCADE
) {table_end};

-- A digest of argon2 holds no sign that JSON would have to escape.
INSERT INTO account_proof (tenant, account_id, kind, body)
SELECT tenant, account_id, 'password', '{"type":"password","digest":"' || password || '"}'
FROM account WHERE password <> '';

ALTER TABLE account DROP COLUMN password;
-- As colleagues know this person; empty where pages show the login.
ALTER TABLE account ADD COLUMN name TEXT NOT NULL DEFAULT '';
