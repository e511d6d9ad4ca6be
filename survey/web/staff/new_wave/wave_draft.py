"""A wave that is being planned: what was typed so far, read and checked step by step.

The draft lies in the address and in hidden fields of the form, nowhere else: two people planning at
once, a reload and the browser's own way back lose nothing, and nothing has to be cleared up.
"""

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Literal, TypeAlias, get_args
from urllib.parse import urlencode

import msgspec
from msgspec import Struct, structs

from survey.actions import ids, titles
from survey.errors import Refused
from survey.http.fields import Fields
from survey.model import floors
from survey.model.problems import Problem
from survey.model.waves import Thresholds

Step: TypeAlias = Literal["programme", "form", "people", "outlook", "check"]
STEPS: tuple[Step, ...] = get_args(Step)
KS = (floors.K, 15, 20)
# Of the table of units: a house has about ten, and a form of ours at most a hundred fields.
MOST_UNITS, LONGEST_LABEL, MOST_INVITED = 30, 80, 1_000_000
_GERMAN = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")


class Draft(Struct, frozen=True, kw_only=True):
    """A new wave as typed; `label` and `invited` are the rows of the table of units."""

    programme: str = ""
    form: str = ""
    selection: str = ""
    title: str = ""
    wave: str = ""
    number: str = ""
    opens: str = ""
    closes: str = ""
    k: str = "10"
    label: tuple[str, ...] = ()
    invited: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """The rows of the table of units that are not empty."""
        return tuple(
            (label, invited)
            for label, invited in zip(self.label, self.invited, strict=False)
            if label or invited
        )

    @property
    def thresholds(self) -> Thresholds:
        """The chosen threshold; sensitive figures never rest on fewer people than the others."""
        k = int(self.k) if self.k in {str(choice) for choice in KS} else KS[0]
        return Thresholds(k=k, k_sensitive=max(Thresholds().k_sensitive, k))


class Taken(Struct, frozen=True, kw_only=True):
    """Programmes and forms that exist, and names of waves already taken."""

    programmes: frozenset[str]
    selections: Mapping[str, frozenset[str]]
    waves: frozenset[str]
    titles: frozenset[str]
    numbers: Mapping[str, frozenset[int]]


def read(fields: Fields) -> Draft:
    """The draft of an address or a form; what is not ours in it is left out."""
    single = {
        name: fields[name][-1].strip()
        for name in Draft.__struct_fields__
        if name in fields and name not in {"label", "invited"}
    }
    rows = {
        name: tuple(value.strip() for value in fields.get(name, ())[:MOST_UNITS])
        for name in ("label", "invited")
    }
    # One group of buttons chooses the form and how much of it is asked.
    form, slash, selection = fields.get("chosen", ("",))[-1].partition("/")
    chosen = {"form": form, "selection": selection} if slash else {}
    return msgspec.convert({**single, **chosen, **rows}, Draft)


def pairs(draft: Draft) -> list[tuple[str, str]]:
    """Names and values of all that was typed, for hidden fields and addresses."""
    fields = []
    for name, value in structs.asdict(draft).items():
        if isinstance(value, str):
            fields.append((name, value))
    for label, invited in draft.rows:
        fields += [("label", label), ("invited", invited)]
    return [(name, value) for name, value in fields if value or name in {"label", "invited"}]


def address(draft: Draft, step: Step) -> str:
    """The address of one step of a draft."""
    return "/waves/new?" + urlencode([("step", step), *pairs(draft)])


def problems(draft: Draft, step: Step, taken: Taken, today: date) -> list[Problem]:
    """What has to be put right in one step before the next."""
    match step:
        case "programme":
            known = draft.programme in taken.programmes
            return [] if known else [Problem(field="programme", message="choose-programme")]
        case "form":
            return _form(draft, taken)
        case "people":
            return [
                *title_problems(draft.title, taken.titles),
                *_name(draft, taken),
                *day_problems(draft.opens, draft.closes, today),
                *_units(draft),
            ]
        case "outlook" | "check":
            known = draft.k in {str(choice) for choice in KS}
            return [] if known else [Problem(field="k", message="choose-k")]


def day(typed: str) -> date | None:
    """A day as a browser sends it or as people write it, None for anything else."""
    match = _GERMAN.fullmatch(typed)
    try:
        if match:
            return date(int(match[3]), int(match[2]), int(match[1]))
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _form(draft: Draft, taken: Taken) -> list[Problem]:
    if draft.form not in taken.selections:
        return [Problem(field="form", message="choose-form")]
    if draft.selection not in taken.selections[draft.form]:
        return [Problem(field="form", message="choose-selection")]
    return []


def _name(draft: Draft, taken: Taken) -> list[Problem]:
    wrong = []
    try:
        if draft.wave:
            ids.refuse_unusable("wave", draft.wave)
    except Refused:
        wrong.append(Problem(field="wave", message="unusable-id"))
    if draft.wave in taken.waves:
        wrong.append(Problem(field="wave", message="id-taken"))
    number = whole(draft.number)
    if number is None or not 1 <= number <= MOST_INVITED:
        wrong.append(Problem(field="number", message="no-number"))
    elif number in taken.numbers.get(draft.programme, frozenset()):
        wrong.append(Problem(field="number", message="number-taken"))
    return wrong


def title_problems(title: str, taken: Collection[str]) -> list[Problem]:
    """What is wrong with a title; an empty one will be proposed."""
    try:
        if title:
            titles.refuse_unusable(title)
    except Refused:
        return [Problem(field="title", message="unusable-title")]
    if any(titles.same(title, other) for other in taken):
        return [Problem(field="title", message="title-taken")]
    return []


def day_problems(first: str, last: str, today: date) -> list[Problem]:
    """What is wrong with the first and last day of a wave that is planned."""
    opens, closes = day(first), day(last)
    wrong = []
    if opens is None:
        wrong.append(Problem(field="opens", message="no-first-day"))
    if closes is None:
        wrong.append(Problem(field="closes", message="no-last-day"))
    elif opens is not None and closes < opens:
        wrong.append(Problem(field="closes", message="closes-before-it-opens"))
    elif closes < today:
        wrong.append(Problem(field="closes", message="closes-in-the-past"))
    return wrong


def _units(draft: Draft) -> list[Problem]:
    if not draft.rows:
        return [Problem(field="units", message="no-units")]
    labels = [label for label, _ in draft.rows]
    if not all(0 < len(label) <= LONGEST_LABEL for label in labels):
        return [Problem(field="units", message="unit-without-name")]
    if len(set(labels)) < len(labels):
        return [Problem(field="units", message="unit-twice")]
    numbers = [whole(invited) for _, invited in draft.rows]
    if any(number is None or not 1 <= number <= MOST_INVITED for number in numbers):
        return [Problem(field="units", message="unit-without-number")]
    return []


def whole(typed: str) -> int | None:
    """A whole number as people write it, "1.240" too; None for anything else."""
    plain = typed.replace(".", "").replace(" ", "").replace("\u202f", "").replace("\xa0", "")
    # isdecimal knows digits of other scripts, which int reads; superscripts it does not.
    return int(plain) if plain.isdecimal() and len(plain) <= 7 else None
