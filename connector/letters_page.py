"""A letter as a page: DIN 5008 form B, the address alone in the window, the code large.

Nothing here reads a file of people or knows a case number: it is handed an address and a code, and
gives HTML for `survey.document.pdf`.
"""

from collections.abc import Collection, Iterable
from datetime import date
from urllib.parse import urlsplit

from markupsafe import Markup
from msgspec import Struct

from connector import letters_address, letters_words
from connector.letters_address import Recipient, Window
from connector.letters_settings import LetterSettings
from connector.letters_words import Column
from survey.document import qr, templates
from survey.language import assurances, formats, tags
from survey.model.assurances import Assurances
from survey.model.exchange import Told, WaveOffer

ALT = "QR-Code mit der Adresse und Ihrem Code"


class Period(Struct, frozen=True):
    """From when until when, in one language."""

    text: str
    direction: str


class Sheet(Struct, frozen=True, kw_only=True):
    """One letter in the template's terms."""

    address: Window
    greeting: str
    groups: tuple[str, ...]
    qr: Markup
    columns: tuple[Column, ...]
    labels: tuple[str, ...]
    periods: tuple[Period, ...]
    others: tuple[str, ...]


class Run(Struct, frozen=True, kw_only=True):
    """What all letters of one file have in common."""

    offer: WaveOffer
    told: Told
    assured: Assurances
    settings: LetterSettings
    survey_url: str
    day: date
    reminder: bool


def document(run: Run, letters: Iterable[tuple[Recipient, str]]) -> str:
    """HTML with one page for each recipient and her code, in the order given."""
    columns = {
        tag: letters_words.column(
            words, run.offer, run.assured, reminder=run.reminder, phone=run.settings.help.phone
        )
        for tag, words in letters_words.languages().items()
    }
    sheets = [_sheet(run, columns, recipient, code) for recipient, code in letters]
    return (
        templates.environment()
        .get_template("letter/letter.html")
        .render(
            title=columns[letters_words.ORIGINAL].title,
            sheets=sheets,
            settings=run.settings,
            told=run.told,
            typed=typed_address(run.survey_url),
            reading=assurances.reading(run.assured.custody, letters_words.ORIGINAL),
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


def _sheet(run: Run, columns: dict[str, Column], recipient: Recipient, code: str) -> Sheet:
    original = columns[letters_words.ORIGINAL]
    shown = [original]
    if recipient.language in columns and recipient.language != letters_words.ORIGINAL:
        shown.append(columns[recipient.language])
    drawn = qr.svg(link(run.survey_url, code), title=ALT, size="38.5mm")
    address = letters_address.window(recipient)
    assert address is not None  # noqa: S101 - such people get no letter: letters_address.problem
    return Sheet(
        address=address,
        greeting=original.greeting.format(name=recipient.name),
        groups=tuple(code.split("-")),
        qr=Markup(drawn),  # noqa: S704 our own drawing
        columns=tuple(shown),
        labels=tuple(dict.fromkeys(each.code for each in shown)),
        periods=tuple(dict.fromkeys(Period(each.period, each.direction) for each in shown)),
        others=_others([each.language for each in shown]),
    )


def _others(shown: Collection[str]) -> tuple[str, ...]:
    """The further languages of the questionnaire, each by its own name."""
    return tuple(tags.KNOWN[tag].endonym for tag in tags.available() if tag not in shown)
