"""Every code an import can give, with what it says to the person who mends the export.

The first letter is the grade: F the file is refused, E the row is skipped, W the row is kept but
somebody should look, X the person must not be written to, N only a note. The letters in the middle
say what it is about: DA file, KO header, LA run, WE words, SA record, ID identifier, EP episode, PE
person. A code never changes its meaning; a new case gets a new number.
"""

from connector.imports import messages_file, messages_record

CODES = messages_file.CODES | messages_record.CODES
