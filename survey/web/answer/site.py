"""What every page for recipients is made with; built once, where the application is wired."""

from typing import TypeAlias

from litestar.di import NamedDependency
from msgspec import Struct

from survey.document import templates
from survey.errors import Refused
from survey.home import Services
from survey.http.fields import Fields
from survey.http.page import Pages
from survey.http.session import SessionCookie
from survey.http.static import StaticFiles
from survey.http.style import Stylesheet
from survey.language import tags
from survey.language.tags import Tag
from survey.language.translator import Translator, translator
from survey.paths import STATIC
from survey.settings import Settings

SCRIPT = "code.js"
FILLING = "fill.js"


class UnknownLanguage(Refused):
    """The address names a language that this house does not offer."""

    status, message = 404, "unknown-language"


class Site(Struct, frozen=True, kw_only=True):
    """The recipient's side of one house; `languages` by tag, in the order offered."""

    settings: Settings
    services: Services
    pages: Pages
    cookie: SessionCookie
    files: StaticFiles
    languages: dict[str, Tag]
    translators: dict[str, Translator]

    def language(self, tag: str) -> Tag:
        """The language of an address.

        Raises:
            UnknownLanguage: not offered here
        """
        offer = self.languages.get(tag)
        if offer is None:
            raise UnknownLanguage()
        return offer


class Posted(Struct, frozen=True, kw_only=True):
    """A form that was sent, and the site. One dependency, because litestar resolves two in tasks of
    their own, which would cost a fifth of a save.
    """

    site: Site
    fields: Fields


TheSite: TypeAlias = NamedDependency[Site]
ThePosted: TypeAlias = NamedDependency[Posted]


def build(settings: Settings, services: Services) -> Site:
    """The site of these settings, with the languages that have a catalogue."""
    offered = {tag: language for tag in settings.languages if (language := tags.find(tag))}
    languages = offered or {tags.SOURCE: tags.KNOWN[tags.SOURCE]}
    # German is what everything falls back on, problems without a language among it.
    every = {tags.SOURCE: tags.KNOWN[tags.SOURCE], **languages}
    translators = {tag: translator(tag) for tag in every}
    return Site(
        settings=settings,
        services=services,
        pages=Pages(
            Stylesheet(STATIC / "tokens.css", STATIC / "answer.css", short=True),
            {tag: templates.translated(words) for tag, words in translators.items()},
            https=settings.base_url.startswith("https:"),
        ),
        cookie=SessionCookie(settings.base_url),
        files=StaticFiles([STATIC / SCRIPT, STATIC / FILLING]),
        languages=languages,
        translators=translators,
    )
