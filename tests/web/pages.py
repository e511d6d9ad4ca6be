"""A sample of every page in every state, for whoever must visit them all: tests, pictures, axe.

`samples` names, for each route of the application, the addresses worth seeing; `missing` says which
routes have none, so that a new page cannot be forgotten.
"""

from typing import Literal, TypeAlias

from litestar import Litestar
from litestar.testing import TestClient
from msgspec import Struct

from survey.linkage import codes
from tests.web.houses import Street
from tests.web.people import answer, enter, send

State: TypeAlias = Literal["nobody", "answering", "elsewhere", "sent"]

# Not pages: machines ask them.
MACHINES = {
    "/health",
    "/static/{name:str}",
    "/exchange/waves",
    "/exchange/batches",
    "/exchange/prints",
}
WRONG = codes.derive(b"no such print key, 32 bytes long", 7)


class Sample(Struct, frozen=True, kw_only=True):
    """One page to look at.

    Args:
        route: as in the application's table
        address: what to open
        state: whose cookie to bring
        fields: to be sent from the form at `address`, for pages that only a form leads to
        button: `name=value` of the button to send them with
        status: what the server answers
    """

    name: str
    route: str
    address: str
    state: State = "nobody"
    fields: dict[str, str] = {}
    button: str = ""
    status: int = 200


def samples(language: str, questions: tuple[str, ...]) -> list[Sample]:
    """Every page in one language; `questions` are the ids of the published form."""
    base = f"/{language}"
    question = "/{tag:str}/question/{question_id:str}"
    rest = [
        Sample(name="first", route="/", address="/"),
        Sample(name="qr", route="/q", address="/q"),
        Sample(name="unknown-language", route="/{tag:str}/code", address="/xx/code", status=404),
        Sample(name="not-found", route="/{tag:str}/code", address=f"{base}/nothing", status=404),
        *(_plain(name, base) for name in ("languages", "code", "notice", "help", "accessibility")),
        *(_plain(name, base) for name in ("stopped", "erase", "erased", "emptied")),
        _typed("code-mistyped", base, "code", {"code": "7KQM-2R8T-XA5U"}, 422),
        _typed("code-empty", base, "code", {"code": ""}, 422),
        _typed("code-not-open", base, "code", {"code": WRONG}, 409),
        _typed("erase-mistyped", base, "erase", {"code": "7KQM"}, 422),
        _typed("erase-confirm", base, "erase", {"code": WRONG}, 200),
        Sample(name="no-session", route=question, address=f"{base}/check", status=403),
        _plain("notice", base, state="answering"),
        _plain("check", base, state="answering"),
        _plain("check", base, state="elsewhere"),
        _plain("stop", base, state="answering"),
        _plain("thanks", base, state="sent"),
    ]
    asked = [
        Sample(
            name=f"question-{each}",
            route=question,
            address=f"{base}/question/{each}",
            state="answering",
        )
        for each in questions
    ]
    elsewhere = Sample(
        name="question-elsewhere",
        route=question,
        address=f"{base}/question/{questions[0]}",
        state="elsewhere",
    )
    return [*rest, *asked, elsewhere]


def missing(app: Litestar, found: list[Sample]) -> set[str]:
    """Routes without a sample; the kiosk's are walked in a journey of their own."""
    there = {route.path for route in app.routes if not route.path.startswith("/kiosk")}
    return there - {each.route for each in found} - MACHINES


def cookies(street: Street, language: str, question: str) -> dict[State, str]:
    """A cookie for each state; `question` is a rating to be answered first."""
    made: dict[State, str] = {"nobody": ""}
    shared = street.code()
    plans: list[tuple[State, str]] = [
        ("answering", shared),
        ("elsewhere", shared),
        ("sent", street.code()),
    ]
    for state, code in plans:
        with TestClient(street.app, base_url=street.here.settings.base_url) as browser:
            browser.follow_redirects = False
            enter(browser, code, language)
            if state != "elsewhere":
                answer(browser, f"/{language}/question/{question}", **{question: "4"})
            if state == "sent":
                send(browser, language)
            made[state] = browser.cookies["session"]
    return made


def _plain(name: str, base: str, *, state: State = "nobody") -> Sample:
    title = name if state == "nobody" else f"{name}-{state}"
    return Sample(name=title, route="/{tag:str}/" + name, address=f"{base}/{name}", state=state)


def _typed(name: str, base: str, place: str, fields: dict[str, str], status: int) -> Sample:
    return Sample(
        name=name,
        route="/{tag:str}/" + place,
        address=f"{base}/{place}",
        fields=fields,
        status=status,
    )
