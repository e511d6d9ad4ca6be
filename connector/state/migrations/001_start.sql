-- Episodes as imported. No name, address, day of birth, nationality or note; the case number only as a
-- keyed digest to look it up and sealed to show it; the person only as a keyed digest.
CREATE TABLE episode (
    tenant TEXT NOT NULL,
    case_index {bytes} NOT NULL,
    source_system TEXT NOT NULL,
    sealed_case {bytes} NOT NULL,
    person {bytes} NOT NULL,
    team TEXT NOT NULL,
    case_manager TEXT NOT NULL,
    kind TEXT NOT NULL,
    started_on TEXT,
    ended_on TEXT,
    end_reason TEXT NOT NULL,
    measure TEXT NOT NULL,
    needs {whole},
    language TEXT NOT NULL,
    exclusion TEXT NOT NULL,
    row_hash {bytes} NOT NULL,
    changed_run {whole} NOT NULL,
    vanished_run {whole},
    PRIMARY KEY (tenant, case_index),
    CHECK (exclusion <> '' OR (team <> '' AND kind <> '' AND started_on IS NOT NULL)),
    CHECK (ended_on IS NULL OR started_on IS NULL OR ended_on >= started_on)
) {table_end};

-- Whether any case of a person forbids writing to her.
CREATE INDEX episode_by_person ON episode (tenant, person);

-- The rows of the import that is under way; emptied before its transaction ends, so nobody sees any.
CREATE TABLE staged (
    tenant TEXT NOT NULL,
    record {whole} NOT NULL,
    case_index {bytes} NOT NULL,
    sealed_case {bytes} NOT NULL,
    person {bytes} NOT NULL,
    team TEXT NOT NULL,
    case_manager TEXT NOT NULL,
    kind TEXT NOT NULL,
    started_on TEXT,
    ended_on TEXT,
    end_reason TEXT NOT NULL,
    measure TEXT NOT NULL,
    needs {whole},
    language TEXT NOT NULL,
    exclusion TEXT NOT NULL,
    row_hash {bytes} NOT NULL,
    PRIMARY KEY (tenant, record)
) {table_end};

CREATE INDEX staged_by_case ON staged (tenant, case_index);

-- Known cases whose row was refused this time: they stay as they were and have not vanished.
CREATE TABLE staged_refusal (
    tenant TEXT NOT NULL,
    case_index {bytes} NOT NULL,
    PRIMARY KEY (tenant, case_index)
) {table_end};

CREATE TABLE run (
    tenant TEXT NOT NULL,
    run {whole} NOT NULL,
    source_system TEXT NOT NULL,
    file_digest TEXT NOT NULL,
    mapping_digest TEXT NOT NULL,
    as_of TEXT NOT NULL,
    imported_on TEXT NOT NULL,
    records {whole} NOT NULL,
    taken {whole} NOT NULL,
    added {whole} NOT NULL,
    changed {whole} NOT NULL,
    vanished {whole} NOT NULL,
    refused {whole} NOT NULL,
    excluded {whole} NOT NULL,
    PRIMARY KEY (tenant, run)
) {table_end};

-- Waves as the survey server offered them last; `offer` is the offer as JSON, opaque here.
CREATE TABLE wave (
    tenant TEXT NOT NULL,
    wave_id TEXT NOT NULL,
    programme_id TEXT NOT NULL,
    offer {bytes} NOT NULL,
    PRIMARY KEY (tenant, wave_id)
) {table_end};

-- The link table: which random pseudonym stands for which episode in a programme. Deleting a row
-- forgets that person's thread alone.
CREATE TABLE link (
    tenant TEXT NOT NULL,
    programme_id TEXT NOT NULL,
    case_index {bytes} NOT NULL,
    pseudonym {bytes} NOT NULL,
    PRIMARY KEY (tenant, programme_id, case_index),
    UNIQUE (tenant, pseudonym)
) {table_end};

-- One print run has one key, in a file of its own beside the other keys, never here.
CREATE TABLE print_run (
    tenant TEXT NOT NULL,
    print_run_id TEXT NOT NULL,
    wave_id TEXT NOT NULL,
    letters {whole} NOT NULL CHECK (letters > 0),
    drawn_on TEXT NOT NULL,
    finished_on TEXT,
    PRIMARY KEY (tenant, print_run_id),
    FOREIGN KEY (tenant, wave_id) REFERENCES wave (tenant, wave_id)
) {table_end};

CREATE TABLE reporting_unit (
    tenant TEXT NOT NULL,
    wave_id TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    label TEXT NOT NULL,
    PRIMARY KEY (tenant, wave_id, unit_id),
    FOREIGN KEY (tenant, wave_id) REFERENCES wave (tenant, wave_id)
) {table_end};

-- Whom a letter goes to: its number in the print run is all the code is made from.
CREATE TABLE invitation (
    tenant TEXT NOT NULL,
    print_run_id TEXT NOT NULL,
    number {whole} NOT NULL,
    wave_id TEXT NOT NULL,
    case_index {bytes} NOT NULL,
    unit_id TEXT NOT NULL,
    cell TEXT NOT NULL,
    PRIMARY KEY (tenant, print_run_id, number),
    UNIQUE (tenant, print_run_id, case_index),
    FOREIGN KEY (tenant, print_run_id) REFERENCES print_run (tenant, print_run_id),
    FOREIGN KEY (tenant, wave_id, unit_id) REFERENCES reporting_unit (tenant, wave_id, unit_id)
) {table_end};

-- Once per person and period.
CREATE TABLE asked (
    tenant TEXT NOT NULL,
    person {bytes} NOT NULL,
    last_on TEXT NOT NULL,
    PRIMARY KEY (tenant, person)
) {table_end};

-- What waits to be sent; the body leaves when the server has acknowledged it.
CREATE TABLE outbox (
    tenant TEXT NOT NULL,
    message_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('batch', 'print-destroyed')),
    wave_id TEXT NOT NULL,
    evaluator_key {bytes},
    body {bytes},
    written_on TEXT NOT NULL,
    acknowledged_on TEXT,
    PRIMARY KEY (tenant, message_id),
    CHECK ((body IS NULL) = (acknowledged_on IS NOT NULL))
) {table_end};
