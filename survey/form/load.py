"""Forms from disk, and published forms: what a wave freezes and everything later is read by.

A form is a folder with `form.toml` (structure) and one `<language>.toml` for each language (words).
Publishing reduces it to one selection of questions; the text of that is kept with the wave and its
sha256 is the form's version, so that an answer can always be read with the words that were shown.
"""

import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from survey import paths
from survey.errors import FormError
from survey.form import check
from survey.form.load_problems import STRUCTURE, LoadProblem
from survey.form.structure import FULL
from survey.language import tags
from survey.model.form import Form, Rating
from survey.model.wording import QuestionWords, Wording

T = TypeVar("T")


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
    """The structure of one form, checked.

    Raises:
        FormError: with file, path in the file and cure
    """
    file = folder / form_id / STRUCTURE
    found = _decoded(file, Form)
    if found.id != form_id:
        raise FormError(file=str(file), path="$.id", cure=f'write id = "{form_id}", as the folder')
    _refuse(check.form(found), file.parent)
    return found


def wordings(form_id: str, *, folder: Path = paths.FORMS) -> dict[str, Wording]:
    """The words of one form by language tag, in the order offered, checked against the structure.

    Raises:
        FormError: with file, path in the file and cure
    """
    structure = form(form_id, folder=folder)
    found = {
        file.stem: _with_leads(structure, _decoded(file, Wording))
        for file in sorted((folder / form_id).glob("*.toml"), key=_offered)
        if file.name != STRUCTURE
    }
    _refuse(check.wordings(structure, found), folder / form_id)
    return found


def publish(form: Form, wordings: dict[str, Wording], selection: str) -> Published:
    """The form reduced to one of its selections ("full" is every question), frozen.

    Raises:
        FormError: no such selection, or the form is not fit to be asked
    """
    _refuse(check.problems(form, wordings), Path(form.id))
    chosen = _reduced(form, selection)
    _refuse(check.form(chosen), Path(form.id))
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
        content = msgspec.json.decode(text, type=_Content)
    except msgspec.DecodeError as error:
        raise FormError(
            file="published form", path=_path(str(error)), cure="restore it from a backup"
        ) from error
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


def _decoded(file: Path, kind: type[T]) -> T:
    try:
        return msgspec.toml.decode(file.read_bytes(), type=kind)
    except FileNotFoundError as error:
        raise FormError(file=str(file), path="$", cure="create the file") from error
    except UnicodeDecodeError as error:
        raise FormError(file=str(file), path="$", cure="save the file as UTF-8") from error
    except msgspec.DecodeError as error:
        said = str(error)
        raise FormError(file=str(file), path=_path(said), cure=_cure(said)) from error


def _path(said: str) -> str:
    """Where msgspec stumbled; TOML syntax errors name line and column instead."""
    found = re.search(r"at `([^`]+)`", said) or re.search(r"\((at [^)]+)\)", said)
    return found[1] if found else "$"


def _cure(said: str) -> str:
    unknown = re.search(r"unknown field `([^`]+)`", said)
    missing = re.search(r"missing required field `([^`]+)`", said)
    if unknown:
        return f"remove the key {unknown[1]}, or correct its spelling"
    if missing:
        return f"add the key {missing[1]}"
    return f"correct the value: {said.split(' - at ')[0]}"


def _refuse(problems: list[LoadProblem], folder: Path) -> None:
    if problems:
        first, *others = problems
        more = {"more_problems": len(others)} if others else {}
        raise FormError(file=str(folder / first.file), path=first.path, cure=first.cure, **more)


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
        raise FormError(
            file=f"{form.id}/{STRUCTURE}", path=f"$.selections.{selection}", cure=f"choose {known}"
        )
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
