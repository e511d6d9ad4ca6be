"""Interface texts of a language, read from its catalogue at start; German is written in the code.

There are several domains: what recipients see, and what staff see on their pages, in cases and in
reports. The latter fall back on the first: a page for staff can show what recipients are told.

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


@cache
def translator(tag: str, domain: str = tags.DOMAIN) -> Translator:
    """The translator of an available language, read once in a process.

    Raises:
        NotFound: no such language, or staff are not spoken to in it
    """
    known = tags.find(tag)
    if known is None or (domain != tags.DOMAIN and tag not in tags.STAFF_LANGUAGES):
        raise NotFound(language=tag)
    if tag == tags.SOURCE:
        return Translator(known, NullTranslations(), frozenset())
    catalogue = read(tag, domain)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue, use_fuzzy=True)
    compiled.seek(0)
    texts = Translations(compiled, domain=domain)
    if domain != tags.DOMAIN:
        texts.add_fallback(translator(tag).texts)
    for other in known.fallback:
        texts.add_fallback(translator(other, domain).texts)
    unchecked = frozenset(_original(message.id) for message in catalogue if message.fuzzy)
    return Translator(known, texts, unchecked - {""})


def read(tag: str, domain: str = tags.DOMAIN) -> Catalog:
    """The catalogue as it lies on disk."""
    file = paths.LOCALE / tag / "LC_MESSAGES" / f"{domain}.po"
    with file.open("rb") as lines:
        return read_po(lines, locale=tags.KNOWN[tag].babel, domain=domain, abort_invalid=True)


def _original(message_id: str | tuple[str, ...] | list[str]) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]
