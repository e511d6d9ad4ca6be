"""A house with staff: Dilan (quality), Enno (redaction), Farah (privacy), Gerd (accounts)."""

import re
from collections.abc import Mapping
from pathlib import Path

from litestar import Litestar
from litestar.testing import TestClient
from msgspec import Struct

from survey import clock, paths
from survey.actions.house import House
from survey.linkage import tokens
from survey.model.accounts import Account
from survey.model.approvals import Request
from survey.model.roles import ZONE, Role
from survey.staff import accounts
from survey.staff.store import sessions
from survey.staff.store.sessions import Session
from survey.staff_app import create_staff_app
from survey.store import approvals
from tests.web import houses
from tests.web.houses import NOW, Street

PASSWORD = "drei Birnen am Bahnhof"  # noqa: S105 - of people who do not exist
PEOPLE: Mapping[str, tuple[Role, ...]] = {
    "dilan": ("quality_manager",),
    "enno": ("editor",),
    "farah": ("privacy_officer",),
    "gerd": ("administrator",),
}
BASE = "http://testserver.local"
TEMPLATES = paths.TEMPLATES / "staff"
_NOTED = re.compile(r'audit\.note\(\s*tx,\s*[^,]+,\s*"([a-z-]+)"')
_TAG = re.compile(r'name="_tag" value="([0-9a-f]+)"')


class Office(Struct, frozen=True, kw_only=True):
    """A house, its staff application and its people by login."""

    street: Street
    app: Litestar
    people: dict[str, Account]

    @property
    def here(self) -> House:
        """The house."""
        return self.street.here

    def browser(self, login: str = "") -> TestClient[Litestar]:
        """A browser; with a login, one in which this person has logged in."""
        client = TestClient(self.app, base_url=BASE)
        client.follow_redirects = False
        if login:
            log_in(client, login)
        return client


def session(office: Office, login: str) -> str:
    """The token of a session begun now; without the work of a password, which may have changed."""
    token, now = tokens.fresh(), clock.now()
    with office.here.database.write() as tx:
        sessions.begin(
            tx,
            Session(
                token_hash=tokens.digest(token),
                account_id=office.people[login].account_id,
                begun_at=now,
                seen_at=now,
            ),
        )
    return token


def build(folder: Path, **wishes: object) -> Office:
    """An office over `houses.build`."""
    street = houses.build(folder, **wishes)  # type: ignore[arg-type]
    people = {}
    for login, roles in PEOPLE.items():
        account = accounts.create(
            street.here.database,
            ZONE,
            login=login,
            roles=roles,
            password=PASSWORD,
            actor="test",
            at=NOW,
        )
        assert isinstance(account, Account)
        people[login] = account
    return Office(street=street, app=create_staff_app(street.here), people=people)


def log_in(client: TestClient[Litestar], login: str, password: str = PASSWORD) -> None:
    """Log in as people do."""
    reply = client.post("/login", data={"login": login, "password": password})
    assert reply.status_code == 303, reply.text


def tag(page: str) -> str:
    """The tag of the forms on a page."""
    found = _TAG.search(page)
    assert found, "no form on this page"
    return found[1]


def send(
    client: TestClient[Litestar], place: str, fields: Mapping[str, object], *, page: str = "/"
):
    """Send a form of `page` to `place`, with its tag."""
    return client.post(place, data={"_tag": tag(client.get(page).text), **fields})


def waiting(office: Office, login: str) -> Request:
    """The change of this account that waits for a second person."""
    with office.here.database.read() as tx:
        every = approvals.every(tx)
    (found,) = [each for each in every if (each.login, each.state) == (login, "waiting")]
    return found


def decide(client: TestClient[Litestar], office: Office, login: str, act: str = "approve"):
    """Agree, or with "refuse" not, to the change of this account that waits."""
    place = f"/approvals/{waiting(office, login).request_id}"
    return send(client, place, {"act": act})


def noted() -> set[str]:
    """The kinds of entries that the code writes into the audit, where it names them outright."""
    found = set()
    for path in (paths.ROOT / "survey").rglob("*.py"):
        found |= set(_NOTED.findall(path.read_text("utf-8")))
    return found
