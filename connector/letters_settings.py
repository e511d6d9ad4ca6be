"""What a jobcenter sets for its letters: who writes, who signs with it, who helps."""

from msgspec import Struct

from survey.model.programmes import Contact


class LetterSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The part `[letter]` of the connector's settings.

    Args:
        house: stands at the head of the letter
        town: stands before the date
        sender: who writes: a name or an office, with its function
        co_signer: who signs with it and does not belong to the jobcenter's management
        help: independent contact, required: somebody who has no say over people's money
        return_line: line above the address in the window; may not tell what the letter is about
        sample: marks every letter as an example
    """

    house: str
    town: str
    sender: str
    co_signer: str
    help: Contact
    return_line: str = ""
    sample: bool = False
