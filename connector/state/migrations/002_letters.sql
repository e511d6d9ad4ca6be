-- Where files with codes lie until `letters --finish` removes them. The row is written before the file.
CREATE TABLE letter_file (
    tenant TEXT NOT NULL,
    wave_id TEXT NOT NULL,
    path TEXT NOT NULL,
    PRIMARY KEY (tenant, wave_id, path),
    FOREIGN KEY (tenant, wave_id) REFERENCES wave (tenant, wave_id)
) {table_end};
