"""Preview of the notice, rendered from the recipients' template."""

from functools import cache

from jinja2 import Environment
from markupsafe import Markup
from msgspec import Struct

from survey.document import templates
from survey.home import WaveContext
from survey.language import tags
from survey.language.tags import Tag
from survey.language.translator import translator
from survey.web.notices import notice
from survey.web.notices.notice import Facts


class ToldView(Struct, frozen=True, kw_only=True):
    """The facts that the sentences follow from."""

    language: Tag
    asked: Facts
    title: str
    invitation: str


def preview(context: WaveContext, tag: str) -> Markup:
    """The beginning of the notice of a wave, in one of the languages offered to recipients."""
    words = context.published.wordings.get(tag) or context.published.wordings[tags.SOURCE]
    view = ToldView(
        language=tags.KNOWN[tag],
        asked=notice.facts(context, tag),
        title=words.title,
        invitation=words.invitation,
    )
    # Rendered with escaping by the recipients' own environment.
    return Markup(_environment(tag).get_template("notice/preview.html").render(view=view))  # noqa: S704


@cache
def _environment(tag: str) -> Environment:
    return templates.translated(translator(tag))
