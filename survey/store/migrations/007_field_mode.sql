-- How a wave is asked was read off its form until now.
ALTER TABLE wave ADD COLUMN mode TEXT NOT NULL DEFAULT 'letter'
    CHECK (mode IN ('letter', 'kiosk', 'code_list', 'delivery'));
UPDATE wave SET mode = 'kiosk' WHERE form_id = 'kiosk';
