"""The jinja environment of everything that is rendered, pages and papers alike.

One environment per process. The words come in per language: `translated` gives an overlay that
shares loader and settings but has names and a cache of its own, so that two languages never mix.
"""

from functools import cache
from gettext import NullTranslations

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from survey import paths


@cache
def environment() -> Environment:
    """Templates of `survey.paths.TEMPLATES`: everything escaped, unknown names are errors."""
    made = Environment(
        loader=FileSystemLoader(paths.TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    install(made, NullTranslations())
    return made


def translated(translations: NullTranslations) -> Environment:
    """The same templates with the words of one language; make it once per language and keep it."""
    made = environment().overlay()
    # An overlay shares the globals of its parent, and gettext lives there.
    made.globals = dict(made.globals)
    install(made, translations)
    return made


def install(into: Environment, translations: NullTranslations) -> None:
    """Put the words of one language into an environment.

    New-style gettext: `_("%(n)s answers", n=count)` escapes its values; a bare per cent sign in a
    message is written `%%`.
    """
    into.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
