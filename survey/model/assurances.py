"""Assurances given to people before they answer: facts of programme, wave and form.

Every sentence about who could read answers, who reads texts and until when something can be deleted
is chosen by these facts alone (`survey.language.assurances`): in the notice, beside a text, in
help, in the letter, on the pages for data protection. No page has a word of its own about it.
"""

from datetime import date

from msgspec import Struct

from survey.model.programmes import Custody


class Assurances(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The assurances that hold for everybody who answers in one wave.

    Args:
        k: the fewest people a result is shown of
        texts_until: the last day on which a code deletes a text; None where nobody is asked for one
        shown_until: the last day on which what is shown can be seen; None where nothing can be
    """

    custody: Custody
    k: int
    texts_until: date | None = None
    shown_until: date | None = None
