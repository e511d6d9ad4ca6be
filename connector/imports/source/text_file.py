"""The first look at a text file: its hash, its encoding, and whether it is text at all.

One pass over the bytes in blocks, so that a file of any size is judged whole before a row of it is
taken. Nothing is guessed: a byte order mark, else strict UTF-8, else Windows-1252, else refused.
"""

import codecs
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from connector.errors import FileRefused

BLOCK = 256 * 1024
# A file without line ends would have to be held in memory whole.
BLOCKS_WITHOUT_LINE_END = 4

MAGIC = (
    (b"%PDF", "eine PDF-Datei"),
    (b"PK\x03\x04", "eine XLSX- oder ZIP-Datei"),
    (b"\xd0\xcf\x11\xe0", "eine alte Excel- oder Word-Datei"),
    (b"\x1f\x8b", "eine gepackte Datei (gzip)"),
    (b"\x89PNG", "ein Bild"),
    (b"\xff\xd8\xff", "ein Bild"),
    (b"{\\rtf", "ein RTF-Dokument"),
    (b"SQLite format 3", "eine Datenbank"),
    (b"<?xml", "eine XML-Datei"),
    (b"<html", "eine HTML-Seite"),
    (b"<!doctype html", "eine HTML-Seite"),
)
WRITTEN = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Control characters that no text has; tab, line ends and form feed left out, NUL judged by itself.
CONTROL = bytes(code for code in range(1, 32) if code not in (9, 10, 12, 13))
TWO_BYTES = re.compile(rb"[\xc2-\xdf][\x80-\xbf]")


class Shape(Struct, frozen=True, kw_only=True):
    """What the bytes say; `cut`: the last character is not whole, `ended`: the last line is."""

    digest: str
    lines: int
    encoding: str
    cut: bool
    ended: bool
    has_nul: bool


def look(path: Path, encoding: str) -> Shape:
    """Judge the file; `encoding` is the mapping's, or "auto".

    Raises:
        FileRefused: empty, no text, or in an encoding that is neither given nor known
    """
    with path.open("rb") as file:
        head = file.read(4096)
    _refuse_no_text(head)
    marked = next((name for mark, name in MARKS if head.startswith(mark)), None)
    digest, lines, ended, has_nul = _pass(path, wide=marked == "utf-16" or "16" in encoding)
    encoding, cut = _encoding(path, marked, encoding)
    return Shape(
        digest=digest, lines=lines, encoding=encoding, cut=cut, ended=ended, has_nul=has_nul
    )


def _refuse_no_text(head: bytes) -> None:
    if not head.strip(b" \t\r\n\xef\xbb\xbf"):
        raise FileRefused("F-DA-001")
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()[:20].lower()
    for magic, kind in MAGIC:
        if start.startswith(magic.lower()):
            raise FileRefused("F-DA-002", what=kind)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return
    odd = len(head) - len(head.translate(None, CONTROL)) + head.count(b"\0")
    if odd > max(1, len(head) // 50):
        raise FileRefused("F-DA-005")


def _pass(path: Path, *, wide: bool) -> tuple[str, int, bool, bool]:
    digest, last, has_nul, unbroken = hashlib.sha256(), b"", False, 0
    line_feeds = returns = 0
    for block in _blocks(path):
        digest.update(block)
        last = (last + block)[-2:]
        has_nul = has_nul or (not wide and b"\0" in block)
        line_feeds += block.count(b"\n")
        returns += block.count(b"\r")
        unbroken = 0 if b"\n" in block or b"\r" in block else unbroken + 1
        if unbroken == BLOCKS_WITHOUT_LINE_END:
            raise FileRefused("F-DA-007")
    # Half of a line end is none.
    ended = last.rstrip(b"\0")[-1:] == (b"\n" if line_feeds else b"\r")
    # The last line may lack its end.
    lines = (line_feeds or returns) + (not ended)
    return digest.hexdigest(), lines, ended, has_nul


def _encoding(path: Path, marked: str | None, asked: str) -> tuple[str, bool]:
    wanted = marked or ("utf-8" if asked == "auto" else asked)
    try:
        # Codecs of bytes to bytes, such as base64, are known too but make no text.
        _ = "".encode(wanted)
        return wanted, _is_cut(path, wanted)
    except LookupError as error:
        raise FileRefused(
            "F-DA-003", encoding=f"bekannt („{asked}“)", byte="-", place="-"
        ) from error
    except UnicodeDecodeError as error:
        if marked or asked != "auto":
            raise _not(wanted, path, error.start) from error
        _refuse_mixture(path, error)
    except UnicodeError as error:
        # UTF-16 and UTF-32 without a byte order mark.
        raise _not(wanted, path, 0) from error
    try:
        return "cp1252", _is_cut(path, "cp1252")
    except UnicodeDecodeError as error:
        raise _not("UTF-8 oder Windows-1252", path, error.start) from error


def _is_cut(path: Path, encoding: str) -> bool:
    """Whether the file ends inside a character; an error elsewhere carries its place as `start`."""
    decoder = codecs.getincrementaldecoder(encoding)()
    before = 0
    for block in _blocks(path):
        try:
            decoder.decode(block)
        except UnicodeDecodeError as error:
            # The decoder had kept up to three bytes of the block before.
            error.start += before - (len(error.object) - len(block))
            raise
        before += len(block)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return True
    return False


def _refuse_mixture(path: Path, error: UnicodeDecodeError) -> None:
    """In Windows-1252, Ã followed by another special sign is rare; in UTF-8 it is every umlaut."""
    high = pairs = 0
    for block in _blocks(path):
        high += len(block) - len(block.translate(None, bytes(range(128, 256))))
        pairs += len(TWO_BYTES.findall(block))
    if 4 * pairs > high:
        raise FileRefused("F-DA-004", place=error.start + 1) from error


def _not(encoding: str, path: Path, start: int) -> FileRefused:
    with path.open("rb") as file:
        file.seek(start)
        byte = file.read(1)
    return FileRefused(
        "F-DA-003",
        encoding=WRITTEN.get(encoding, encoding),
        byte=f"0x{byte.hex().upper()}",
        place=start + 1,
    )


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block
