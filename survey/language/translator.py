"""Interface texts of a language, read from its catalogue at start; German is written in the code.

An entry marked fuzzy is a translation nobody has checked: it is shown, and can be told apart. What
a catalogue lacks is looked up along the fallback, German last.
"""

import io
from functools import cache

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from survey import paths
from survey.errors import NotFound
from survey.language import tags
from survey.language.tags import Tag


class Translator:
    """The texts of one language; `texts` is what jinja's i18n extension installs."""

    def __init__(self, tag: Tag, texts: NullTranslations, unchecked: frozenset[str]) -> None:
        self.tag = tag
        self.texts = texts
        self.unchecked = unchecked
        """German originals whose translation is a machine's."""

    def gettext(self, message: str) -> str:
        """The text for a German original."""
        return self.texts.gettext(message)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """The text for a number, by the language's own plural forms."""
        return self.texts.ngettext(singular, plural, number)

    def is_checked(self, message: str) -> bool:
        """True if a person has read the translation, and for German."""
        return message not in self.unchecked


@cache
def translator(tag: str) -> Translator:
    """The translator of an available language, read once in a process.

    Raises:
        NotFound: no such language
    """
    found = tags.find(tag)
    if found is None:
        raise NotFound(language=tag)
    if tag == tags.SOURCE:
        return Translator(found, NullTranslations(), frozenset())
    catalogue = read(tag)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue, use_fuzzy=True)
    compiled.seek(0)
    texts = Translations(compiled, domain=tags.DOMAIN)
    for other in found.fallback:
        texts.add_fallback(translator(other).texts)
    unchecked = frozenset(_original(message.id) for message in catalogue if message.fuzzy)
    return Translator(found, texts, unchecked - {""})


def read(tag: str) -> Catalog:
    """The catalogue as it lies on disk."""
    file = paths.LOCALE / tag / "LC_MESSAGES" / f"{tags.DOMAIN}.po"
    with file.open("rb") as lines:
        return read_po(lines, locale=tags.KNOWN[tag].babel, domain=tags.DOMAIN, abort_invalid=True)


def _original(message_id: str | tuple[str, ...] | list[str]) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]
