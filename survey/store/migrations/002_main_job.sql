-- Who works here, and with what right. No table of recipients points at any of these.
CREATE TABLE account (
    tenant TEXT NOT NULL,
    account_id TEXT NOT NULL,
    login TEXT NOT NULL,
    password TEXT NOT NULL,
    roles TEXT NOT NULL,
    language TEXT NOT NULL,
    created_on {moment} NOT NULL,
    disabled {flag} NOT NULL DEFAULT FALSE,
    UNIQUE (tenant, login),
    PRIMARY KEY (tenant, account_id)
) {table_end};

-- The browser holds a random token, this table its digest: a copy of the table opens no session.
CREATE TABLE staff_session (
    tenant TEXT NOT NULL,
    token_hash {bytes} NOT NULL,
    account_id TEXT NOT NULL,
    begun_at {moment} NOT NULL,
    seen_at {moment} NOT NULL,
    PRIMARY KEY (tenant, token_hash),
    FOREIGN KEY (tenant, account_id) REFERENCES account (tenant, account_id)
) {table_end};

-- Work that takes longer than a request; a worker claims a row by changing its state.
CREATE TABLE job (
    tenant TEXT NOT NULL,
    job_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    details TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
    step TEXT NOT NULL DEFAULT '',
    message TEXT NOT NULL DEFAULT '',
    attempts {whole} NOT NULL DEFAULT 0,
    requested_by TEXT NOT NULL,
    requested_at {moment} NOT NULL,
    due_at {moment} NOT NULL,
    claimed_at {moment},
    finished_at {moment},
    PRIMARY KEY (tenant, job_id)
) {table_end};

-- What jobs made: views of a frozen snapshot, kept whole so that every web process can hand them out.
CREATE TABLE document (
    tenant TEXT NOT NULL,
    document_id TEXT NOT NULL,
    wave_id TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    body {bytes} NOT NULL,
    made_on {moment} NOT NULL,
    PRIMARY KEY (tenant, document_id),
    UNIQUE (tenant, wave_id, name),
    FOREIGN KEY (tenant, wave_id) REFERENCES wave (tenant, wave_id)
) {table_end};

-- How many have answered by the end of a week, whole jobcenter, rounded down to the step of k.
CREATE TABLE fieldwork (
    tenant TEXT NOT NULL,
    wave_id TEXT NOT NULL,
    week TEXT NOT NULL,
    answered {whole} NOT NULL,
    PRIMARY KEY (tenant, wave_id, week),
    FOREIGN KEY (tenant, wave_id) REFERENCES wave (tenant, wave_id)
) {table_end};

-- Texts of closed waves, shuffled out of the urn: no handle, new ids, still in both sealed layers.
CREATE TABLE remark (
    tenant TEXT NOT NULL,
    remark_id TEXT NOT NULL,
    wave_id TEXT NOT NULL,
    original {bytes} NOT NULL,
    edited {bytes},
    state TEXT NOT NULL CHECK (state IN ('open', 'proposed', 'approved', 'withheld')),
    first_by TEXT NOT NULL DEFAULT '',
    second_by TEXT NOT NULL DEFAULT '',
    version {whole} NOT NULL DEFAULT 0,
    CHECK (second_by = '' OR second_by <> first_by),
    PRIMARY KEY (tenant, remark_id),
    FOREIGN KEY (tenant, wave_id) REFERENCES wave (tenant, wave_id)
) {table_end};

-- What was published about whom, sealed under the evaluator's K_pair; one per programme.
CREATE TABLE registry (
    tenant TEXT NOT NULL,
    programme_id TEXT NOT NULL,
    version {whole} NOT NULL,
    body {bytes} NOT NULL,
    PRIMARY KEY (tenant, programme_id),
    FOREIGN KEY (tenant, programme_id) REFERENCES programme (tenant, programme_id)
) {table_end};

-- What a person lets her case manager see, one row for every releasable block of every submission,
-- empty ones too. Under K_pair until its slot; `sealed` is the same for the connector alone.
CREATE TABLE release (
    tenant TEXT NOT NULL,
    handle {bytes} NOT NULL,
    wave_id TEXT NOT NULL,
    block TEXT NOT NULL,
    slot_on {moment} NOT NULL,
    body {bytes} NOT NULL,
    sealed_to {bytes},
    sealed {bytes},
    PRIMARY KEY (tenant, handle),
    CHECK ((sealed IS NULL) = (sealed_to IS NULL)),
    FOREIGN KEY (tenant, wave_id) REFERENCES wave (tenant, wave_id)
) {table_end};

-- Devices that may begin anonymous questionnaires without a letter; the token is known by its digest.
CREATE TABLE kiosk (
    tenant TEXT NOT NULL,
    kiosk_id TEXT NOT NULL,
    wave_id TEXT NOT NULL,
    place TEXT NOT NULL,
    token_hash {bytes} NOT NULL,
    created_on {moment} NOT NULL,
    revoked_on {moment},
    UNIQUE (tenant, token_hash),
    PRIMARY KEY (tenant, kiosk_id),
    FOREIGN KEY (tenant, wave_id) REFERENCES wave (tenant, wave_id)
) {table_end};

-- A programme that was ended: its keys are gone, what is left can be read by nobody.
ALTER TABLE programme ADD COLUMN ended_on {moment};
