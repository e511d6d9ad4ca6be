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

from connector.letter_errors import LettersRefused
from survey import paths
from survey.errors import FormError, SettingsError
from survey.form import load
from survey.language import assurances, formats, tags
from survey.model.assurances import Assurances
from survey.model.exchange import WaveOffer
from survey.model.wording import Status

FOLDER = paths.TEMPLATES / "letter"
ORIGINAL = tags.SOURCE


class Opening(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words above the code; an invitation has the title of its form, as the pages have."""

    paragraphs: tuple[str, ...]
    title: str = ""


class How(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words on how to take part; `help` is printed when the letter has room for it."""

    title: str
    lines: tuple[str, ...]
    help: str


class Answers(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words on the use of answers: paragraphs around sentences that follow from the facts."""

    title: str
    paragraphs: tuple[str, ...]


class Law(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The small print: sentences, and what the programme's facts are called."""

    sentences: str
    controller: str
    legal_basis: str
    operator: str
    key_holder: str
    privacy_officer: str
    complaint: str


class Words(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All words of a letter in one language; `**` surrounds what is printed bold.

    Args:
        german: the language's German name, for whoever posts the letters
        unchecked: printed while no person has checked the translation
        others: stands before the further languages of the questions
    """

    language: str
    status: Status
    german: str
    unchecked: str
    greeting: str
    code: str
    questions: str
    period: str
    closing: str
    others: str
    invitation: Opening
    reminder: Opening
    how: How
    answers: Answers
    law: Law


class Column(Struct, frozen=True, kw_only=True):
    """One language on one sheet, ready to print; the greeting still lacks the name.

    Args:
        lang: for the `lang` attribute, by which readers choose a voice
        german: the language's German name, empty where it is its own name
    """

    language: str
    lang: str
    direction: str
    german: str
    endonym: str
    title: str
    greeting: str
    paragraphs: tuple[Markup, ...]
    how_title: str
    how: tuple[Markup, ...]
    help: Markup
    answers_title: str
    answers: tuple[Markup, ...]
    unchecked: str
    code: str
    questions: str
    period: str
    closing: str
    others: str
    law: Law
    small_print: Markup


@cache
def languages() -> dict[str, Words]:
    """The words we have, by application tag, the German original first.

    Raises:
        SettingsError: a file of words lacks a sentence or has one too many
    """
    words_by_language = {}
    for path in sorted(FOLDER.glob("*.toml"), key=lambda path: (path.stem != ORIGINAL, path.stem)):
        try:
            words = msgspec.toml.decode(path.read_bytes(), type=Words)
        except msgspec.MsgspecError as error:
            raise SettingsError(file=path.name, cure=str(error)) from error
        words_by_language[words.language] = words
    return words_by_language


@cache
def form_titles(form_id: str) -> dict[str, str]:
    """What the pages call this survey, by language: letters call it the same.

    Raises:
        LettersRefused: this connector does not know the form
    """
    try:
        return {tag: words.title for tag, words in load.wordings(form_id).items()}
    except (FormError, OSError) as error:
        raise LettersRefused(
            f"Den Fragebogen „{form_id}“ kennt dieser Stand des Programms nicht. Bitte hier "
            "denselben Stand einrichten wie auf dem Befragungsserver."
        ) from error


def column(
    words: Words, offer: WaveOffer, assured: Assurances, *, reminder: bool, phone: str
) -> Column:
    """The column of a letter in one language for one wave.

    Raises:
        LettersRefused: this connector does not know the form
    """
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
    titles = form_titles(offer.form_id)
    opening = words.reminder if reminder else words.invitation
    row = tags.KNOWN[words.language]
    checked = words.status in ("source", "checked")
    return Column(
        language=words.language,
        lang=row.html,
        direction=row.direction,
        german="" if words.german == row.endonym else words.german,
        endonym=row.endonym,
        title=opening.title or titles.get(words.language, titles[ORIGINAL]),
        greeting=words.greeting,
        paragraphs=tuple(_printed(text, facts) for text in opening.paragraphs),
        how_title=words.how.title,
        how=tuple(_printed(text, facts) for text in words.how.lines),
        help=_printed(words.how.help, facts),
        answers_title=words.answers.title,
        answers=tuple(_printed(text, facts) for text in words.answers.paragraphs),
        unchecked="" if checked else words.unchecked,
        code=words.code,
        questions=words.questions,
        period=words.period.format_map(facts),
        closing=words.closing,
        others=words.others,
        law=words.law,
        small_print=_printed(words.law.sentences, facts),
    )


def _printed(text: str, facts: dict[str, str]) -> Markup:
    """The sentence with its facts, safe to print."""
    escaped = escape(text.format_map(facts).strip())
    # The blank before bold words goes into them: WeasyPrint breaks a line after its first word when
    # it fits but for a blank at its end (findings/weasyprint-line-breaks-early.sh).
    return Markup(re.sub(r"( ?)\*\*(.+?)\*\*", r"<strong>\1\2</strong>", str(escaped)))  # noqa: S704


def _day(day: date, language: str) -> str:
    return _unbroken(formats.day(day, language))


def _unbroken(text: str) -> str:
    return text.replace(" ", "\N{NO-BREAK SPACE}")
