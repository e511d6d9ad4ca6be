"""The words of the letters, one file per language in `templates/letter/`.

What a letter says about who could read and until when something can be deleted follows the facts of
the wave's offer, in the sentences of `survey.language.assurances`, which the notice says as well.
"""

import re
from datetime import date
from functools import cache

import msgspec
from markupsafe import Markup, escape
from msgspec import Struct

from survey import paths
from survey.errors import SettingsError
from survey.language import assurances, formats, tags
from survey.model.assurances import Assurances
from survey.model.exchange import WaveOffer
from survey.model.wording import Status

FOLDER = paths.TEMPLATES / "letter"
ORIGINAL = tags.SOURCE


class Opening(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stands above the code; differs between invitation and reminder."""

    title: str
    paragraphs: tuple[str, ...]


class How(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How to take part."""

    title: str
    lines: tuple[str, ...]


class Answers(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What happens to the answers: paragraphs around the sentences that follow from the facts."""

    title: str
    paragraphs: tuple[str, ...]


class Words(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All words of a letter in one language; `**` surrounds what is printed bold.

    Args:
        german: the language's German name: a PDF speaks one language, so the other is named
        unchecked: printed while no person has checked the translation
    """

    language: str
    status: Status
    german: str
    unchecked: str
    greeting: str
    code: str
    period: str
    invitation: Opening
    reminder: Opening
    how: How
    answers: Answers


class Column(Struct, frozen=True, kw_only=True):
    """One language on one sheet, ready to print; the greeting still lacks the name."""

    language: str
    direction: str
    mark: str
    title: str
    greeting: str
    paragraphs: tuple[Markup, ...]
    how_title: str
    how: tuple[Markup, ...]
    answers_title: str
    answers: tuple[Markup, ...]
    unchecked: str
    code: str
    period: str


@cache
def languages() -> dict[str, Words]:
    """The words we have, by application tag, the German original first.

    Raises:
        SettingsError: a file of words lacks a sentence or has one too many
    """
    found = {}
    for path in sorted(FOLDER.glob("*.toml"), key=lambda path: (path.stem != ORIGINAL, path.stem)):
        try:
            words = msgspec.toml.decode(path.read_bytes(), type=Words)
        except msgspec.MsgspecError as error:
            raise SettingsError(file=path.name, cure=str(error)) from error
        found[words.language] = words
    return found


def column(
    words: Words, offer: WaveOffer, assured: Assurances, *, reminder: bool, phone: str
) -> Column:
    """What this language says in this wave."""
    facts = {
        "opens": _day(offer.opens_on, words.language),
        "closes": _day(offer.closes_on, words.language),
        "k": str(assured.k),
        "linking": assurances.linking(assured.custody, words.language),
        "reading": assurances.reading(assured.custody, words.language),
        "exception": assurances.exception(assured, words.language),
        "deletion": assurances.deletion(assured, words.language),
        "phone": _unbroken(phone),
    }
    opening = words.reminder if reminder else words.invitation
    original = words.language == ORIGINAL
    checked = words.status in ("source", "checked")
    return Column(
        language=words.language,
        direction=tags.KNOWN[words.language].direction,
        mark="" if original else _named(words),
        title=opening.title,
        greeting=words.greeting,
        paragraphs=tuple(_printed(text, facts) for text in opening.paragraphs),
        how_title=words.how.title,
        how=tuple(_printed(text, facts) for text in words.how.lines),
        answers_title=words.answers.title,
        answers=tuple(_printed(text, facts) for text in words.answers.paragraphs),
        unchecked="" if checked else words.unchecked,
        code=words.code,
        period=words.period.format_map(facts),
    )


def _named(words: Words) -> str:
    endonym = tags.KNOWN[words.language].endonym
    return endonym if words.german == endonym else f"{words.german} · {endonym}"


def _printed(text: str, facts: dict[str, str]) -> Markup:
    """The sentence with its facts, safe to print."""
    said = escape(text.format_map(facts).strip())
    return Markup(re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", str(said)))  # noqa: S704


def _day(day: date, language: str) -> str:
    return _unbroken(formats.day(day, language))


def _unbroken(text: str) -> str:
    return text.replace(" ", "\N{NO-BREAK SPACE}")
