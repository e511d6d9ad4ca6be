"""Reads printed letters as the people do who get them: the address in the window, and the code.

The simulated people learn their codes in no other way. Only the text that our own renderer writes
is understood: glyph numbers in hexadecimal, and the table of each font that says what they mean.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pikepdf
from msgspec import Struct

from survey.demo.errors import DemoStopped
from survey.linkage import codes

Glyphs = dict[int, str]

_SHOWN = re.compile(
    rb"(?P<line>[-\d. ]+) Tm|/(?P<font>[^ ]+) [\d.]+ Tf|\[(?P<runs>[^\]]*)\] TJ|<(?P<run>\w+)> Tj"
)
_RUN = re.compile(rb"<(\w+)>")
_PAIR = re.compile(r"<(\w{4})> <(\w+)>")
_TOWN = re.compile(r"\d{5} \w.*")
_CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")


class Letter(Struct, frozen=True, kw_only=True):
    """What somebody holds in her hands."""

    name: str
    street: str
    code: str


def read(path: Path, *, most: int | None = None) -> list[Letter]:
    """The letters of a file in their order, at most so many.

    Raises:
        DemoStopped: a page without an address, or without a code that could be one
    """
    fonts: dict[tuple[int, int], Glyphs] = {}
    with pikepdf.open(path) as pdf:
        letters = [_letter(page, fonts) for page in list(pdf.pages)[:most]]
    strange = [number for number, letter in enumerate(letters, 1) if letter is None]
    if strange:
        raise DemoStopped("a page is no letter", file=path, page=strange[0])
    return [letter for letter in letters if letter is not None]


def pages(path: Path) -> int:
    """How many pages a document has."""
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def attachments(path: Path) -> dict[str, bytes]:
    """The files that a document carries, by name."""
    with pikepdf.open(path) as pdf:
        return {name: file.get_file().read_bytes() for name, file in pdf.attachments.items()}


def _letter(page: pikepdf.Page, fonts: dict[tuple[int, int], Glyphs]) -> Letter | None:
    lines = list(_lines(page, fonts))
    town = next((place for place, line in enumerate(lines) if _TOWN.fullmatch(line)), 0)
    code = next((match[0] for line in lines if (match := _CODE.search(line))), "")
    if town < 2 or codes.read(code) is None:
        return None
    return Letter(name=lines[town - 2], street=lines[town - 1], code=code)


def _lines(page: pikepdf.Page, fonts: dict[tuple[int, int], Glyphs]) -> Iterator[str]:
    """Lines in reading order; what stands at one height one after the other is one line."""
    for _, runs in groupby(_runs(page, fonts), key=lambda run: run[0]):
        yield "".join(text for _, text in runs).strip()


def _runs(page: pikepdf.Page, fonts: dict[tuple[int, int], Glyphs]) -> Iterator[tuple[bytes, str]]:
    """Height and text."""
    page.contents_coalesce()
    height, glyphs = b"", Glyphs()
    for match in _SHOWN.finditer(page.obj.Contents.read_bytes()):
        if match["line"]:
            height = match["line"].split()[-1]
        elif match["font"]:
            glyphs = _glyphs(page.resources["/Font"]["/" + match["font"].decode()], fonts)
        else:
            shown = b"".join(_RUN.findall(match["runs"])) if match["runs"] else match["run"] or b""
            numbers = (int(shown[at : at + 4], 16) for at in range(0, len(shown), 4))
            yield height, "".join(glyphs.get(number, "") for number in numbers)


def _glyphs(font: pikepdf.Object, fonts: dict[tuple[int, int], Glyphs]) -> Glyphs:
    if font.objgen not in fonts:
        table = font.ToUnicode.read_bytes().decode("ascii")
        fonts[font.objgen] = {
            int(number, 16): bytes.fromhex(text).decode("utf-16-be", "replace")
            for number, text in _PAIR.findall(table)
        }
    return fonts[font.objgen]
