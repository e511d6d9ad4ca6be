"""What a jobcenter sets for its letters: who writes, who signs with it, who helps."""

from msgspec import Struct

from connector.letters_errors import LettersRefused
from survey.model.programmes import Contact

# What a neighbour must not read through the window of the envelope.
TELLING = ("befrag", "umfrage", "survey", "feedback", "meinung", "zufrieden", "resonanz")


class LetterSettings(Struct, frozen=True, kw_only=True):
    """What stands on every letter.

    Args:
        house: stands at the head of the letter
        town: stands before the date
        sender: who writes: a name or an office, with its function
        co_signer: who signs with it and does not belong to the jobcenter's management
        help: independent contact: somebody who has no say over people's money
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


def refuse_telling(settings: LetterSettings) -> None:
    """The window shows addresses only.

    Raises:
        LettersRefused: the line above the address says what the letter is about
    """
    if any(word in settings.return_line.casefold() for word in TELLING):
        raise LettersRefused(
            "Die Absenderzeile im Fenster (return_line) verrät, worum es geht. Bitte nur eine "
            "neutrale Anschrift eintragen, etwa ein Postfach, oder sie leer lassen."
        )
