-- What the evaluator noted at the close of a wave, sealed under its key: who was invited and where
-- each is counted, and the marks of all answers. Exactly these are opened by reports.
CREATE TABLE closing (
    tenant TEXT NOT NULL,
    wave_id TEXT NOT NULL,
    invited {bytes} NOT NULL,
    noted {bytes} NOT NULL,
    PRIMARY KEY (tenant, wave_id),
    FOREIGN KEY (tenant, wave_id) REFERENCES wave (tenant, wave_id)
) {table_end};
