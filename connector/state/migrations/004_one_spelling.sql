-- Rows are compared column by column: a digest of a row would tell a mere spelling from a change no
-- longer than its rule stays the same.
ALTER TABLE episode DROP COLUMN row_hash;

-- Which rule of spelling an import compared by: after a new one, known cases are looked up anew.
ALTER TABLE run ADD COLUMN rule {whole} NOT NULL DEFAULT 1;

-- Empty but within an import, so it may be made anew. The spellings are digests of the cells: they
-- tell that two rows write one number differently. Without a client number (`person_known`) the
-- person stands for the case alone. `birthday`: she was too young at the import before.
DROP TABLE staged;
CREATE TABLE staged (
    tenant TEXT NOT NULL,
    record {whole} NOT NULL,
    case_index {bytes} NOT NULL,
    sealed_case {bytes} NOT NULL,
    case_spelling {bytes} NOT NULL,
    person {bytes} NOT NULL,
    person_spelling {bytes} NOT NULL,
    person_known {flag} NOT NULL,
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
    birthday {flag} NOT NULL,
    PRIMARY KEY (tenant, case_index, record),
    UNIQUE (tenant, record)
) {table_end};

-- With the column that is asked for, or SQLite reads the table from its beginning for every row.
CREATE INDEX staged_by_person ON staged (tenant, person, exclusion);
DROP INDEX episode_by_person;
CREATE INDEX episode_by_person ON episode (tenant, person, exclusion);

-- Rows that the mapping's filters leave out: whoever they protect is protected in her other cases.
CREATE TABLE staged_left_out (
    tenant TEXT NOT NULL,
    record {whole} NOT NULL,
    case_index {bytes} NOT NULL,
    sealed_case {bytes} NOT NULL,
    person {bytes} NOT NULL,
    person_known {flag} NOT NULL,
    exclusion TEXT NOT NULL,
    PRIMARY KEY (tenant, case_index, record)
) {table_end};
