"""One's own account: what one may do here, and a new password."""

from typing import ClassVar

from litestar import get, post

from survey.http import fields as form_fields
from survey.http import reply
from survey.http.page import View
from survey.http.reply import Reply
from survey.http.staff_session import StaffRequest
from survey.linkage import passwords
from survey.model.accounts import Account
from survey.model.problems import Problem
from survey.model.roles import ZONE
from survey.staff import account_checks as checks
from survey.staff import accounts as actions
from survey.staff import logins
from survey.web.staff import frame
from survey.web.staff.frame import Frame
from survey.web.staff.session import allows
from survey.web.staff.site import TheFields, TheSite


class OwnView(View, frozen=True, kw_only=True):
    """`least` is the shortest password that will do."""

    template: ClassVar[str] = "staff/own.html"

    frame: Frame
    account: Account
    least: int = passwords.LEAST
    problems: tuple[Problem, ...] = ()


@get("/own", guards=[allows()], sync_to_thread=True)
def own_show(request: StaffRequest, site: TheSite) -> Reply:
    """The page, with two empty fields."""
    view = OwnView(frame=frame.frame_for(site, request), account=request.user)
    return site.show(request, view)


@post("/own", guards=[allows()], sync_to_thread=True)
def own_password(request: StaffRequest, site: TheSite, fields: TheFields) -> Reply:
    """Take a new password from somebody who knows the old one; every session ends, this one too."""
    user = request.user
    problems: list[Problem] = []
    if not logins.confirmed(site.database, user, form_fields.single(fields, "old-password")):
        problems.append(Problem(field="old-password", message="password-wrong"))
    plain = form_fields.single(fields, "password")
    problems += checks.check_password(plain)
    if not problems:
        actions.give_password(
            site.database, ZONE, user.account_id, plain, actor=ZONE.actor(user), at=site.now()
        )
        return reply.see_other("/login?out=password", site.login.cookie.clear())
    view = OwnView(frame=frame.frame_for(site, request), account=user, problems=tuple(problems))
    return site.show(request, view, status=422)
