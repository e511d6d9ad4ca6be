"""The jinja environments of everything that is rendered, pages and papers alike.

One environment per language, made once and kept: each has its own words and its own cache, so that
two languages never mix.
"""

from functools import cache
from gettext import NullTranslations
from typing import Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from survey import paths


class Words(Protocol):
    """A source of texts in a language: a translator, or a gettext catalogue."""

    def gettext(self, message: str) -> str:
        """The text for a message."""

    def ngettext(self, singular: str, plural: str, number: int, /) -> str:
        """The text for a message and a number."""


@cache
def environment() -> Environment:
    """The environment without translations: messages stand as they are written."""
    return translated(NullTranslations())


def translated(words: Words) -> Environment:
    """Templates of `survey.paths.TEMPLATES` in one language: escaped, unknown names are errors.

    New-style gettext: `_("%(n)s answers", n=count)` escapes its values; a bare per cent sign in a
    message is written `%%`.
    """
    made = Environment(
        loader=FileSystemLoader(paths.TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
    return made
