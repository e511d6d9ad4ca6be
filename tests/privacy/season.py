"""One wave from opening to close, with copies of the disk taken on the way and every log kept."""

import logging
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import date
from io import StringIO
from pathlib import Path
from random import Random

from litestar.testing import TestClient
from msgspec import Struct

from survey.actions import releases
from survey.linkage import codes, keys
from survey.linkage.handles import handle
from survey.linkage.primitives import keyed
from survey.model.programmes import Level
from survey.model.waves import slot
from tests.privacy.attack import BOXES, DOMAINS, SHOWN
from tests.privacy.disks import Copy, take
from tests.world import answering, jobcenter
from tests.world.jobcenter import BASE, PROGRAMME, WAVE, Invited, Jobcenter

ONE_BY_ONE = 6
ERASERS = 3
BEGINNERS = 8


class Season(Struct, kw_only=True):
    """The wave as it went.

    Args:
        order: who answered, by place among the invited, in the order of sending
        copies, seen: of the disk while the wave was open, with who had answered by then
        erased: who deleted, with the copies before and after
        shown: blocks that people show to their case managers, by place
        late: copies with drafts and after the close
        said: everything any part logged or printed
    """

    world: Jobcenter
    order: list[int]
    begun: list[int]
    copies: list[Copy]
    seen: list[list[int]]
    erased: dict[int, tuple[Copy, Copy]]
    late: list[Copy]
    office: list[Copy]
    said: str
    shown: dict[int, tuple[str, ...]]

    @property
    def people(self) -> list[Invited]:
        return self.world.invited

    @property
    def every_copy(self) -> list[Copy]:
        between = [copy for pair in self.erased.values() for copy in pair]
        return [*self.copies, *between, *self.late]

    def keys(self, *holders: str) -> dict[str, bytes]:
        """Raw keys by holder and name; holders are "server", "evaluator", "office"."""
        folders = {
            "server": self.world.server_keys,
            "evaluator": self.world.evaluator_keys,
            "office": self.world.office / "keys",
        }
        return {
            f"{holder} {path.name}": keys.read(path.parent, path.name)
            for holder in holders
            for path in sorted(folders[holder].rglob("*"))
            if path.is_file() and path.suffix == ""
        }

    def owners(self) -> dict[bytes, int]:
        """Whose row is whose, by mark or handle: what only all keys together can say."""
        held = keys.evaluator_keys(self.world.evaluator_keys / PROGRAMME)
        own = keys.server_keys(self.world.server_keys / PROGRAMME)
        found: dict[bytes, int] = {}
        for place, one in enumerate(self.people):
            for domain in DOMAINS:
                found[keyed(held.link, "mark", domain, WAVE, one.pseudonym)] = place
            secret = keyed(held.code, codes.digest(one.code), "session")
            session = jobcenter.session(secret)
            for finds in (*(f"text {b}" for b in BOXES), *(f"release {b}" for b in SHOWN)):
                found[handle(own.handle, session, finds)] = place
        return found


def live(
    folder: Path,
    *,
    count: int,
    share: float,
    steps: int,
    by_pages: int = ONE_BY_ONE,
    seed: int = 7,
    level: Level = "linked",
) -> Season:
    """A whole wave; the first people answer through the pages, copies are taken after each.

    At level released four in ten show something, and it is handed over before anybody deletes.
    """
    said = StringIO()
    with _listening(said):
        world = jobcenter.build(folder / "world", count=count, seed=seed, share=share, level=level)
        season = _begin(world)
        _note(season, folder)
        for place in season.order[:by_pages]:
            _by_pages(world, world.invited[place], season.shown.get(place, ()))
            _note(season, folder, upto=len(season.seen[-1]) + 1)
        while len(season.seen[-1]) < len(season.order):
            done = len(season.seen[-1])
            for place in season.order[done : done + steps]:
                shown = season.shown.get(place, ())
                answering.through_the_actions(world, world.invited[place], show=shown)
            _note(season, folder, upto=min(done + steps, len(season.order)))
        if season.shown:
            # Before the slot nobody may read it, after it the connector alone.
            season.late.append(take(world.server, folder / "waiting"))
            hand_over(world)
        for place in season.order[-ERASERS:]:
            before = take(world.server, folder / f"before-{place}")
            _erase(world, world.invited[place])
            season.erased[place] = (before, take(world.server, folder / f"after-{place}"))
        for place in season.begun:
            answering.through_the_actions(world, world.invited[place], send=False)
        season.late.append(take(world.server, folder / "drafts"))
        season.office.append(take(world.office, folder / "office", name="connector.db"))
        world.survey("wave", "close", WAVE, "--yes", "--because", "Probe")
        season.late.append(take(world.server, folder / "closed"))
    season.said = said.getvalue() + "".join(world.printed)
    return season


def _begin(world: Jobcenter) -> Season:
    taking = [place for place, one in enumerate(world.invited) if one.plan.takes_part]
    order = Random(world.seed).sample(taking, len(taking))
    # Amira answers third, through the pages.
    order.remove(0)
    order.insert(2, 0)
    staying = [place for place, one in enumerate(world.invited) if not one.plan.takes_part]
    return Season(
        world=world,
        order=order,
        begun=staying[:BEGINNERS],
        copies=[],
        seen=[],
        erased={},
        late=[],
        office=[],
        said="",
        shown=_showing(world, order) if world.level == "released" else {},
    )


def _showing(world: Jobcenter, order: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Four in ten show their plan, half of these the help they got too; Amira both."""
    chance = Random(world.seed + 1)
    shown = {}
    for place in order:
        said = world.invited[place].plan.answers
        wants = chance.random() < 0.4 or place == 0
        blocks = ("plan", "help") if chance.random() < 0.5 or place == 0 else ("plan",)
        if wants and {"p1", "h1"} <= set(said):
            shown[place] = blocks
    return shown


def hand_over(world: Jobcenter) -> date:
    """The Monday comes on which the connector gets what people of this week show."""
    day = slot(world.services.today())
    releases.hand_over_due(world.services, day)
    return day


def _note(season: Season, folder: Path, *, upto: int = 0) -> None:
    season.copies.append(take(season.world.server, folder / f"copy-{len(season.copies):03d}"))
    season.seen.append(season.order[:upto])


def _by_pages(world: Jobcenter, one: Invited, show: Sequence[str] = ()) -> None:
    with _browser(world) as client:
        client.post("/de/code", data={"code": "0000-0000-0001"})
        answering.through_the_pages(client, one, show=show)


def _erase(world: Jobcenter, one: Invited) -> None:
    with _browser(world) as client:
        client.post("/de/erase", data={"code": one.code})
        client.post("/de/erase", data={"code": one.code, "_go": "erase"})


@contextmanager
def _browser(world: Jobcenter) -> Iterator[TestClient]:
    with TestClient(world.app(), base_url=BASE) as client:
        client.follow_redirects = False
        client.headers.update(answering.DEVICE_TOLD)
        yield client


@contextmanager
def _listening(said: StringIO) -> Iterator[None]:
    """Everything any module logs at any level, and all that goes to the terminal."""
    root = logging.getLogger()
    handler = logging.StreamHandler(said)
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        with redirect_stdout(said), redirect_stderr(said):
            yield
    finally:
        root.removeHandler(handler)
        root.setLevel(before)


def forget(folders: Sequence[Path]) -> None:
    """Copies take room."""
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
