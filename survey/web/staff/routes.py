"""Every address of the staff pages; what is not in this list does not exist."""

from litestar import Controller
from litestar.handlers import HTTPRouteHandler

from survey.web.staff import (
    accounts,
    approvals,
    audit,
    login,
    my_account,
    oversight,
    overview,
    work_routes,
)

HANDLERS: tuple[HTTPRouteHandler | type[Controller], ...] = (
    login.login_show,
    login.login_try,
    login.logout,
    login.language_choose,
    overview.overview_show,
    my_account.own_show,
    my_account.own_password,
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
