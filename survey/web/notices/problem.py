"""The page for whatever stopped a request: what happened, what to do, what is not lost."""

from typing import ClassVar

from survey.http.page import View, Visit
from survey.http.problems import Teller
from survey.http.reply import Reply
from survey.language.tags import SOURCE
from survey.web.answer.frame import Frame
from survey.web.answer.site import Site


class ProblemView(View, frozen=True, kw_only=True):
    """`fault` is the key of the sentences, `onward` where to go from here."""

    template: ClassVar[str] = "notice/problem.html"

    frame: Frame
    fault: str
    onward: str


def teller(site: Site) -> Teller:
    """Pages in the language of the address, in German where it has none."""

    def tell(visit: Visit, status: int, key: str) -> Reply:
        first = visit.scope["path"].strip("/").partition("/")[0]
        tag = first if first in site.languages else SOURCE
        view = ProblemView(
            frame=Frame(
                language=site.translators[tag].tag,
                house=site.settings.name,
                base=f"/{tag}/",
                switch=f"/{tag}/languages",
                unchecked=bool(site.translators[tag].unchecked),
                demo=site.settings.demo,
            ),
            fault=key,
            onward="/" if key == "unknown-language" else f"/{tag}/code",
        )
        # A cookie that cannot be read would stop every further page too.
        extra = (site.cookie.clear(),) if key == "wrong-cookie" else ()
        return site.pages.shared(visit, view, tag, *extra, status=status)

    return tell
