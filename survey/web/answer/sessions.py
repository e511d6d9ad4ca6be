"""The session behind a recipient's cookie, and the draft it may see."""

from survey.actions import drafts
from survey.actions.drafts import OpenDraft, Sent
from survey.errors import Refused
from survey.http import fields as form_fields
from survey.http import guard
from survey.http.fields import Fields
from survey.http.page import Visit, header
from survey.linkage.drafts import Session
from survey.web.answer.site import Site


class NoSession(Refused):
    """There is no cookie: the window was closed, or it was cleared."""

    status, message = 403, "no-session"


class WrongCookie(Refused):
    """The cookie is not one of ours or was changed."""

    status, message = 403, "wrong-cookie"


class NothingHere(Refused):
    """The session's draft is gone: sent, deleted or closed elsewhere."""

    status, message = 409, "nothing-here"


def find(site: Site, visit: Visit) -> Session | None:
    """The session of this browser, None when there is none or it is not one of ours."""
    cookie = site.cookie.read(header(visit, b"cookie"))
    return site.services.evaluator.unlock(cookie) if cookie else None


def require(site: Site, visit: Visit) -> Session:
    """The session of this browser.

    Raises:
        NoSession, WrongCookie: nothing was changed
    """
    cookie = site.cookie.read(header(visit, b"cookie"))
    if cookie is None:
        raise NoSession()
    session = site.services.evaluator.unlock(cookie)
    if session is None:
        raise WrongCookie()
    return session


def need_for_form(site: Site, visit: Visit, fields: Fields) -> Session:
    """The session that this form was made for.

    Raises:
        NoSession, WrongCookie, WrongTag, ForeignWrite: nothing was changed
    """
    session = require(site, visit)
    guard.check_tag(form_fields.single(fields, "_tag"), session.form_tag)
    guard.check_site(visit.headers)
    return session


def sheet(site: Site, session: Session) -> OpenDraft | Sent:
    """The draft of this session, or that it was sent.

    Raises:
        NothingHere: neither a questionnaire nor a sent one
    """
    draft = drafts.open_draft(site.services, session)
    if draft is None:
        raise NothingHere()
    return draft
