"""Looks for what must not be there: every spelling of every secret, in every byte of many files.

All needles are looked for in one pass: places whose first bytes fit some needle, then those.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from msgspec import Struct

from survey.form import encode
from survey.linkage import codes
from survey.model.answers import Written
from tests.world.jobcenter import Invited

HEAD = 10


class Found(Struct, frozen=True, kw_only=True):
    """A needle in a file."""

    file: str
    kind: str
    needle: bytes


def of_person(one: Invited) -> Iterator[tuple[str, bytes]]:
    """(kind, needle) for everything that tells who somebody is."""
    person = one.person
    for name in (*person.names, person.family_name.casefold()):
        yield "name", name.encode()
        yield "name", name.encode("utf-16-le")
    for number in (person.case_number, person.client_number, person.household):
        plain = re.sub(r"[^0-9A-Za-z]", "", number)
        for spelling in {number, number.casefold(), plain, plain.casefold()}:
            yield "case number", spelling.encode()
        yield "case number", hashlib.sha256(number.encode()).digest()
        yield "case number", hashlib.sha256(number.encode()).hexdigest().encode()


def of_code(one: Invited) -> Iterator[tuple[str, bytes]]:
    """(kind, needle) for the code in every spelling and as a bare digest."""
    plain = one.code.replace("-", "")
    for spelling in {one.code, plain, one.code.lower(), plain.lower(), one.code.replace("-", " ")}:
        yield "code", spelling.encode()
        yield "code", base64.b64encode(spelling.encode()).rstrip(b"=")[:-1]
        for digest in (hashlib.sha256(spelling.encode()), hashlib.sha1(spelling.encode())):  # noqa: S324
            yield from _spellings("code", digest.digest())
    yield from _spellings("code", codes.digest(one.code))


def of_pseudonym(one: Invited) -> Iterator[tuple[str, bytes]]:
    """(kind, needle) for the pseudonym, raw and written."""
    yield from _spellings("pseudonym", one.pseudonym)
    yield from _spellings("pseudonym", hashlib.sha256(one.pseudonym).digest())


def of_answers(one: Invited) -> Iterator[tuple[str, bytes]]:
    """(kind, needle) for what she says: words, and answers as they are encoded."""
    for said in one.plan.answers.values():
        if isinstance(said, Written):
            yield "answer", said.text.encode()[:24]
            yield "answer", said.text.encode()[-24:]
    rated = {name: a for name, a in one.plan.answers.items() if not isinstance(a, Written)}
    yield "answer", encode.encode(rated)[1:41]
    yield "answer", encode.encode(rated)[-40:]


def _spellings(kind: str, raw: bytes) -> Iterator[tuple[str, bytes]]:
    yield kind, raw
    yield kind, raw.hex().encode()
    yield kind, raw.hex().upper().encode()
    # Base64 depends on where the bytes begin; all three shifts, without the ends that mix.
    for shift in range(3):
        written = base64.b64encode(bytes(shift) + raw)
        yield kind, written[4 : 4 + len(raw) * 4 // 3 - 4]
        yield kind, base64.urlsafe_b64encode(bytes(shift) + raw)[4 : 4 + len(raw) * 4 // 3 - 4]


def search(files: Iterable[Path], needles: Iterable[tuple[str, bytes]]) -> list[Found]:
    """Every needle that stands in one of the files."""
    by_head = _by_head(needles)
    return [hit for path in files for hit in _in(path.name, path.read_bytes(), by_head)]


def in_bytes(name: str, data: bytes, needles: Iterable[tuple[str, bytes]]) -> list[Found]:
    """Every needle that stands in these bytes."""
    return list(_in(name, data, _by_head(needles)))


def _by_head(needles: Iterable[tuple[str, bytes]]) -> dict[bytes, list[tuple[str, bytes]]]:
    heads: dict[bytes, list[tuple[str, bytes]]] = {}
    for kind, needle in set(needles):
        if len(needle) < HEAD:
            raise ValueError(f"{kind} of {len(needle)} bytes would be found everywhere")
        heads.setdefault(needle[:HEAD], []).append((kind, needle))
    return heads


def _in(name: str, data: bytes, by_head: dict[bytes, list[tuple[str, bytes]]]) -> Iterator[Found]:
    for at in _candidates(data, by_head):
        for kind, needle in by_head.get(data[at : at + HEAD], ()):
            if data.startswith(needle, at):
                yield Found(file=name, kind=kind, needle=needle)


def _candidates(data: bytes, heads: Iterable[bytes]) -> list[int]:
    """Places whose first three bytes are those of some needle."""
    wanted = np.zeros(1 << 24, dtype=bool)
    wanted[[int.from_bytes(head[:3], "little") for head in heads]] = True
    raw = np.frombuffer(data, dtype=np.uint8).astype(np.uint32)
    if len(raw) < HEAD:
        return []
    found: list[int] = np.nonzero(wanted[raw[:-2] | raw[1:-1] << 8 | raw[2:] << 16])[0].tolist()
    return found
