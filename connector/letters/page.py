"""A letter as a page: DIN 5008 form B, the address alone in the window, the code large.

Nothing here reads a file of people or knows a case number: it is handed an address and a code, and
gives HTML for `survey.document.pdf`.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from operator import attrgetter
from urllib.parse import urlsplit

from markupsafe import Markup
from msgspec import Struct

from connector.letter_settings import FACTS, LetterSettings
from connector.letters import address as letters_address
from connector.letters import words as letters_words
from connector.letters.address import Recipient, Window
from connector.letters.words import Column
from survey.document import qr, templates
from survey.language import formats, tags
from survey.model.assurances import Assurances
from survey.model.exchange import LetterFacts, WaveOffer

ALT = "QR-Code mit der Adresse und Ihrem Code"
# Its size by the number of languages: a module of the smaller one still measures 0.8 mm.
QR = {1: "38.5mm", 2: "33mm"}


class Phrase(Struct, frozen=True):
    """Words in one language: its HTML tag and direction."""

    text: str
    lang: str
    direction: str


class Fact(Struct, frozen=True, kw_only=True):
    """A fact of the programme under its name in each language; German comes last, so that numbers
    of the value stand behind letters that run from left to right.
    """

    names: tuple[Phrase, ...]
    value: str


class LetterPage(Struct, frozen=True, kw_only=True):
    """One letter in the template's terms; `number` is its page in the file."""

    number: int
    dense: bool
    address: Window
    greeting: str
    groups: tuple[str, ...]
    qr: Markup
    columns: tuple[Column, ...]
    codes: tuple[Phrase, ...]
    questions: tuple[Phrase, ...]
    periods: tuple[Phrase, ...]
    others: tuple[Phrase, ...]
    facts: tuple[Fact, ...]


class Run(Struct, frozen=True, kw_only=True):
    """Data shared by all letters of one file.

    `dense`: languages ("" for none known) whose letters are set closer, to fit their page.
    """

    offer: WaveOffer
    told: LetterFacts
    assured: Assurances
    settings: LetterSettings
    survey_url: str
    day: date
    reminder: bool
    dense: frozenset[str] = frozenset()


def document(run: Run, letters: Iterable[tuple[Recipient, str]], *, first: int = 1) -> str:
    """HTML with one page for each recipient and her code, in the order given.

    Args:
        first: number of the first page in the whole file

    Raises:
        LettersRefused: this connector does not know the form
    """
    columns = {
        tag: letters_words.column(
            words, run.offer, run.assured, reminder=run.reminder, phone=run.settings.help.phone
        )
        for tag, words in letters_words.languages().items()
    }
    sheets = [
        _sheet(run, columns, recipient, code, number)
        for number, (recipient, code) in enumerate(letters, first)
    ]
    return (
        templates.environment()
        .get_template("letter/letter.html")
        .render(
            title=columns[letters_words.ORIGINAL].title,
            sheets=sheets,
            settings=run.settings,
            hours=run.settings.help.hours_in(letters_words.ORIGINAL).text,
            typed=typed_address(run.survey_url),
            dated=formats.day(run.day, letters_words.ORIGINAL),
        )
    )


def link(survey_url: str, code: str) -> str:
    """What the QR holds. The fragment never reaches a server, nor its log."""
    return f"{survey_url.rstrip('/')}/q#{code}"


def typed_address(survey_url: str) -> str:
    """The address as people type it."""
    parts = urlsplit(survey_url)
    return f"{parts.netloc}{parts.path.rstrip('/')}"


def _sheet(
    run: Run, columns: dict[str, Column], recipient: Recipient, code: str, number: int
) -> LetterPage:
    original = columns[letters_words.ORIGINAL]
    shown = [original]
    if recipient.language in columns and recipient.language != letters_words.ORIGINAL:
        shown.append(columns[recipient.language])
    drawn = qr.svg(link(run.survey_url, code), title=ALT, size=QR[len(shown)])
    address = letters_address.window(recipient)
    assert address is not None  # noqa: S101 - such people get no letter: letters_address.problem
    return LetterPage(
        number=number,
        dense=recipient.language in run.dense,
        address=address,
        greeting=original.greeting.format(name=recipient.name),
        groups=tuple(code.split("-")),
        qr=Markup(drawn),  # noqa: S704 our own drawing
        columns=tuple(shown),
        codes=_once(shown, attrgetter("code")),
        questions=_once(shown, attrgetter("questions")),
        periods=_once(shown, attrgetter("period")),
        others=_others([column.language for column in shown]),
        facts=tuple(
            Fact(names=_once(shown[::-1], attrgetter(f"law.{name}")), value=getattr(run.told, name))
            for name in FACTS
        ),
    )


def _once(shown: Iterable[Column], words: Callable[[Column], str]) -> tuple[Phrase, ...]:
    """The words in each language of the letter; what is the same in two stands once."""
    phrases: dict[str, Phrase] = {}
    for column in shown:
        text = words(column)
        phrases.setdefault(text, Phrase(text, column.lang, column.direction))
    return tuple(phrases.values())


def _others(shown: Collection[str]) -> tuple[Phrase, ...]:
    """The further languages of the questionnaire, each by its own name."""
    rows = [tags.KNOWN[tag] for tag in tags.available() if tag not in shown]
    return tuple(Phrase(row.endonym, row.html, row.direction) for row in rows)
