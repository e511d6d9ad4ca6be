-- Who asks, what is asked.
CREATE TABLE programme (
    tenant TEXT NOT NULL,
    programme_id TEXT NOT NULL,
    facts TEXT NOT NULL,
    ceremony_on {moment},
    PRIMARY KEY (tenant, programme_id)
) {table_end};

CREATE TABLE form_version (
    tenant TEXT NOT NULL,
    version TEXT NOT NULL,
    form_id TEXT NOT NULL,
    body TEXT NOT NULL,
    withdrawn {flag} NOT NULL DEFAULT FALSE,
    PRIMARY KEY (tenant, version)
) {table_end};

CREATE TABLE wave (
    tenant TEXT NOT NULL,
    wave_id TEXT NOT NULL,
    programme_id TEXT NOT NULL,
    number {whole} NOT NULL CHECK (number > 0),
    form_id TEXT NOT NULL,
    form_version TEXT NOT NULL,
    opens_on {moment} NOT NULL,
    closes_on {moment} NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('planned', 'sampled', 'open', 'closed')),
    k {whole} NOT NULL CHECK (k >= 10),
    k_sensitive {whole} NOT NULL CHECK (k_sensitive >= 20),
    k_up {whole} NOT NULL CHECK (k_up >= 20),
    comments {whole} NOT NULL CHECK (comments >= 15),
    print_destroyed {flag} NOT NULL DEFAULT FALSE,
    CHECK (opens_on <= closes_on),
    UNIQUE (tenant, programme_id, number),
    PRIMARY KEY (tenant, wave_id),
    FOREIGN KEY (tenant, programme_id) REFERENCES programme (tenant, programme_id),
    FOREIGN KEY (tenant, form_version) REFERENCES form_version (tenant, version)
) {table_end};

-- What the connector handed over.
CREATE TABLE connector (
    tenant TEXT NOT NULL,
    connector_id TEXT NOT NULL,
    signature_key {bytes} NOT NULL,
    exchange_key {bytes} NOT NULL,
    PRIMARY KEY (tenant, connector_id)
) {table_end};

CREATE TABLE batch (
    tenant TEXT NOT NULL,
    batch_id TEXT NOT NULL,
    wave_id TEXT NOT NULL,
    digest {bytes} NOT NULL,
    invitations {whole} NOT NULL,
    PRIMARY KEY (tenant, batch_id),
    FOREIGN KEY (tenant, wave_id) REFERENCES wave (tenant, wave_id)
) {table_end};

CREATE TABLE unit (
    tenant TEXT NOT NULL,
    wave_id TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    label TEXT NOT NULL,
    PRIMARY KEY (tenant, wave_id, unit_id),
    FOREIGN KEY (tenant, wave_id) REFERENCES wave (tenant, wave_id)
) {table_end};

CREATE TABLE sample (
    tenant TEXT NOT NULL,
    wave_id TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    cell TEXT NOT NULL,
    invited {whole} NOT NULL CHECK (invited > 0),
    PRIMARY KEY (tenant, wave_id, unit_id, cell),
    FOREIGN KEY (tenant, wave_id, unit_id) REFERENCES unit (tenant, wave_id, unit_id)
) {table_end};

CREATE TABLE invitation (
    tenant TEXT NOT NULL,
    code_hash {bytes} NOT NULL,
    wave_id TEXT NOT NULL,
    ticket {bytes} NOT NULL,
    PRIMARY KEY (tenant, code_hash),
    FOREIGN KEY (tenant, wave_id) REFERENCES wave (tenant, wave_id)
) {table_end};

-- What recipients leave: no time, no running number, no row that points at another.
CREATE TABLE response (
    tenant TEXT NOT NULL,
    mark {bytes} NOT NULL,
    wave_id TEXT NOT NULL,
    domain TEXT NOT NULL,
    handle {bytes} NOT NULL,
    body {bytes} NOT NULL,
    PRIMARY KEY (tenant, mark),
    FOREIGN KEY (tenant, wave_id) REFERENCES wave (tenant, wave_id)
) {table_end};

-- A code deletes by handle; digests in an index tell no order.
CREATE INDEX response_by_handle ON response (tenant, handle);

CREATE TABLE free_text (
    tenant TEXT NOT NULL,
    handle {bytes} NOT NULL,
    wave_id TEXT NOT NULL,
    body {bytes} NOT NULL,
    PRIMARY KEY (tenant, handle),
    FOREIGN KEY (tenant, wave_id) REFERENCES wave (tenant, wave_id)
) {table_end};

CREATE TABLE draft (
    tenant TEXT NOT NULL,
    draft_key {bytes} NOT NULL,
    wave_id TEXT NOT NULL,
    version {whole} NOT NULL,
    body {bytes} NOT NULL,
    PRIMARY KEY (tenant, draft_key),
    FOREIGN KEY (tenant, wave_id) REFERENCES wave (tenant, wave_id)
) {table_end};

-- What was published, and what staff did.
CREATE TABLE snapshot (
    tenant TEXT NOT NULL,
    wave_id TEXT NOT NULL,
    report TEXT NOT NULL,
    body TEXT NOT NULL,
    frozen_on {moment} NOT NULL,
    PRIMARY KEY (tenant, wave_id, report),
    FOREIGN KEY (tenant, wave_id) REFERENCES wave (tenant, wave_id)
) {table_end};

CREATE TABLE audit (
    tenant TEXT NOT NULL,
    number {whole} NOT NULL,
    at {moment} NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    details TEXT NOT NULL,
    hash {bytes} NOT NULL,
    PRIMARY KEY (tenant, number)
) {table_end};

CREATE TABLE audit_tail (
    tenant TEXT NOT NULL PRIMARY KEY,
    number {whole} NOT NULL,
    hash {bytes} NOT NULL
) {table_end};
