"""Forms from disk, and published forms: what a wave freezes and everything later is read by.

A form is a folder with `form.toml` (structure) and one `<language>.toml` for each language (words).
Publishing reduces it to one selection of questions; the text of that is kept with the wave and its
sha256 is the form's version, so that an answer can always be read with the words that were shown.
"""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from survey import paths
from survey.errors import FormError
from survey.form import check, decode, options
from survey.form.decode import Decoded
from survey.form.load_problems import STRUCTURE, LoadProblem
from survey.form.structure import FULL
from survey.language import tags
from survey.model.form import Form, Rating
from survey.model.wording import QuestionWords, Wording


class Published(Struct, frozen=True, kw_only=True):
    """A frozen form: `text` is its canonical JSON, `version` the sha256 of that in hexadecimal."""

    form: Form
    wordings: dict[str, Wording]
    selection: str
    version: str
    text: str


class _Content(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    form: Form
    selection: str
    wordings: dict[str, Wording]


def form(form_id: str, *, folder: Path = paths.FORMS) -> Form:
    """The structure of one form, checked; its words are looked at only if it is refused.

    Raises:
        FormError: every problem of all its files
    """
    structure = _structure(folder / form_id)
    if structure.problems:
        _, problems = _languages(folder / form_id, structure)
        _refuse(folder / form_id, [*structure.problems, *problems])
    return structure.content


def wordings(form_id: str, *, folder: Path = paths.FORMS) -> dict[str, Wording]:
    """The words of one form by language tag, in the order offered, checked against the structure.

    Raises:
        FormError: every problem of all its files
    """
    structure = _structure(folder / form_id)
    words, problems = _languages(folder / form_id, structure)
    _refuse(folder / form_id, [*structure.problems, *problems])
    return words


def publish(form: Form, wordings: dict[str, Wording], selection: str) -> Published:
    """The form reduced to one of its selections ("full" is every question), frozen.

    Raises:
        FormError: no such selection, or the form is not fit to be asked
    """
    folder = Path(form.id)
    _refuse(folder, check.problems(form, wordings))
    chosen = _reduced(form, selection)
    _refuse(folder, check.form(chosen))
    kept = {tag: _reduced_words(chosen, words) for tag, words in wordings.items()}
    content = _Content(form=chosen, selection=selection, wordings=kept)
    return published(msgspec.json.encode(content, order="sorted").decode())


@lru_cache(maxsize=32)
def published(text: str) -> Published:
    """The frozen form that `publish` wrote as `text`; decoded once in a process.

    Raises:
        FormError: not such a text
    """
    try:
        content = _content(msgspec.json.decode(text))
    except msgspec.DecodeError as error:
        cure = f"restore it from a backup: {error}"
        raise FormError(LoadProblem(file="published form", path="$", cure=cure)) from error
    return Published(
        form=content.form,
        wordings={tag: content.wordings[tag] for tag in tags.KNOWN if tag in content.wordings},
        selection=content.selection,
        version=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
    )


def _offered(file: Path) -> tuple[bool, int, str]:
    known = list(tags.KNOWN)
    tag = file.stem
    return tag not in known, known.index(tag) if tag in known else 0, tag


def _content(raw: Any) -> _Content:
    """A frozen form; what was frozen before forms held their reserved codes had the former ones."""
    form = raw.get("form") if isinstance(raw, dict) else None
    if isinstance(form, dict):
        form.setdefault("reserved", msgspec.to_builtins(options.FORMER))
    return msgspec.convert(raw, _Content)


def _structure(folder: Path) -> Decoded[Form]:
    """form.toml as far as it can be read, with every problem of it."""
    found = decode.read(folder / STRUCTURE, Form, {"reserved": options.RESERVED})
    problems = [*found.problems, *check.form(found.content, found.lost)]
    if found.content.id != folder.name and not found.lost.may_hold("id"):
        problems.append(LoadProblem(path="$.id", cure=f'write id = "{folder.name}", as the folder'))
    return msgspec.structs.replace(found, problems=tuple(problems))


def _languages(
    folder: Path, structure: Decoded[Form]
) -> tuple[dict[str, Wording], list[LoadProblem]]:
    """The words by language as far as they can be read, with every problem of them."""
    files = sorted(folder.glob("*.toml"), key=_offered)
    read = {f.stem: decode.read(f, Wording) for f in files if f.name != STRUCTURE}
    words = {tag: _with_leads(structure.content, file.content) for tag, file in read.items()}
    lost = {tag: file.lost for tag, file in read.items()}
    unread = [problem for file in read.values() for problem in file.problems]
    return words, [*unread, *check.wordings(structure.content, words, structure.lost, lost)]


def _refuse(folder: Path, problems: Sequence[LoadProblem]) -> None:
    if problems:
        placed = (msgspec.structs.replace(p, file=str(folder / p.file)) for p in problems)
        raise FormError(*placed)


def _with_leads(form: Form, words: Wording) -> Wording:
    """Ratings without a lead of their own take that of their scale."""
    filled = dict(words.questions)
    for question in form.questions:
        own = filled.get(question.id)
        if isinstance(question, Rating) and own and not own.lead:
            lead = words.leads.get(question.scale, "")
            filled[question.id] = msgspec.structs.replace(own, lead=lead)
    return msgspec.structs.replace(words, questions=filled)


def _reduced(form: Form, selection: str) -> Form:
    every = tuple(question.id for question in form.questions)
    ids = every if selection == FULL else form.selections.get(selection)
    if ids is None:
        known = ", ".join([*form.selections, FULL])
        at = f"$.selections.{selection}"
        raise FormError(LoadProblem(file=f"{form.id}/{STRUCTURE}", path=at, cure=f"choose {known}"))
    questions = tuple(question for question in form.questions if question.id in ids)
    scales = {question.scale for question in questions if isinstance(question, Rating)}
    return msgspec.structs.replace(
        form,
        questions=questions,
        scales={name: scale for name, scale in form.scales.items() if name in scales},
        blocks=tuple(b for b in form.blocks if any(b.id == q.block for q in questions)),
        constructs=tuple(c for c in form.constructs if any(c == q.construct for q in questions)),
        selections={},
    )


def _reduced_words(form: Form, words: Wording) -> Wording:
    questions: dict[str, QuestionWords] = {q.id: words.questions[q.id] for q in form.questions}
    return msgspec.structs.replace(
        words,
        scales={name: words.scales[name] for name in form.scales},
        constructs={name: words.constructs[name] for name in form.constructs},
        blocks={block.id: words.blocks[block.id] for block in form.blocks if words.blocks},
        questions=questions,
        leads={},
    )
