"""The TOML files of a form as structs, entry by entry, so that a broken one hides no other.

msgspec stops at the first thing it cannot read. Here every entry of a file (a question, the words
of a question, a scale) and every field of it is read by itself. An entry that cannot be read is
left out and noted as lost: what names it is no problem of its own.
"""

import contextlib
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType, UnionType
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from survey.form.load_problems import LoadProblem

T = TypeVar("T", bound=Struct)
# Stands for an entry whose name cannot be read either, so that any name may be its.
ANY = "*"
_NONE: Mapping[str, Any] = MappingProxyType({})


class Lost(Struct, frozen=True):
    """Names of the entries of a file that could not be read, by part ("questions", "title")."""

    names: Mapping[str, frozenset[str]] = _NONE

    def may_hold(self, part: str, name: str = ANY) -> bool:
        """Whether an entry of this name may be among the lost."""
        return not self.names.get(part, frozenset()).isdisjoint({name, ANY})

    def and_of(self, other: "Lost") -> "Lost":
        """What is lost in either of two files."""
        nobody: frozenset[str] = frozenset()
        parts = {*self.names, *other.names}
        return Lost({p: self.names.get(p, nobody) | other.names.get(p, nobody) for p in parts})


NOTHING = Lost()


class Decoded(Struct, Generic[T], frozen=True, kw_only=True):
    """A file as far as it could be read; a lost part is empty in `content`."""

    content: T
    problems: tuple[LoadProblem, ...]
    lost: Lost


def read(path: Path, kind: type[T], given: Mapping[str, Any] = _NONE) -> Decoded[T]:
    """A file of a form, with every problem met on the way.

    Args:
        given: values of fields that no author writes
    """
    try:
        raw = tomllib.loads(path.read_bytes().decode())
    except FileNotFoundError:
        return _unread(path, kind, given, "$", "create the file")
    except UnicodeDecodeError:
        return _unread(path, kind, given, "$", "save the file as UTF-8")
    except tomllib.TOMLDecodeError as error:
        reason, _, where = str(error).partition(" (")
        at = where.rstrip(")") or "$"
        return _unread(path, kind, given, at, f"correct the file: {reason}")
    return _File(path.name).read(raw, kind, given)


def _unread(path: Path, kind: type[T], given: Mapping[str, Any], at: str, cure: str) -> Decoded[T]:
    """A file that is lost as a whole."""
    return Decoded(
        content=_File(path.name).read({}, kind, given).content,
        problems=(LoadProblem(file=path.name, path=at, cure=cure),),
        lost=Lost(dict.fromkeys(kind.__struct_fields__, frozenset({ANY}))),
    )


class _BrokenError(Exception):
    """What was being read is unusable; why is noted already."""


class _File:
    """A file on its way into a struct: problems and losses met so far."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._problems: list[LoadProblem] = []
        self._lost: dict[str, frozenset[str]] = {}

    def read(self, raw: Mapping[str, Any], kind: type[T], given: Mapping[str, Any]) -> Decoded[T]:
        """The whole file, whatever is broken in it."""
        hints = {name: hint for name, hint in _hints(kind).items() if name not in given}
        self._look_for_keys(raw, kind, hints, "$")
        values = dict(given)
        for name, hint in hints.items():
            if name in raw:
                values[name] = self._part(name, raw[name], hint)
            elif name in _required(kind):
                self._lose(name, ANY)
                values[name] = _empty(hint)
        problems, lost = tuple(self._problems), Lost(self._lost)
        return Decoded(content=kind(**values), problems=problems, lost=lost)

    def _part(self, name: str, raw: Any, hint: Any) -> Any:
        """A field of the file; of a table or an array of tables, the entries that can be read."""
        at, inner = f"$.{name}", _inner(hint)
        match raw:
            case dict() if get_origin(hint) is dict:
                named = [(key, f"{at}.{key}", entry) for key, entry in raw.items()]
                return dict(self._entries(name, named, inner))
            case list() if _structs(inner):
                named = [_named(at, place, entry) for place, entry in enumerate(raw)]
                return tuple(entry for _, entry in self._entries(name, named, inner))
        try:
            return self._value(raw, hint, at)
        except _BrokenError:
            self._lose(name, ANY)
            return _empty(hint)

    def _entries(
        self, part: str, named: list[tuple[str, str, Any]], hint: Any
    ) -> Iterator[tuple[str, Any]]:
        for name, at, raw in named:
            try:
                yield name, self._value(raw, hint, at)
            except _BrokenError:
                self._lose(part, name)

    def _value(self, raw: Any, hint: Any, at: str) -> Any:
        match raw:
            case dict() if _structs(hint):
                return self._struct(raw, self._kind(raw, _structs(hint), at), at)
            case dict() if get_origin(hint) is dict:
                return self._all({key: (raw[key], _inner(hint), f"{at}.{key}") for key in raw})
            case list() if _structs(_inner(hint)):
                places = {str(n): (raw[n], _inner(hint), f"{at}[{n}]") for n in range(len(raw))}
                return tuple(self._all(places).values())
        try:
            return msgspec.convert(raw, hint)
        except msgspec.ValidationError as error:
            reason, _, inside = str(error).partition(" - at `$")
            self._note(f"{at}{inside.rstrip('`')}", f"correct the value: {reason}")
            raise _BrokenError from error

    def _struct(self, raw: Mapping[str, Any], kind: type[Struct], at: str) -> Struct:
        hints = _hints(kind)
        missing = self._look_for_keys(raw, kind, hints, at)
        written = {name: (raw[name], hints[name], f"{at}.{name}") for name in hints if name in raw}
        values = self._all(written)
        if missing:
            raise _BrokenError
        return kind(**values)

    def _kind(
        self, raw: Mapping[str, Any], kinds: tuple[type[Struct], ...], at: str
    ) -> type[Struct]:
        tags = {kind.__struct_config__.tag: kind for kind in kinds}
        if None in tags:
            return tags[None]
        if raw.get("type") in tags:
            return tags[raw["type"]]
        known = ", ".join(map(str, tags))
        self._note(f"{at}.type", f"correct the type {raw.get('type', '')}, there are {known}")
        raise _BrokenError

    def _all(self, parts: Mapping[str, tuple[Any, Any, str]]) -> dict[str, Any]:
        """Every part; broken as soon as one is, but only after all were looked at."""
        values = {}
        for name, (raw, hint, at) in parts.items():
            with contextlib.suppress(_BrokenError):
                values[name] = self._value(raw, hint, at)
        if len(values) < len(parts):
            raise _BrokenError
        return values

    def _look_for_keys(
        self, raw: Mapping[str, Any], kind: type[Struct], hints: Mapping[str, Any], at: str
    ) -> list[str]:
        """Note the keys that nobody knows and those that are missing; gives the missing ones."""
        for key in raw:
            if key not in hints and key != kind.__struct_config__.tag_field:
                self._note(at, f"remove the key {key}, or correct its spelling")
        missing = [name for name in hints if name in _required(kind) and name not in raw]
        for name in missing:
            self._note(at, f"add the key {name}")
        return missing

    def _note(self, at: str, cure: str) -> None:
        self._problems.append(LoadProblem(file=self._name, path=at, cure=cure))

    def _lose(self, part: str, name: str) -> None:
        self._lost[part] = self._lost.get(part, frozenset()) | {name}


def _named(at: str, place: int, raw: Any) -> tuple[str, str, Any]:
    """An entry of an array by its id, where it can be read; else by its place."""
    name = raw.get("id") if isinstance(raw, dict) else None
    return (name, f"{at}[{name}]", raw) if isinstance(name, str) else (ANY, f"{at}[{place}]", raw)


@cache
def _hints(kind: type[Struct]) -> Mapping[str, Any]:
    hints = get_type_hints(kind)
    return MappingProxyType({name: hints[name] for name in kind.__struct_fields__})


def _required(kind: type[Struct]) -> frozenset[str]:
    return frozenset(field.name for field in msgspec.structs.fields(kind) if field.required)


def _structs(hint: Any) -> tuple[type[Struct], ...]:
    """The structs that a value of this type may be."""
    kinds = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    return tuple(kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Struct))


def _inner(hint: Any) -> Any:
    """The type of the values of a dict, or of the items of a tuple."""
    origin, inner = get_origin(hint), get_args(hint)
    return inner[1] if origin is dict else inner[0] if origin is tuple else None


def _empty(hint: Any) -> Any:
    origin = get_origin(hint)
    return origin() if origin in (dict, tuple) else ""
