"""The frame of every page of the connector: areas, who is logged in, the language."""

from collections.abc import Mapping

from msgspec import Struct

from connector.roles import Role
from connector.web.site import CaseSite
from survey.http.staff_session import AnyRequest, StaffRequest
from survey.language.tags import Tag
from survey.model.accounts import Account

# Who sees which area; its title stands in cases/layout.html, its address is its name.
AREAS: Mapping[Role, tuple[str, ...]] = {
    "case_manager": ("cases", "shown", "team"),
    "privacy_officer": ("audit",),
    "administrator": ("accounts",),
}


def areas_of(user: Account) -> tuple[str, ...]:
    """The areas this person sees, in the order of the top bar."""
    return tuple(area for role, areas in AREAS.items() if user.may((role,)) for area in areas)


class Frame(Struct, frozen=True, kw_only=True):
    """The frame of one page.

    Args:
        areas: what the top bar offers to this person
        area: the one this page belongs to
        tag: what every form must carry in its field `_tag`
        place: address of this page, for what leads back to it
        unchecked: nobody has checked the words of this language
    """

    language: Tag
    house: str
    demo: bool
    user: Account | None
    areas: tuple[str, ...]
    area: str
    tag: str
    place: str
    unchecked: bool


def frame_for(site: CaseSite, request: AnyRequest | StaffRequest, area: str = "") -> Frame:
    """The frame of a page in this area."""
    user = request.user
    settings = site.home.settings
    query = request.scope["query_string"].decode("latin-1")
    words = site.translators[site.language(request)]
    return Frame(
        language=words.tag,
        house=settings.house or settings.tenant,
        demo=settings.demo,
        user=user,
        areas=areas_of(user) if user else (),
        area=area,
        tag=request.auth.form_tag if request.auth else "",
        place=request.scope["path"] + (f"?{query}" if query else ""),
        unchecked=bool(words.unchecked),
    )
