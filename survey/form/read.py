"""What a browser posted for a question, as an answer.

The field of a question has its id; declining is one of its codes (`survey.form.options`). Where
the field is typed into, declining comes in `<id>-way`, and leave to quote in `<id>-quote`. Nothing
posted is None: the question was passed over. What cannot be read is a Problem, and is kept as it
was sent (`unread`), so that going back or changing the language loses nothing. Who both writes and
declines has declined: better a word lost than one kept that was not meant to be given.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, TypeAlias, assert_never

from survey.form import options
from survey.language import scripts
from survey.model.answers import (
    Answer,
    Chosen,
    Declined,
    NotApplicable,
    OnDay,
    Quantity,
    Unread,
    Written,
)
from survey.model.form import Choice, Day, Form, Ladder, Note, Number, Question, Rating, Text
from survey.model.problems import Problem

Fields: TypeAlias = Mapping[str, Sequence[str]]
Message: TypeAlias = Literal[
    "unknown-option",
    "too-many-options",
    "exclusive-option",
    "not-a-number",
    "out-of-range",
    "not-a-day",
    "another-calendar",
    "too-long",
]

# Characters of a number or a day that could not be read; its field takes no more.
TYPED = 40

# Arabic-Indic, Persian and wide digits; what other scripts have is in no language of ours. Marks of
# direction come along from a keyboard that writes from right to left.
_DIGITS = str.maketrans(
    "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９",
    "012345678901234567890123456789",
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
)
_WHOLE = re.compile(r"[-+\u2212]?\d{1,9}", re.ASCII)
# The year is what has four digits, whatever stands between the parts: a German phone's keys for
# numbers have a comma and no point. Bounded: what is typed may be
# long, and trying every split of a row of blanks would take for ever.
_BETWEEN = r"[\s.,/\-\u060c\u066b\u2010-\u2013\u2212]{1,3}"
_YEAR_FIRST = re.compile(_BETWEEN.join((r"(\d{4})", r"(\d{1,2})", r"(\d{1,2})")), re.ASCII)
_DAY_FIRST = re.compile(_BETWEEN.join((r"(\d{1,2})", r"(\d{1,2})", r"(\d{4})")), re.ASCII)


def answer(question: Question, form: Form, fields: Fields) -> Answer | Problem | None:
    """The answer to a question of the form, None if it was passed over."""
    given = [value.strip() for value in fields.get(question.id, ()) if value.strip()]
    way = _way(question, fields)
    match question:
        case Rating():
            return _chosen(question, form, given, most=1)
        case Choice():
            return _choice(question, form, given)
        case Ladder():
            return _declined(question, form, given) or _number(question, given)
        case Number():
            return _declined(question, form, way) or _number(question, given)
        case Day():
            return _declined(question, form, way) or _day(question, given)
        case Text():
            return _declined(question, form, way) or _text(question, given, fields)
        case Note():
            return None
        case _:
            assert_never(question)


def unread(question: Question, form: Form, fields: Fields, problem: Problem) -> Unread:
    """What was sent for a question, to be shown again; a text whole, however long it is."""
    sent = [*_way(question, fields), _first(fields, f"{question.id}-quote").strip()]
    typed = ""
    match question:
        case Text():
            typed = _readable("\n".join(fields.get(question.id, ())))
        case Number() | Day():
            typed = _readable(_first(fields, question.id))[:TYPED]
        case Rating() | Choice() | Ladder() | Note():
            sent += [value.strip() for value in fields.get(question.id, ())]
        case _:
            assert_never(question)
    ways = (form.reserved.not_applicable, form.reserved.declined)
    known = dict.fromkeys((*options.codes(question, form), *ways, options.QUOTE))
    ticked = tuple(code for code in known if code in sent)
    return Unread(fault=problem.message, typed=typed, ticked=ticked)


def digits(typed: str) -> str:
    """The same with Western digits and without marks of direction."""
    return typed.translate(_DIGITS)


def _problem(question: Question, message: Message) -> Problem:
    return Problem(field=question.id, message=message)


def _way(question: Question, fields: Fields) -> list[str]:
    given = (value.strip() for value in fields.get(f"{question.id}-way", ()))
    return [value for value in given if value]


def _declined(question: Question, form: Form, given: list[str]) -> Answer | None:
    if given == [form.reserved.declined]:
        return Declined()
    if given == [form.reserved.not_applicable] and question.applicable:
        return NotApplicable()
    return None


def _chosen(
    question: Question, form: Form, given: list[str], *, most: int
) -> Answer | Problem | None:
    declined = _declined(question, form, given)
    if declined or not given:
        return declined
    codes, reserved = options.codes(question, form), form.reserved
    if reserved.declined in given or (reserved.not_applicable in given and question.applicable):
        return _problem(question, "exclusive-option")
    if not set(given) <= set(codes):
        return _problem(question, "unknown-option")
    if len(set(given)) > most:
        return _problem(question, "too-many-options")
    return Chosen(codes=tuple(code for code in codes if code in given))


def _choice(question: Choice, form: Form, given: list[str]) -> Answer | Problem | None:
    if len(set(given)) > 1 and not set(question.exclusive).isdisjoint(given):
        return _problem(question, "exclusive-option")
    return _chosen(question, form, given, most=question.most)


def _number(question: Number | Ladder, given: list[str]) -> Answer | Problem | None:
    if not given:
        return None
    typed = digits(given[0])
    if len(given) > 1 or not _WHOLE.fullmatch(typed):
        return _problem(question, "not-a-number")
    value = int(typed.replace("\u2212", "-"))
    if not question.least <= value <= question.most:
        return _problem(question, "out-of-range")
    return Quantity(value=value)


def _day(question: Day, given: list[str]) -> Answer | Problem | None:
    if not given:
        return None
    typed = digits(given[0]).strip()
    year_first, day_first = _YEAR_FIRST.fullmatch(typed), _DAY_FIRST.fullmatch(typed)
    found = year_first.groups() if year_first else day_first.groups()[::-1] if day_first else None
    if len(given) > 1 or found is None:
        return _problem(question, "not-a-day")
    year, month, day = (int(part) for part in found)
    if not question.earliest <= year <= question.latest:
        return _problem(question, "another-calendar")
    try:
        return OnDay(day=date(year, month, day))
    except ValueError:
        return _problem(question, "not-a-day")


def _text(question: Text, given: list[str], fields: Fields) -> Answer | Problem | None:
    text = _readable("\n".join(given))
    if not text:
        return None
    if len(text) > question.longest:
        return _problem(question, "too-long")
    quotable = bool(_first(fields, f"{question.id}-quote"))
    return Written(text=text, quotable=quotable)


def _first(fields: Fields, name: str) -> str:
    return next(iter(fields.get(name, ())), "")


def _readable(text: str) -> str:
    """One spelling of each character and line end; no control characters, none that turn a line.

    Other format characters stay, Persian needs the non-joiner; a lone surrogate cannot be stored.
    """
    lines = unicodedata.normalize("NFC", scripts.unturned(text))
    lines = lines.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = (
        sign for sign in lines if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs")
    )
    return "".join(kept).strip()
