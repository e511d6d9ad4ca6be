"""Promise 5: nobody without her code can see whether Amira took part.

Two worlds are alike to the last byte until she answers in one of them. Then every address of the
application is asked by everybody there is, in both, and so are the operator's commands. What may
differ is what is drawn anew at every request: the value of a fresh session cookie.
"""

import re
import secrets
import time

import msgspec
import pytest
from litestar.testing import TestClient

from connector import settings as office_settings
from survey.app import create_app
from survey.home import Home
from survey.linkage import codes, envelopes, keys
from survey.model.exchange import Batch, InvitedCode, PullRequest
from tests.privacy.replacement_attack import destroyed, enveloped
from tests.world import answering, jobcenter
from tests.world.jobcenter import BASE, WAVE

# Drawn at random by every reply that opens a session or ends one; of one length for all.
DRAWN = re.compile(r"(session|shown)=([A-Za-z0-9_\-]+={0,2})")
PARAMETERS = {"tag": ("de", "ar"), "question_id": ("k1", "g2"), "name": ("nothing.js",)}
FORMS = (
    {},
    {"code": "1234"},
    {"_tag": "0" * 32},
    {"language": "de"},
    {"_go": "erase"},
    {"_go": "shown"},
)


def addresses(app):
    """(method, path) of the whole route table, with values for its parameters."""
    for route in app.routes:
        for handler in (
            route.route_handler_map.values() if hasattr(route, "route_handler_map") else ()
        ):
            methods = getattr(handler, "http_methods", None) or handler[0].http_methods
            for method in sorted(methods - {"OPTIONS", "HEAD"}):
                yield from ((method, path) for path in _filled(route.path_format))


def _filled(path):
    name = next(iter(re.findall(r"{(\w+)[^}]*}", path)), None)
    if name is None:
        return [path]
    return [
        done
        for value in PARAMETERS[name]
        for done in _filled(re.sub(r"{" + name + r"[^}]*}", value, path, count=1))
    ]


def _drawn(found):
    """What stands for a value that is random, with its length, which must not differ."""
    return f"{found[1]}={len(found[2])}"


def reply_of(client, method, path, **sent):
    reply = client.request(method, path, **sent)
    headers = sorted((name, DRAWN.sub(_drawn, value)) for name, value in reply.headers.items())
    return reply.status_code, headers, reply.content


def crawl(client, app, forms):
    """Every reply of the whole application to this browser."""
    seen = {}
    for method, path in addresses(app):
        if path.startswith("/exchange") and method == "POST":
            continue
        for number, form in enumerate(forms if method == "POST" else ({},)):
            sent = {"data": form} if method == "POST" else {}
            seen[method, path, number] = reply_of(client, method, path, **sent)
    return seen


def browser(world):
    app = world.app()
    client = TestClient(app, base_url=BASE)
    client.follow_redirects = False
    return app, client


def as_visitor(world):
    """Somebody without a code."""
    app, client = browser(world)
    with client:
        return crawl(client, app, FORMS)


def as_clara(world):
    """Another recipient in the middle of her own questionnaire, and when she has sent it."""
    app, client = browser(world)
    clara = world.invited[5]
    with client:
        first = [reply_of(client, "POST", "/de/code", data={"code": clara.code})]
        tag = answering.form_tag(client, "/de/question/k1")
        first.append(reply_of(client, "POST", "/de/question/k1", data={"_tag": tag, "k1": "2"}))
        gets = {
            path: reply_of(client, "GET", path)
            for method, path in addresses(app)
            if method == "GET"
        }
        sent = [reply_of(client, "POST", "/de/check", data={"_tag": tag})]
        after = crawl(client, app, ({}, {"_tag": tag}))
    return first, gets, sent, after


def as_connector(world):
    """The jobcenter at the exchange, with everything it may send."""
    _, client = browser(world)
    with client:
        seen = [reply_of(client, "GET", "/exchange/waves")]
        seen += [
            reply_of(client, "POST", "/exchange/batches", content=what)
            for what in (b"", b"{}", replacement(world), replacement(world))
        ]
        seen += [
            reply_of(client, "POST", "/exchange/prints", content=what)
            for what in (b"", msgspec.json.encode(destroyed(world)))
        ]
        seen += [
            reply_of(client, "POST", "/exchange/pull", content=what)
            for what in (b"", b"{}", asked_for(world))
        ]
    return seen


def as_operator(world):
    """The commands that read."""
    return [
        world.survey("wave", "list"),
        world.survey("programme", "list"),
        world.survey("keys", "show").replace(str(world.folder), ""),
        world.survey("settings").replace(str(world.folder), ""),
    ]


ROLES = {
    "visitor": as_visitor,
    "clara": as_clara,
    "connector": as_connector,
    "operator": as_operator,
}


def replacement(world):
    """A lost letter of Amira's: the same bytes in both worlds, since sealing is random."""
    path = world.folder.parent / "replacement.json"
    if not path.exists():
        amira = world.amira
        again = InvitedCode(
            code_digest=codes.digest(codes.derive(b"r" * 32, 0)),
            pseudonym=amira.pseudonym,
            unit_id=amira.unit_id,
            cell=amira.cell,
        )
        batch = Batch(
            batch_id="lost", wave_id=WAVE, units=(), cells=(), codes=(again,), replaces=True
        )
        path.write_bytes(msgspec.json.encode(enveloped(world, batch)))
    return path.read_bytes()


def asked_for(world):
    """What the connector sends to fetch all it may hold."""
    here = office_settings.read(world.office)
    parts = (here.connector_id, secrets.token_bytes(16))
    private = keys.signing_pair(here.keys).private
    signature = envelopes.sign(private, envelopes.PULL, *parts)
    request = PullRequest(connector_id=parts[0], nonce=parts[1], signature=signature)
    return msgspec.json.encode(request)


# What Amira does in one of the worlds.


def answers(world):
    _, client = browser(world)
    with client:
        answering.through_the_pages(client, world.amira)


def begins(world):
    _, client = browser(world)
    with client:
        answering.through_the_pages(client, world.amira, send=False)


def answers_and_deletes(world):
    answers(world)
    _, client = browser(world)
    with client:
        client.post("/de/erase", data={"code": world.amira.code, "_go": "erase"})


@pytest.fixture
def worlds(opened, tmp_path):
    return (
        jobcenter.again(opened, tmp_path / "one"),
        jobcenter.again(opened, tmp_path / "other"),
    )


@pytest.mark.parametrize("deed", [answers, begins, answers_and_deletes])
@pytest.mark.parametrize("role", ROLES)
def test_nobody_sees_a_difference_on_any_route(worlds, deed, role, monkeypatch):
    monkeypatch.setattr("survey.wrong_codes.USUAL", 0.0)
    one, other = worlds
    deed(one)
    assert ROLES[role](one) == ROLES[role](other)


def test_the_crawl_reaches_every_address_of_the_application(worlds):
    app = worlds[0].app()
    paths = {route.path_format for route in app.routes}
    reached = {path for _, path in addresses(app)}
    assert len(paths) > 15
    for path in paths:
        shape = re.sub(r"{[^}]*}", "[^/]+", path)
        assert any(re.fullmatch(shape, each) for each in reached), path


def test_the_crawl_would_see_a_count(worlds):
    """The comparison itself is sharp: one more invitation that is open makes no reply equal."""
    one, other = worlds
    one.survey("wave", "close", WAVE, "--yes", "--because", "Probe")
    assert as_operator(one) != as_operator(other)
    assert as_visitor(one) != as_visitor(other)


# Whoever holds her code sees that it is used, and no more.


def not_open(world, code):
    _, client = browser(world)
    with client:
        started = time.monotonic()
        reply = reply_of(client, "POST", "/de/code", data={"code": code})
        return *reply[:2], reply[2].replace(code.encode(), b"CODE"), time.monotonic() - started


def plain(reply):
    """Without the code that the visitor typed, which the page carries along and packs with it."""
    status, headers, body, _ = reply
    return status, [header for header in headers if header[0] != "content-length"], body


def test_who_holds_her_code_sees_that_it_is_used_and_nothing_else(worlds):
    one, other = worlds
    answers(one)
    used = not_open(one, one.amira.code)
    never = not_open(one, codes.derive(b"n" * 32, 1))
    assert plain(used) == plain(never)
    assert not_open(other, other.amira.code)[0] == 303


def test_wrong_used_deleted_expired_withdrawn_and_early_codes_get_one_reply(opened, tmp_path):
    amira = opened.amira
    replies = {}
    for name, deed in CLOSINGS.items():
        world = jobcenter.again(opened, tmp_path / name)
        deed(world)
        replies[name] = not_open(world, amira.code)
    world = jobcenter.again(opened, tmp_path / "wrong")
    replies["wrong"] = not_open(world, codes.derive(b"n" * 32, 1))
    bodies = {plain(reply)[2] for reply in replies.values()}
    assert len(bodies) == 1
    assert len({str(plain(reply)[:2]) for reply in replies.values()}) == 1
    assert min(reply[3] for reply in replies.values()) >= 0.4
    assert max(reply[3] for reply in replies.values()) < 2.5


def _moved(world, first, last):
    with world.home.database.write() as tx:
        tx.run(
            "UPDATE wave SET opens_on = :first, closes_on = :last WHERE tenant = :tenant",
            {"first": first, "last": last},
        )


CLOSINGS = {
    "used": answers,
    "deleted": answers_and_deletes,
    "closed": lambda world: world.survey("wave", "close", WAVE, "--yes", "--because", "Probe"),
    "withdrawn": lambda world: world.survey("wave", "withdraw-form", WAVE, "--yes"),
    "expired": lambda world: _moved(world, "2020-01-01", "2020-02-01"),
    "early": lambda world: _moved(world, "2090-01-01", "2090-02-01"),
}


def test_deleting_replies_alike_whether_anything_was_there(worlds):
    answers(worlds[0])
    seen = []
    for world in worlds:
        _, client = browser(world)
        with client:
            started = time.monotonic()
            reply = reply_of(
                client, "POST", "/de/erase", data={"code": world.amira.code, "_go": "erase"}
            )
            seen.append(reply)
            assert 0.4 <= time.monotonic() - started < 2.5
    assert seen[0] == seen[1]


# A process remembers pages it has made; asking for one of them must not tell who asked before.


def kept_pages(app):
    return app.dependencies["site"].dependency().pages


def rendered_by_a_visitor(world, deed):
    """How many pages a visitor's walk has to be rendered after somebody did something."""
    app = create_app(Home.enter(world.server))
    with TestClient(app, base_url=BASE) as client:
        client.follow_redirects = False
        deed(client, world.amira)
    pages = kept_pages(app)
    before = len(pages._wholes)
    with TestClient(app, base_url=BASE) as client:
        client.follow_redirects = False
        for tag in ("de", "ar"):
            for place in ("erased", "stopped", "emptied"):
                client.get(f"/{tag}/{place}")
    return len(pages._wholes) - before


def nothing(client, amira):
    """Amira is not there."""


def deletes_in_arabic(client, amira):
    client.post("/ar/erase", data={"code": amira.code, "_go": "erase"})
    client.get("/ar/erased")


def test_how_long_a_page_takes_does_not_tell_that_somebody_was_there_before(worlds):
    one, other = worlds
    assert rendered_by_a_visitor(one, deletes_in_arabic) == rendered_by_a_visitor(other, nothing)


def test_no_page_with_somebodys_answer_is_kept_for_the_next(world):
    app = create_app(Home.enter(world.server))
    with TestClient(app, base_url=BASE) as client:
        client.follow_redirects = False
        client.post("/de/code", data={"code": world.amira.code})
        tag = answering.form_tag(client, "/de/question/k1")
        client.post("/de/question/k1", data={"_tag": tag, "k1": "5"})
        client.get("/de/question/k1")
    kept = [key for key in kept_pages(app)._spliced if _answer_in(key)]
    assert kept == []


def _answer_in(key):
    state = key[-1] if isinstance(key, tuple) else None
    return getattr(state, "answer", None)
