"""The style that stands inside a page: built from files once, small, and named by its hash.

One file holds the rules of several groups of pages. A line `/* @part name */` starts a part; what
stands before the first is taken by every page. Custom properties nobody uses are left out, so that
the one list of tokens can serve screens, charts and papers.
"""

import base64
import hashlib
import re
from collections.abc import Iterable
from itertools import product
from pathlib import Path
from string import ascii_lowercase

from msgspec import Struct

_PART = re.compile(r"/\*\s*@part\s+([a-z]+)\s*\*/")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_USE = re.compile(r"var\((--[\w-]+)")
_DEFINITION = re.compile(r"(--[\w-]+):([^;{}]+);?")
_NAME = re.compile(r"--[a-z][\w-]*(?=[:)])")
_EMPTY = re.compile(r"(?<=[{};])[^{};]+\{\}")


class Style(Struct, frozen=True, kw_only=True):
    """Rules as they stand in the page, and the source that a policy names for them."""

    css: str
    source: str


class Stylesheet:
    """The parts of one style sheet over its tokens.

    Args:
        short: give tokens names of one letter, where nothing but the sheet itself uses them
    """

    def __init__(self, tokens: Path, rules: Path, *, short: bool = False) -> None:
        self._short = short
        self._tokens = tokens.read_text("utf-8")
        first, *rest = _PART.split(rules.read_text("utf-8"))
        self._base = first
        self._parts = dict(zip(rest[::2], rest[1::2], strict=True))

    def style(self, parts: Iterable[str] = ()) -> Style:
        """The style of pages that need these parts, in the order of the file.

        Raises:
            KeyError: the file has no such part
        """
        wanted = set(parts)
        if unknown := wanted - set(self._parts):
            raise KeyError(*unknown)
        chosen = [self._parts[name] for name in self._parts if name in wanted]
        css = _used(minified(self._tokens + self._base + "".join(chosen)))
        if self._short:
            css = _shortened(css)
        digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode("ascii")
        return Style(css=css, source=f"'sha256-{digest}'")


def minified(css: str) -> str:
    """Minify CSS: drops comments and meaningless blanks; strings hold no braces."""
    css = re.sub(r"\s+", " ", _COMMENT.sub("", css))
    css = re.sub(r"\s*([{};,>])\s*", r"\1", css)
    css = re.sub(r"[^{};]+(?=\{)", lambda match: match[0].replace(" + ", "+"), css)
    css = re.sub(r"#([0-9A-Fa-f])\1\1\1\1\1\b", r"#\1\1\1", css)
    css = re.sub(r"(?<=[\w-]):\s+", ":", css)
    css = re.sub(r"\)\s+and\s+\(", ") and (", css).replace("@media (", "@media(")
    return css.replace(";}", "}").strip()


def _shortened(css: str) -> str:
    """The rules with the names of custom properties cut to a letter, or two."""
    letters = [*ascii_lowercase, *map("".join, product(ascii_lowercase, repeat=2))]
    names = dict(zip(dict.fromkeys(_NAME.findall(css)), letters, strict=False))
    return _NAME.sub(lambda match: f"--{names[match[0]]}", css)


def _used(css: str) -> str:
    """The rules without custom properties that no rule uses; what one of them uses counts."""
    while (kept := _without_unused(css)) != css:
        css = kept
    return css


def _without_unused(css: str) -> str:
    uses = set(_USE.findall(css))
    kept = _DEFINITION.sub(lambda match: match[0] if match[1] in uses else "", css)
    return _EMPTY.sub("", kept.replace(";}", "}"))
