"""A sample of every page in every state, for whoever must visit them all: tests, pictures, axe.

`samples` names, for each route of the application, the addresses worth seeing; `missing` says which
routes have none, so that a new page cannot be forgotten.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias

from httpx import Response
from litestar import Litestar
from litestar.testing import TestClient
from msgspec import Struct
from msgspec.structs import replace

from survey.linkage import codes
from tests.web.people import answer, enter, send
from tests.world.world import World

State: TypeAlias = Literal["nobody", "answering", "elsewhere", "sent"]

# Not pages: machines ask them.
MACHINES = {
    "/health",
    "/static/{name:str}",
    "/exchange/waves",
    "/exchange/batches",
    "/exchange/prints",
    "/exchange/pull",
}
NOTHING: Mapping[str, str] = MappingProxyType({})
# All that may be shown of the default form, so that its longest page is seen.
TO_SHOW = {
    "l1": "1",
    "p1": "4",
    "p2": "_not_applicable",
    "h1": "2",
    **dict.fromkeys(("h5-money", "h5-housing", "h5-family", "h5-german"), "late"),
    **dict.fromkeys(("h5-school", "h5-work"), "not_needed"),
    "h5-health": "not_got",
}
WHOLE = "?show-benefits=1&show-plan=1&show-help=1&show-health=1"
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
        *(
            _plain(name, base)
            for name in ("stopped", "erase", "erased", "unseen", "unchanged", "emptied")
        ),
        _typed("code-mistyped", base, "code", {"code": "7KQM-2R8T-XA5U"}, 422),
        _typed("code-empty", base, "code", {"code": ""}, 422),
        _typed("code-not-open", base, "code", {"code": WRONG}, 409),
        _typed("erase-mistyped", base, "erase", {"code": "7KQM"}, 422),
        _typed("erase-confirm", base, "erase", {"code": WRONG}, 200),
        *(_beside(name, base) for name in ("notice", "help", "accessibility", "stop")),
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


def shown(language: str) -> list[Sample]:
    """Pages that are there, or say more, where people may show something."""
    base = f"/{language}"
    note = _plain("note", base, state="answering")
    return [
        _plain("check", base, state="answering"),
        _plain("share", base, state="answering"),
        _plain("share", base, state="elsewhere"),
        note,
        replace(note, name="note-chosen", address=f"{note.address}?show-plan=1&show-health=1"),
        replace(note, name="note-whole", address=f"{note.address}{WHOLE}"),
        _plain("notice", base, state="answering"),
        _plain("thanks", base, state="sent"),
        _plain("erase", base),
        _typed("code-not-open", base, "code", {"code": WRONG}, 409),
        _typed("erase-choice", base, "erase", {"code": WRONG}, 200),
    ]


def missing(app: Litestar, found: list[Sample]) -> set[str]:
    """Routes without a sample; the kiosk's are walked in a journey of their own."""
    there = {route.path for route in app.routes if not route.path.startswith("/kiosk")}
    return there - {each.route for each in found} - MACHINES


def cookies(
    world: World, language: str, question: str, more: Mapping[str, str] = NOTHING
) -> dict[State, str]:
    """A cookie for each state; `question` is a rating to be answered first.

    Args:
        more: answers to further questions; "elsewhere" gives the last of them on another device
    """
    made: dict[State, str] = {"nobody": ""}
    shared = world.code()
    plans: list[tuple[State, str]] = [
        ("answering", shared),
        ("elsewhere", shared),
        ("sent", world.code()),
    ]
    if more:
        # Again on a code of its own: nothing of what is to be shown is from another device.
        plans.append(("answering", world.code()))
    for state, code in plans:
        with TestClient(world.app, base_url=world.home.settings.base_url) as browser:
            browser.follow_redirects = False
            enter(browser, code, language)
            if state != "elsewhere":
                answer(browser, f"/{language}/question/{question}", **{question: "4"})
            for each in [*more][-1:] if state == "elsewhere" else more:
                answer(browser, f"/{language}/question/{each}", **{each: more[each]})
            if state == "sent":
                send(browser, language)
                if more:
                    answer(browser, f"/{language}/share")
            made[state] = browser.cookies["session"]
    return made


def opened(world: World, sample: Sample, cookie: str) -> Response:
    """The reply to opening a page with this cookie, or to sending its form."""
    with TestClient(world.app, base_url="http://testserver.local") as browser:
        browser.follow_redirects = False
        headers = {"cookie": f"session={cookie}"} if cookie else {}
        if sample.fields:
            return browser.post(sample.address, data=sample.fields, headers=headers)
        return browser.get(sample.address, headers=headers)


def _plain(name: str, base: str, *, state: State = "nobody") -> Sample:
    title = name if state == "nobody" else f"{name}-{state}"
    return Sample(name=title, route="/{tag:str}/" + name, address=f"{base}/{name}", state=state)


def _beside(name: str, base: str) -> Sample:
    """A page opened from a question, which leads back there."""
    address = f"{base}/{name}?to=question%2Fk2%3Fthen%3Dcheck"
    return Sample(
        name=f"{name}-beside", route="/{tag:str}/" + name, address=address, state="answering"
    )


def _typed(name: str, base: str, place: str, fields: dict[str, str], status: int) -> Sample:
    return Sample(
        name=name,
        route="/{tag:str}/" + place,
        address=f"{base}/{place}",
        fields=fields,
        status=status,
    )
