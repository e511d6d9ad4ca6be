"""The frame of every staff page: areas, account, language, and the message of the last act."""

from collections.abc import Mapping
from typing import Any

from litestar.connection import Request
from litestar.datastructures import State
from msgspec import Struct

from survey.http import linked
from survey.language import tags
from survey.language.tags import Tag
from survey.model.accounts import Account
from survey.model.approvals import APPROVERS
from survey.model.roles import ROLES, WATCHERS, Role
from survey.web.staff.site import StaffSite

LAYOUT, PARTIAL = "staff/layout.html", "staff/partial.html"

# Who sees which area, in the order of the top bar; its title stands in staff/areas.html.
AREAS: Mapping[str, tuple[Role, ...]] = {
    "overview": ROLES,
    "waves": ("quality_manager", "privacy_officer"),
    "programmes": ("quality_manager", "privacy_officer"),
    "remarks": ("quality_manager", "editor", "privacy_officer"),
    "reports": ("quality_manager", "editor", "privacy_officer"),
    "oversight": (*WATCHERS, "administrator"),
    "audit": (*WATCHERS, "administrator"),
    "accounts": ("administrator",),
    "approvals": APPROVERS,
}


class Frame(Struct, frozen=True, kw_only=True):
    """The frame of one page.

    Args:
        layout: the template that the page extends; the part for a script that replaces one
        areas: what the top bar offers to this person
        area: the one this page belongs to
        tag: what every form must carry in its field `_tag`
        place: address of this page, for what leads back to it
        done: what was just done, the key of a sentence in the page's own template
        unchecked: nobody has checked the words of this language
        statement: the statement on accessibility, which recipients and staff share
    """

    layout: str
    language: Tag
    house: str
    demo: bool
    user: Account | None
    areas: tuple[str, ...]
    area: str
    tag: str
    place: str
    done: str
    unchecked: bool
    statement: str


def frame_for(site: StaffSite, request: Request[Any, Any, State], area: str = "") -> Frame:
    """The frame of a page in this area."""
    user = request.user
    tag = site.language(request)
    spoken = tag if tag in site.settings.languages else tags.SOURCE
    query = request.scope["query_string"].decode("latin-1")
    return Frame(
        layout=PARTIAL if linked.is_partial(request) else LAYOUT,
        language=site.translators[tag].tag,
        house=site.settings.name,
        demo=site.settings.demo,
        user=user,
        areas=tuple(key for key, roles in AREAS.items() if user and user.may(roles)),
        area=area,
        tag=request.auth.form_tag if request.auth else "",
        place=request.scope["path"] + (f"?{query}" if query else ""),
        done=request.query_params.get("done", ""),
        unchecked=bool(site.translators[tag].unchecked),
        statement=f"{site.settings.base_url}/{spoken}/accessibility",
    )
