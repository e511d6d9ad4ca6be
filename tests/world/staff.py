"""Staff: Dilan (quality), Enno (redaction), Farah (privacy), Gerd (accounts); what they do."""

import atexit
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

from litestar import Litestar
from litestar.testing import TestClient

from survey import paths
from survey.actions.audit import Action
from survey.model.accounts import Account
from survey.model.approvals import Request
from survey.model.roles import ZONE, Role
from survey.staff import accounts
from survey.store import approvals
from tests.world import homes
from tests.world.world import World

PASSWORD = "drei Birnen am Bahnhof"  # noqa: S105 - of people who do not exist
PEOPLE: Mapping[str, tuple[Role, ...]] = {
    "dilan": ("quality_manager",),
    "enno": ("editor",),
    "farah": ("privacy_officer",),
    "gerd": ("administrator",),
}
TEMPLATES = paths.TEMPLATES / "staff"
# By what was asked for; passwords are slow to make.
_templates: dict[str, World] = {}
_TAG = re.compile(r'name="_tag" value="([0-9a-f]+)"')


def build(folder: Path, **facts: object) -> World:
    """A home as of `homes.build`, with four accounts; made once for the same facts, then copied."""
    if facts.get("database", homes.FILE) != homes.FILE:
        return _made(folder, facts)
    made = _templates.get(repr(facts))
    if made is None:
        made = _made(Path(tempfile.mkdtemp(prefix="resonanz-")), facts)
        made.database.close()
        # Until this process ends others are copied from it.
        atexit.register(shutil.rmtree, made.home.directory, ignore_errors=True)
        _templates[repr(facts)] = made
    return homes.copied(made, folder)


def _made(folder: Path, facts: Mapping[str, object]) -> World:
    world = homes.build(folder, **facts)  # type: ignore[arg-type]
    for login, roles in PEOPLE.items():
        account = accounts.create(
            world.database,
            ZONE,
            login=login,
            roles=roles,
            password=PASSWORD,
            actor="test",
            at=world.at,
        )
        assert isinstance(account, Account)
        world.staff[login] = account
    return world


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


def waiting(world: World, login: str) -> Request:
    """The change of this account that waits for a second person."""
    with world.database.read() as tx:
        every = approvals.list_all(tx)
    (found,) = [each for each in every if (each.login, each.state) == (login, "waiting")]
    return found


def decide(client: TestClient[Litestar], world: World, login: str, act: str = "approve"):
    """Agree, or with "refuse" not, to the change of this account that waits."""
    place = f"/approvals/{waiting(world, login).request_id}"
    return send(client, place, {"act": act})


def noted() -> set[str]:
    """The kinds of entries that the code writes into the audit."""
    return {*get_args(Action), *ZONE.changes.values()}
