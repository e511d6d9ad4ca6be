-- On which day a letter was printed first: whoever comes to be protected afterwards, her letter has to be
-- taken out. What was printed before this column was there counts as printed on the day of the draw.
ALTER TABLE invitation ADD COLUMN printed_on TEXT;
UPDATE invitation SET printed_on = (
    SELECT drawn_on FROM print_run
    WHERE print_run.tenant = invitation.tenant AND print_run.print_run_id = invitation.print_run_id
)
WHERE EXISTS (
    SELECT 1 FROM print_run
    WHERE print_run.tenant = invitation.tenant AND print_run.print_run_id = invitation.print_run_id
      AND print_run.finished_on IS NOT NULL
) OR EXISTS (
    SELECT 1 FROM letter_file
    WHERE letter_file.tenant = invitation.tenant AND letter_file.wave_id = invitation.wave_id
);
