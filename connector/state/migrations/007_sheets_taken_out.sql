-- Where a letter is found in the pile: its page in the file that was printed last with it, and the day of
-- that printing. Reminders lie in the same order. And when somebody said that it is out of the pile.
ALTER TABLE invitation ADD COLUMN page {whole};
ALTER TABLE invitation ADD COLUMN paged_on TEXT;
ALTER TABLE invitation ADD COLUMN taken_out_on TEXT;
