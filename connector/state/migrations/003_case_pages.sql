-- Who was responsible when the wave was sampled: what the person releases is shown to her alone.
ALTER TABLE invitation ADD COLUMN case_manager TEXT NOT NULL DEFAULT '';

-- The teams of a unit: a page finds a team's figures without looking at who was invited.
CREATE TABLE unit_team (
    tenant TEXT NOT NULL,
    wave_id TEXT NOT NULL,
    team TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    PRIMARY KEY (tenant, wave_id, team),
    FOREIGN KEY (tenant, wave_id, unit_id) REFERENCES reporting_unit (tenant, wave_id, unit_id)
) {table_end};

-- Whose cases are whose, for the list of one's own.
CREATE INDEX episode_by_manager ON episode (tenant, case_manager);

-- Pulls that were done. No counts: they would tell how many people release, week by week.
CREATE TABLE pull (
    tenant TEXT NOT NULL,
    number {whole} NOT NULL,
    pulled_on TEXT NOT NULL,
    PRIMARY KEY (tenant, number)
) {table_end};

-- What people show their case manager, sealed under the key of case numbers. Gone as soon as a pull
-- does not list it any more.
CREATE TABLE release (
    tenant TEXT NOT NULL,
    release_id TEXT NOT NULL,
    programme_id TEXT NOT NULL,
    wave_id TEXT NOT NULL,
    case_index {bytes} NOT NULL,
    block TEXT NOT NULL,
    words {bytes} NOT NULL,
    from_on TEXT NOT NULL,
    until TEXT NOT NULL,
    first_pull {whole} NOT NULL,
    PRIMARY KEY (tenant, release_id),
    FOREIGN KEY (tenant, first_pull) REFERENCES pull (tenant, number),
    CHECK (until >= from_on)
) {table_end};

CREATE INDEX release_by_case ON release (tenant, case_index);

-- Published snapshots, as the survey server froze them.
CREATE TABLE report (
    tenant TEXT NOT NULL,
    wave_id TEXT NOT NULL,
    report TEXT NOT NULL,
    programme_id TEXT NOT NULL,
    frozen_on TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (tenant, wave_id, report)
) {table_end};

-- Who may open the case pages. One role each, so that no two rights ever meet in one person's hand.
CREATE TABLE account (
    tenant TEXT NOT NULL,
    account_id TEXT NOT NULL,
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    password TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('case_manager', 'administrator', 'privacy_officer')),
    case_manager TEXT NOT NULL,
    language TEXT NOT NULL,
    created_on TEXT NOT NULL,
    disabled {flag} NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant, account_id),
    UNIQUE (tenant, login),
    CHECK ((role = 'case_manager') = (case_manager <> ''))
) {table_end};

-- The browser holds a random token, this table its digest: a copy of the table opens no session.
CREATE TABLE session (
    tenant TEXT NOT NULL,
    token_hash {bytes} NOT NULL,
    account_id TEXT NOT NULL,
    begun_at {moment} NOT NULL,
    seen_at {moment} NOT NULL,
    PRIMARY KEY (tenant, token_hash),
    FOREIGN KEY (tenant, account_id) REFERENCES account (tenant, account_id)
) {table_end};

-- Up to which pull an account has seen a case: before its last day there, and on that day. No time:
-- this is to show what is new, not to watch who works when.
CREATE TABLE visit (
    tenant TEXT NOT NULL,
    account_id TEXT NOT NULL,
    case_index {bytes} NOT NULL,
    visited_on TEXT NOT NULL,
    seen_before {whole} NOT NULL,
    seen {whole} NOT NULL,
    PRIMARY KEY (tenant, account_id, case_index),
    FOREIGN KEY (tenant, account_id) REFERENCES account (tenant, account_id)
) {table_end};

-- Each entry holds the digest of the one before it; rows are only ever added.
CREATE TABLE audit (
    tenant TEXT NOT NULL,
    number {whole} NOT NULL,
    at {moment} NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    hash {bytes} NOT NULL,
    PRIMARY KEY (tenant, number)
) {table_end};

CREATE TABLE audit_tail (
    tenant TEXT NOT NULL,
    number {whole} NOT NULL,
    hash {bytes} NOT NULL,
    PRIMARY KEY (tenant)
) {table_end};
