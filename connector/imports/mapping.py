"""A mapping tells, in TOML, what an export's columns mean: checked whole, hashed into every run.

Everything that is not named here is dropped by the reader. `[columns]` are read at import;
`[letter]` (name and address) only while letters are printed, and never stored.
"""

import difflib
import hashlib
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import assert_never

import msgspec
from msgspec import Struct, structs

from connector.errors import MappingError
from connector.identifiers import compared, tidy
from connector.imports import dates, vocabulary
from connector.imports.source.kinds import FORMATS, CsvFile, Format, Layout, Source
from connector.imports.vocabulary import Field

SHIPPED = Path(__file__).parent.parent / "mappings"


class Filter(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Keeps rows whose `column` holds one of `keep`, or none of `drop`, however they are spelt."""

    column: str
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()

    def lets_through(self, value: str) -> bool:
        """Whether a row with this value is ours."""
        same = compared(value)
        if self.keep and same not in {compared(word) for word in self.keep}:
            return False
        return same not in {compared(word) for word in self.drop}


class Mapping(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The mapping of one export's columns and values to ours.

    Args:
        source_system: short name; with the case number it identifies an episode for ever
        format: the kind of source
        file: how a text file is written, where the source is one
        date_formats: tried in turn, in the letters of strftime
        missing: what stands for "nothing", beside the empty cell
        columns: column -> field
        letter: column -> letter field
        constants: field -> value, for what the export does not say
        values: field -> what the export says -> code
    """

    source_system: str
    format: Format = "csv"
    file: Layout = Layout()
    date_formats: tuple[str, ...] = ("%d.%m.%Y",)
    missing: tuple[str, ...] = ()
    columns: dict[str, str]
    letter: dict[str, str] = {}
    constants: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    filters: tuple[Filter, ...] = ()

    def column(self, field: Field) -> str:
        """The column that holds `field`; empty when none does."""
        return next((name for name, holds in self.columns.items() if holds == field), "")

    def wanted(self) -> tuple[str, ...]:
        """The columns an import reads, each once."""
        return tuple(
            dict.fromkeys([*self.columns, *(condition.column for condition in self.filters)])
        )

    def wanted_for_letters(self) -> tuple[str, ...]:
        """The columns the printing of letters reads: the same ones, then name and address."""
        return tuple(dict.fromkeys([*self.wanted(), *self.letter]))

    def source(self, path: Path) -> Source:
        """The source that this mapping describes, at this path."""
        match self.format:
            case "csv":
                return CsvFile(path=path, layout=self.file)
            case _:
                assert_never(self.format)

    def codes(self, field: Field) -> dict[str, str]:
        """What the export may say for `field`, as it is compared, to our code; our code too."""
        known = {compared(code): code for code in vocabulary.CODES.get(field, {})}
        return known | {compared(word): code for word, code in self.values.get(field, {}).items()}


class Loaded(Struct, frozen=True):
    """A mapping and the sha256 (hex) of the file it was read from."""

    mapping: Mapping
    digest: str


def load(path: Path) -> Loaded:
    """Read and check a mapping.

    Raises:
        MappingError: with a German sentence that names the file, the place and the cure
    """
    try:
        text = path.read_bytes()
        mapping = msgspec.convert(tomllib.loads(text.decode("utf-8-sig")), Mapping)
    except OSError as error:
        raise MappingError(
            f"Die Zuordnung {path} lässt sich nicht lesen: {error.strerror}."
        ) from error
    except UnicodeDecodeError as error:
        raise MappingError(f"Die Zuordnung {path} ist nicht in UTF-8 gespeichert.") from error
    except tomllib.TOMLDecodeError as error:
        raise MappingError(f"Die Zuordnung {path} ist kein gültiges TOML: {error}.") from error
    except msgspec.ValidationError as error:
        raise MappingError(f"Die Zuordnung {path} ist nicht brauchbar: {_said(error)}") from error
    if problem := next(_problems(mapping), None):
        raise MappingError(f"Die Zuordnung {path} ist nicht brauchbar: {problem}")
    return Loaded(_tidied(mapping), hashlib.sha256(text).hexdigest())


def _tidied(mapping: Mapping) -> Mapping:
    """With the names of columns as the reader gives them."""
    return structs.replace(
        mapping,
        columns={tidy(name): field for name, field in mapping.columns.items()},
        letter={tidy(name): field for name, field in mapping.letter.items()},
        filters=tuple(
            structs.replace(condition, column=tidy(condition.column))
            for condition in mapping.filters
        ),
    )


def _problems(mapping: Mapping) -> Iterator[str]:
    if not mapping.source_system.strip():
        yield "source_system fehlt; bitte einen kurzen Namen des Fachverfahrens eintragen."
    yield from _unknown_fields(mapping)
    yield from _spelling_problems(mapping)
    yield from _field_problems(mapping)
    yield from _value_problems(mapping)
    for pattern in mapping.date_formats:
        if not dates.understood(pattern):
            yield f"date_formats: „{pattern}“ wird nicht verstanden. Erlaubt sind {dates.LETTERS}."
    if not mapping.date_formats:
        yield 'date_formats ist leer; üblich ist ["%d.%m.%Y"].'
    for condition in mapping.filters:
        if not condition.keep and not condition.drop:
            yield f"filters: Für „{condition.column}“ fehlt keep oder drop."


def _unknown_fields(mapping: Mapping) -> Iterable[str]:
    for name, field in mapping.columns.items():
        if field not in vocabulary.FIELDS:
            yield _unknown(f'columns."{name}"', field, vocabulary.FIELDS)
    for name, field in mapping.letter.items():
        if field not in vocabulary.LETTER_FIELDS:
            yield _unknown(f'letter."{name}"', field, vocabulary.LETTER_FIELDS)
    for table in (mapping.constants, mapping.values):
        for field in table:
            if field not in vocabulary.FIELDS:
                yield _unknown("constants/values", field, vocabulary.FIELDS)


def _spelling_problems(mapping: Mapping) -> Iterable[str]:
    """What is written twice, and differs in nothing that counts."""
    for table in (mapping.columns, mapping.letter):
        for name, times in Counter(map(tidy, table)).items():
            if times > 1:
                yield f"Die Spalte „{name}“ steht {times}-mal da, nur verschieden geschrieben."
    for field, codes in mapping.values.items():
        meant: dict[str, str] = {}
        for word, code in codes.items():
            if meant.setdefault(compared(word), code) != code:
                yield f"values.{field}: „{word}“ steht mehrfach da und heißt Verschiedenes."


def _field_problems(mapping: Mapping) -> Iterable[str]:
    given = [*mapping.columns.values(), *mapping.constants]
    for field in dict.fromkeys(given):
        if given.count(field) > 1:
            yield f"Das Feld „{field}“ ist mehrfach belegt; es darf nur eine Quelle haben."
    for field in vocabulary.REQUIRED:
        if field not in given:
            word = vocabulary.FIELDS[field]
            yield f"Das Feld „{field}“ ({word}) fehlt; bitte unter [columns] zuordnen."
    for field in ("case_number", "person"):
        if field in mapping.constants:
            yield f"Das Feld „{field}“ kann keine Konstante sein: Es unterscheidet die Fälle."


def _value_problems(mapping: Mapping) -> Iterable[str]:
    for field, codes in vocabulary.CODES.items():
        for word, code in mapping.values.get(field, {}).items():
            if code not in codes:
                yield _unknown(f'values.{field}."{word}"', code, codes)
        constant = mapping.constants.get(field)
        if constant is not None and constant not in codes:
            yield _unknown(f"constants.{field}", constant, codes)


def _unknown(place: str, given: str, known: Iterable[str]) -> str:
    names = list(known)
    near = difflib.get_close_matches(given, names, n=1)
    hint = f" Meinten Sie „{near[0]}“?" if near else ""
    return f"{place}: „{given}“ ist nicht bekannt.{hint} Bekannt sind: {', '.join(names)}."


def _said(error: msgspec.ValidationError) -> str:
    problem, _, where = str(error).partition(" - at ")
    place = where.strip("`").removeprefix("$.") or "oberste Ebene"
    if "unknown field" in problem:
        name = problem.split("`")[1]
        struct = {"file": Layout, "filters": Filter}.get(place.split("[")[0], Mapping)
        return _unknown(place, name, struct.__struct_fields__)
    if place == "format" and "enum value" in problem:
        return _unknown(place, problem.split("'")[1], FORMATS)
    if "missing required field" in problem:
        return f"{place}: Der Eintrag „{problem.split('`')[1]}“ fehlt."
    return f"{place}: {problem}."
