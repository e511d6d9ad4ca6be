"""The frame of every page for recipients: sender, language, and links to the other languages."""

from msgspec import Struct
from msgspec.structs import replace

from survey.language import tags
from survey.language.tags import Tag
from survey.web.answer import places
from survey.web.answer.site import Site


class Frame(Struct, frozen=True, kw_only=True):
    """The letterhead.

    Args:
        base: what addresses in this language begin with, "/ar/"
        switch: where to choose another language; empty where a form does it
        back: what the addresses of help and notice end with, so that they lead back here
        german: this page in German, for pages whose translation nobody checked
        unchecked: the words of the page are a machine's
        demo: everything here is an example
        empties_after: on a device in the building, seconds without a touch until it forgets the
            person; 0 on everybody's own device. A device offers no way out of the questionnaire
    """

    language: Tag
    house: str
    base: str
    switch: str = ""
    back: str = ""
    german: str = ""
    unchecked: bool = False
    demo: bool = False
    empties_after: int = 0


def frame_for(site: Site, tag: str, place: str) -> Frame:
    """The frame of the page that lies at `place` in every language, e.g. "notice"."""
    language = site.language(tag)
    return Frame(
        language=language,
        house=site.settings.name,
        base=f"/{tag}/",
        switch=choosing(tag, place),
        back=places.after("", place),
        german=f"/{tags.SOURCE}/{place}",
        unchecked=bool(site.translators[tag].unchecked),
        demo=site.settings.demo,
    )


def beside(site: Site, tag: str, page: str, place: str) -> Frame:
    """The frame of a page that was opened from `place`, if from any, and leads back there."""
    if not place:
        return frame_for(site, tag, page)
    return replace(frame_for(site, tag, places.after(page, place)), back=places.after("", place))


def choosing(tag: str, place: str) -> str:
    """The address of the language page that leads back to `place`."""
    return places.after(f"/{tag}/languages", place)
