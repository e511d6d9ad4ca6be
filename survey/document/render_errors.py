"""Stops a document that WeasyPrint could not draw as it was meant.

WeasyPrint writes to its log and goes on: a chart ends half drawn and takes the running heads along,
a character without a font breaks PDF/A and PDF/UA. No checker and no caller would see either.
"""

import logging
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal, TypeAlias

from survey.errors import DocumentError

# How WeasyPrint words the two of its warnings that change what is printed, and one error.
NO_GLYPH = ".notdef glyph rendered"
NO_FONT = "Font-face"
NO_WORDS = "no required alt description"

HEADINGS = ("h1", "h2")

Part: TypeAlias = Any  # an element of the HTML tree


class Log(logging.Handler):
    """Keeps the log messages of WeasyPrint while one thread renders."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.thread = threading.get_ident()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record of this thread that means a wrong page."""
        wrong = record.levelno >= logging.ERROR or record.msg.startswith((NO_GLYPH, NO_FONT))
        if wrong and record.thread == self.thread:
            self.records.append(record)


@contextmanager
def log() -> Iterator[Log]:
    """Context that collects WeasyPrint's render errors in its block without raising them."""
    logger, kept = logging.getLogger("weasyprint"), Log()
    logger.addHandler(kept)
    try:
        yield kept
    finally:
        logger.removeHandler(kept)


@contextmanager
def fatal(tree: Part) -> Iterator[None]:
    """Raise at the end of the block if WeasyPrint could not draw something in it.

    Args:
        tree: the HTML of the document, to name the place
    Raises:
        DocumentError: names reason and place of the first fault, never the words that stand there
    """
    with log() as kept:
        yield
    for record in kept.records:
        raise _error(tree, record)


def letter_of(record: logging.LogRecord) -> str:
    """The character that no font has; empty when the record is of something else."""
    given = record.args if isinstance(record.args, tuple) else ()
    return str(given[0]) if record.msg.startswith(NO_GLYPH) and given else ""


def _error(tree: Part, record: logging.LogRecord) -> DocumentError:
    given = record.args if isinstance(record.args, tuple) else ()
    letter = letter_of(record)
    if letter:
        return DocumentError(
            fault="character",
            reason="no installed font has a character of the text",
            character=f"U+{ord(letter):04X} {unicodedata.name(letter, '')}".strip(),
            **_where(tree, "text", letter),
            cure="install a font that has it, or write it differently",
        )
    if given and str(given[0]).startswith("data:"):
        silent = NO_WORDS in record.msg
        return DocumentError(
            fault="picture",
            reason="a picture has no alternative text" if silent else "a picture cannot be drawn",
            **_where(tree, "picture", str(given[0])),
        )
    return DocumentError(reason=record.msg.partition("%")[0].strip(" \"'"))


def _where(tree: Part, kind: Literal["text", "picture"], wanted: str) -> dict[str, str]:
    """The first element that holds it: its path, counted from 1, and the heading it stands under.

    A heading of a document is our own words or a topic's: it names nobody.
    """
    chapter = ""
    for path, element in _walk(tree, ""):
        if element.tag in HEADINGS:
            chapter = " ".join(element.itertext()).strip()
        words = (element.get("src"),) if kind == "picture" else (element.text, element.tail)
        if any(wanted in (text or "") for text in words):
            return {"place": path, "chapter": chapter}
    return {"place": "a picture or a margin", "chapter": ""}


def _walk(element: Part, path: str) -> Iterator[tuple[str, Part]]:
    seen: dict[str, int] = {}
    for child in element:
        if not isinstance(child.tag, str):
            continue
        seen[child.tag] = seen.get(child.tag, 0) + 1
        below = f"{path}/{child.tag}[{seen[child.tag]}]".removeprefix("/")
        yield below, child
        yield from _walk(child, below)
