"""A synthetic jobcenter from export to report, and then the survey, served."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeAlias

import click
import httpx

from survey import clock
from survey.demo import commands, homes, journey, progress
from survey.demo.browser import Browser
from survey.demo.commands import Server
from survey.demo.errors import DemoStopped
from survey.demo.foundation import STAFF
from survey.demo.homes import FIRST, PAPERS, SECOND, Lived, Place
from survey.demo.journey import Step
from survey.demo.world import World

HURRIED = (
    "The demo does in minutes what takes weeks in a real house: there texts are read and",
    "printed only after the last day for deleting them, and a case manager sees what was",
    "shown to her only from the Monday that the person was told.",
)


Verify: TypeAlias = Callable[[World, Step], int]


def unverified(_: World, __: Step) -> int:
    """No fact verified: the demo as people run it."""
    return 0


def live(place: Place, *, fresh: bool) -> None:
    """The whole journey, or, when it was lived before, the servers at once; ends by Ctrl-C.

    Raises:
        DemoStopped: with what to do about it
    """
    with standing(place, fresh=fresh) as world:
        invite(world)
        world.server.wait()
        raise DemoStopped("the server has ended by itself", log=place.own / "server.log")


@contextmanager
def standing(place: Place, *, fresh: bool, verify: Verify = unverified) -> Iterator[World]:
    """The demo's world after its last step, with both servers running.

    Args:
        verify: called after each step of a new journey; gives how many facts hold

    Raises:
        DemoStopped: with what to do about it
    """
    before = None if fresh else homes.lived(place)
    if before:
        place = Place(home=place.home, port=before.port)
    for port in (place.port, place.cases_port, place.staff_port):
        commands.refuse_taken(port)
    server, cases = commands.survey_server(place), commands.cases_server(place)
    with _ended(place, server, cases):
        if before:
            yield _again(place, server, cases, before)
        else:
            yield _journey(place, server, cases, fresh=fresh, verify=verify)


def _again(place: Place, server: Server, cases: Server, before: Lived) -> World:
    """Serve what was lived before, with a code that is still unused."""
    if before.closes_on < clock.today():
        raise DemoStopped(
            f"the demo's wave ended on {before.closes_on}", cure="begin anew by --fresh"
        )
    server.start()
    cases.start()
    code = next((code for code in before.codes if _opens(place, code)), None)
    if code is None:
        raise DemoStopped("every code kept for this was used", cure="begin anew by --fresh")
    return journey.standing(place, server, cases, before, code)


def _opens(place: Place, code: str) -> bool:
    """Whether a code opens the questionnaire."""
    with Browser(place.base_url) as browser:
        return browser.press(browser.open("/de/code"), {"code": code}).status == httpx.codes.OK


def _journey(place: Place, server: Server, cases: Server, *, fresh: bool, verify: Verify) -> World:
    """Live through every step."""
    if fresh:
        homes.clear(place)
    elif homes.begun(place):
        raise DemoStopped(
            f"{place.home} holds an unfinished demo, or something else",
            cure=f".venv/bin/survey demo --home {place.home} --fresh deletes what it made there",
        )
    homes.begin(place)
    world = World(place=place, server=server, cases=cases, today=clock.today())
    since, verified = time.monotonic(), 0
    for number, step in enumerate(journey.STEPS, 1):
        with progress.step(number, len(journey.STEPS), step.title) as line:
            step.do(world, line)
        verified += verify(world, step)
    seconds = time.monotonic() - since
    more = f", {verified} facts verified" if verified else ""
    click.echo(f"\n{len(journey.STEPS)} steps in {seconds:.0f} s{more}.")
    return world


def invite(world: World) -> None:
    """Say what to open, and where the demo was faster than its letters and pages promise."""
    place, passwords = world.place, world.passwords
    code = world.letters[SECOND][0].code
    reports = [(" ".join(paper), place.report(*paper)) for paper in PAPERS]
    staff = [(login, ", ".join(roles)) for login, roles in STAFF.items()]
    progress.box(
        "The second wave is open. Answer as somebody who got this letter.",
        [
            ("Survey", place.base_url),
            ("  code", f"{code}   not used yet"),
            ("  as by QR", f"{place.base_url}/q#{code}"),
            ("  kiosk", f"{place.base_url}/kiosk#{world.token}"),
            ("Staff", place.staff_url),
            *((f"  {login}", f"{passwords[login]:<24} {duties}") for login, duties in staff),
            ("Cases", place.cases_url),
            ("  bernd", f"{passwords['bernd']:<24} people showed him something"),
            ("  clara", f"{passwords['clara']:<24} of another team: must see none of that"),
            ("  frieda-jc", f"{passwords['frieda-jc']:<24} data protection: the log of readings"),
            ("Reports", str(reports[0][1].parent)),
            *((f"  {title}", path.name) for title, path in reports),
            ("Letters", str(place.posted(SECOND))),
            ("Findings", str(place.findings(FIRST))),
            *((line, "") for line in HURRIED),
            ("Everybody in it is invented. Ctrl-C ends.", ""),
        ],
    )


@contextmanager
def _ended(place: Place, *servers: Server) -> Iterator[None]:
    """End the servers whatever happens; Ctrl-C, or being told to end, is a way to end well."""
    asked = (signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(number, _interrupted) for number in asked]
    try:
        yield
    except KeyboardInterrupt as error:
        if homes.lived(place) is None:
            raise DemoStopped("interrupted", cure="begin anew by --fresh") from error
        click.echo("\nThe demo has ended; the same command starts it again.")
    finally:
        for server in servers:
            server.stop()
        for number, handler in zip(asked, before, strict=True):
            signal.signal(number, handler)


def _interrupted(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt
