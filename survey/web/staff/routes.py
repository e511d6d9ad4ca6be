"""Every address of the staff pages; what is not in this list does not exist."""

from litestar import Controller
from litestar.handlers import HTTPRouteHandler

from survey.web.staff import (
    accounts,
    approvals,
    audit,
    login,
    oversight,
    overview,
    own,
    work_routes,
)

HANDLERS: tuple[HTTPRouteHandler | type[Controller], ...] = (
    login.login_show,
    login.login_try,
    login.logout,
    login.language_choose,
    overview.overview_show,
    own.own_show,
    own.own_password,
    accounts.AccountPages,
    approvals.approvals_show,
    approvals.approval_show,
    approvals.approval_decide,
    audit.audit_show,
    oversight.oversight_show,
    oversight.settings_show,
    oversight.told_show,
    *work_routes.HANDLERS,
)
