-- How staff call a wave, and what became of its days. The short name stays in addresses only.
ALTER TABLE wave ADD COLUMN title TEXT NOT NULL DEFAULT '';
UPDATE wave SET title = wave_id;

-- The day on which answers stopped: before `closes_on` when somebody closed it early. What people
-- were told about deleting follows `closes_on` all the same.
ALTER TABLE wave ADD COLUMN closed_on {moment};

-- The last day as letters say, once a later one was set.
ALTER TABLE wave ADD COLUMN prolonged_from {moment};

-- A planned wave that will not be asked: the row stays, with the reason.
ALTER TABLE wave ADD COLUMN withdrawn_on {moment};
ALTER TABLE wave ADD COLUMN withdrawn_because TEXT NOT NULL DEFAULT '';

-- What a report will not show, and why, before it is frozen: no figure, and measured once.
CREATE TABLE report_preview (
    tenant TEXT NOT NULL,
    wave_id TEXT NOT NULL,
    report TEXT NOT NULL,
    body TEXT NOT NULL,
    made_on {moment} NOT NULL,
    PRIMARY KEY (tenant, wave_id, report),
    FOREIGN KEY (tenant, wave_id) REFERENCES wave (tenant, wave_id)
) {table_end};
