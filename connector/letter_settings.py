"""A jobcenter's settings for its letters: who writes, who signs with it, who helps.

No letter goes out while any of it is missing, still to be filled in, or would tell a neighbour what
the letter is about. All of it is told at once, each by the name of its setting.
"""

from collections.abc import Iterator

from msgspec import Struct

from connector.letter_errors import LettersRefused
from survey import placeholders
from survey.document import typeface
from survey.model.exchange import LetterFacts
from survey.model.programmes import GERMAN, Contact

# What a neighbour must not read through the window of the envelope.
TELLING = ("befrag", "umfrage", "survey", "feedback", "meinung", "zufrieden", "resonanz")
# The line above the address: 8 pt on 75 mm.
RETURN_SIZE, RETURN_ROOM = 8.0, 75 * 72 / 25.4
# Beside the address, 9 pt on 65 mm, until the text of the letter begins.
CONTACT_SIZE, CONTACT_ROOM, CONTACT_LINES = 9.0, 65 * 72 / 25.4, 5
FACTS = ("controller", "operator", "key_holder", "legal_basis", "privacy_officer", "complaint")


class Signer(Struct, frozen=True, kw_only=True):
    """A person with her function: two functions without names read like two stamps."""

    name: str
    function: str


class LetterSettings(Struct, frozen=True, kw_only=True):
    """Settings printed on every letter.

    Args:
        house: stands at the head of the letter
        town: stands before the date
        sender: who writes: "name, function"
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
    return_line: str
    sample: bool = False

    @property
    def signers(self) -> tuple[Signer, Signer]:
        """The signers, as printed."""
        return _signer(self.sender), _signer(self.co_signer)


def refuse_unready(settings: LetterSettings, facts: LetterFacts, survey_url: str) -> None:
    """See that letters can go out with these settings and these facts.

    Args:
        facts: what the programme on the survey server says about itself
        survey_url: the address printed beside the code
    Raises:
        LettersRefused: names every setting and fact that cannot be printed
    """
    ours = [*_settings(settings), *_address(settings, survey_url)]
    theirs = placeholders.unfilled({name: getattr(facts, name) for name in FACTS})
    problems = []
    if ours:
        lines = "\n".join(f"  {line}" for line in ours)
        problems.append(
            f"In den Einstellungen (settings.toml, siehe `connector settings`):\n{lines}"
        )
    if theirs:
        problems.append(
            f"Im Programm auf dem Befragungsserver noch auszufüllen: {', '.join(theirs)}. Ein "
            "Programm lässt sich nicht mehr ändern; bitte dort ein neues anlegen."
        )
    if problems:
        raise LettersRefused("So kann kein Brief hinausgehen.\n" + "\n".join(problems))


def _settings(settings: LetterSettings) -> Iterator[str]:
    needed = {
        "house": settings.house,
        "town": settings.town,
        "sender": settings.sender,
        "co_signer": settings.co_signer,
        "return_line": settings.return_line,
        "help_name": settings.help.name,
        "help_phone": settings.help.phone,
    }
    hours = settings.help.hours_in(GERMAN).text
    missing = placeholders.unfilled(
        needed, {"help_hours": hours, "help_address": settings.help.address}
    )
    for name in missing:
        empty = name in needed and not needed[name].strip()
        yield f"{name}: {'fehlt' if empty else 'noch auszufüllen'}"
    for name in ("sender", "co_signer"):
        signer = _signer(needed[name])
        if name not in missing and not (signer.name and signer.function):
            yield f"{name}: bitte Name und Funktion, durch ein Komma getrennt"
    if "help_phone" not in missing and not placeholders.is_phone(settings.help.phone):
        yield "help_phone: keine vollständige Telefonnummer"
    if any(word in settings.return_line.casefold() for word in TELLING):
        yield (
            "return_line: verrät durch das Fenster, worum es geht; bitte nur eine neutrale "
            "Anschrift, etwa ein Postfach"
        )
    lines = [
        line
        for part in (settings.help.name, hours)
        for line in typeface.wrapped(part, CONTACT_SIZE, CONTACT_ROOM)
    ]
    if len(lines) > CONTACT_LINES:
        yield "help_name, help_hours: zu lang für den Kasten neben der Anschrift"
    if typeface.width(settings.return_line, RETURN_SIZE) > RETURN_ROOM:
        yield "return_line: passt nicht in eine Zeile des Fensters, bitte kürzen"


def _address(settings: LetterSettings, survey_url: str) -> Iterator[str]:
    """A demo prints the address of its own machine; nobody else may."""
    if not settings.sample and placeholders.is_nowhere(survey_url):
        yield f"survey_url: {survey_url} führt niemanden zur Befragung"
    elif not settings.sample and not survey_url.startswith("https://"):
        yield "survey_url: bitte eine Adresse mit https://, sonst liest jemand im Netz mit"


def _signer(setting: str) -> Signer:
    name, _, function = setting.partition(",")
    return Signer(name=name.strip(), function=function.strip())
