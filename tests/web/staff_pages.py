"""A sample of every staff page in every state, for whoever must visit them all: tests, pictures,
axe. `missing` says which routes have none, so that a new page cannot be forgotten.
"""

import re
from html import unescape
from typing import Any

from httpx import Response
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute
from msgspec import Struct

from survey import clock
from survey.actions import approvals
from survey.actions.approvals import WaitingRequest
from tests.world import staff
from tests.world.world import World

# Not pages: machines ask for them, or they only lead on.
MACHINES = {"/health", "/static/{name:str}"}
LEADING_ON = {
    "/logout",
    "/language",
    "/accounts/{account_id:str}/roles",
    "/accounts/{account_id:str}/disabled",
    "/reports/{wave_id:str}/preview",
}


_FORM = re.compile(r'<form[^>]* action="([^"]*)".*?</form>', re.DOTALL)
_BUTTON = re.compile(r'<button[^>]* name="([^"]+)" value="([^"]*)"')


class Sample(Struct, frozen=True, kw_only=True):
    """One page to look at.

    Args:
        route: as in the application's table
        address: what to open
        who: login of who opens it; empty for nobody
        fields: to be sent from the form at `address` whose action is `action`
        lost: the session ends before the form is sent
        status: what the server answers
    """

    name: str
    route: str
    address: str
    who: str = "gerd"
    fields: dict[str, Any] = {}
    action: str = ""
    lost: bool = False
    status: int = 200


def samples(world: World) -> list[Sample]:
    """Every page of the foundation: login, overview, own account, accounts, audit, oversight.

    Asks anew for changes of accounts, so that some wait whoever has agreed to them since.
    """
    dilan = world.staff["dilan"].account_id
    waiting = asked(world)
    request = "/approvals/{request_id:str}"
    one = "/accounts/{account_id:str}"
    return [
        Sample(name="login", route="/login", address="/login?next=%2Faccounts", who=""),
        Sample(name="login-ended", route="/login", address="/login?ended=1", who=""),
        Sample(name="login-out", route="/login", address="/login?out=1", who=""),
        Sample(
            name="login-wrong",
            route="/login",
            address="/login",
            who="",
            fields={"login": "dilan", "password": "falsch"},
            action="/login?language=de",
            status=422,
        ),
        Sample(
            name="login-english",
            route="/login",
            address="/login?language=en",
            who="",
            fields={"login": "dilan", "password": "wrong"},
            action="/login?language=en",
            status=422,
        ),
        Sample(
            name="expired",
            route="/accounts/new",
            address="/accounts/new",
            fields={"login": "neue-kraft", "roles": ["editor"]},
            action="/accounts/new",
            lost=True,
            status=401,
        ),
        Sample(name="overview", route="/", address="/", who="dilan"),
        Sample(name="own", route="/own", address="/own", who="dilan"),
        Sample(
            name="own-wrong",
            route="/own",
            address="/own",
            who="dilan",
            fields={"old-password": "falsch", "password": "kurz"},
            action="/own",
            status=422,
        ),
        Sample(name="accounts", route="/accounts", address="/accounts"),
        Sample(name="accounts-found", route="/accounts", address="/accounts?q=n&role=editor"),
        Sample(name="accounts-nobody", route="/accounts", address="/accounts?q=niemand"),
        Sample(name="account-new", route="/accounts/new", address="/accounts/new"),
        Sample(
            name="account-new-wrong",
            route="/accounts/new",
            address="/accounts/new",
            fields={"login": "Dilan Aksoy", "roles": ["privacy_officer", "administrator"]},
            action="/accounts/new",
            status=422,
        ),
        Sample(name="account", route=one, address=f"/accounts/{dilan}?done=roles"),
        Sample(name="account-disable", route=one, address=f"/accounts/{dilan}?ask=disable"),
        Sample(name="account-password-ask", route=one, address=f"/accounts/{dilan}?ask=password"),
        Sample(
            name="account-last",
            route=one,
            address=f"/accounts/{world.staff['gerd'].account_id}?ask=disable",
            fields={},
            action="/disabled",
            status=422,
        ),
        Sample(
            name="account-password",
            route=f"{one}/password",
            address=f"/accounts/{world.staff['enno'].account_id}?ask=password",
            action="/password",
        ),
        Sample(name="account-waiting", route=one, address=f"/accounts/{dilan}?done=asked"),
        Sample(name="overview-approver", route="/", address="/", who="farah"),
        Sample(name="approvals", route="/approvals", address="/approvals", who="farah"),
        Sample(name="approvals-found", route="/approvals", address="/approvals?q=heike"),
        Sample(name="approvals-nothing", route="/approvals", address="/approvals?q=niemand"),
        Sample(
            name="approval", route=request, address=f"/approvals/{waiting['roles']}", who="farah"
        ),
        Sample(name="approval-own", route=request, address=f"/approvals/{waiting['account']}"),
        Sample(
            name="approval-about",
            route=request,
            address=f"/approvals/{waiting['own']}",
            who="farah",
        ),
        Sample(
            name="approval-half",
            route=request,
            address=f"/approvals/{waiting['password']}",
            who="farah",
            action=waiting["password"],
        ),
        Sample(
            name="approval-over",
            route=request,
            address=f"/approvals/{waiting['password']}",
            who="farah",
        ),
        Sample(name="audit", route="/audit", address="/audit", who="farah"),
        Sample(name="audit-checked", route="/audit", address="/audit?check=1", who="farah"),
        Sample(
            name="audit-no-day",
            route="/audit",
            address="/audit?first=gestern",
            who="farah",
            status=422,
        ),
        Sample(name="audit-nothing", route="/audit", address="/audit?action=restore", who="farah"),
        Sample(name="oversight", route="/oversight", address="/oversight", who="farah"),
        Sample(
            name="settings", route="/oversight/settings", address="/oversight/settings", who="farah"
        ),
        Sample(
            name="told",
            route="/oversight/told/{wave_id:str}",
            address="/oversight/told/w1",
            who="farah",
        ),
        Sample(
            name="told-arabic",
            route="/oversight/told/{wave_id:str}",
            address="/oversight/told/w1?in=ar",
            who="farah",
        ),
        Sample(name="not-there", route="/accounts", address="/accounts/nobody", status=404),
        Sample(name="not-allowed", route="/accounts", address="/accounts", who="dilan", status=403),
    ]


def asked(world: World) -> dict[str, str]:
    """Changes of accounts that Gerd asks for, by what they are."""
    database, people, at = world.database, world.staff, clock.now()
    gerd = people["gerd"]
    dilan, farah = people["dilan"].account_id, people["farah"].account_id
    new = approvals.ask_account(
        database, login="heike", roles=("editor",), language="de", by=gerd, at=at
    )
    both = approvals.ask_roles(database, dilan, ("quality_manager", "editor"), by=gerd, at=at)
    made = {
        "account": new,
        "roles": both,
        "password": approvals.ask_password(database, dilan, by=gerd, at=at),
        "own": approvals.ask_password(database, farah, by=gerd, at=at),
    }
    return {
        name: each.request.request_id
        for name, each in made.items()
        if isinstance(each, WaitingRequest)
    }


def opened(world: World, sample: Sample) -> Response:
    """The reply to opening a page, and to sending the form on it where the sample says so."""
    client = world.browser()
    if sample.who:
        client.cookies.set("staff", world.session(sample.who))
    page = client.get(sample.address)
    if not sample.action:
        return page
    forms = [each for each in _FORM.finditer(page.text) if each[1].endswith(sample.action)]
    pressed = dict(_BUTTON.findall(forms[-1][0])[:1])
    tag = {"_tag": staff.tag(page.text)} if sample.who else {}
    if sample.lost:
        client.cookies.clear()
    return client.post(unescape(forms[-1][1]), data={**tag, **pressed, **sample.fields})


def routes(app: Litestar) -> dict[str, list[HTTPRouteHandler]]:
    """Every route with its handlers."""
    return {
        route.path_format.replace("{", "{"): list(route.route_handlers)
        for route in app.routes
        if isinstance(route, HTTPRoute)
    }


def missing(app: Litestar, known: list[Sample]) -> set[str]:
    """Routes without a sample."""
    there = {route.path for route in app.routes if isinstance(route, HTTPRoute)}
    return there - {each.route for each in known} - MACHINES - LEADING_ON
