"""Every address of the connector's pages; what is not in this list does not exist."""

from litestar import Controller
from litestar.handlers import HTTPRouteHandler

from connector.web import about, case, cases, login, oversight, releases, team

HANDLERS: tuple[HTTPRouteHandler | type[Controller], ...] = (
    login.home,
    login.LoginPages,
    cases.CaseList,
    case.case_show,
    releases.shown,
    team.team_show,
    oversight.Oversight,
    about.about,
)
