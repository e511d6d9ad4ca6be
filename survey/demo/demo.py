"""A synthetic jobcenter from export to report, and then the survey, served."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click

from survey import clock
from survey.demo import checks, commands, homes, journey, progress
from survey.demo.commands import Server
from survey.demo.errors import DemoStopped
from survey.demo.founding import STAFF
from survey.demo.homes import FIRST, PAPERS, SECOND, Lived, Place
from survey.demo.progress import Fact
from survey.demo.world import World

HURRIED = (
    "The demo does in minutes what takes weeks in a real house: there texts are read and",
    "printed only after the last day for deleting them, and a case manager sees what was",
    "shown to her only from the Monday that the person was told.",
)


def live(place: Place, *, check: bool, fresh: bool) -> None:
    """The whole journey, or, when it was lived before, the server at once.

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
            world = _again(place, server, cases, before, check=check)
        else:
            world = _journey(place, server, cases, check=check, fresh=fresh)
        if not check:
            invite(world)
            server.wait()
            raise DemoStopped("the server has ended by itself", log=place.own / "server.log")


def _again(place: Place, server: Server, cases: Server, before: Lived, *, check: bool) -> World:
    """Serve what was lived before, with a code that is still unused."""
    if before.closes_on < clock.today():
        raise DemoStopped(
            f"the demo's wave ended on {before.closes_on}", cure="begin anew by --fresh"
        )
    server.start()
    cases.start()
    code = next((each for each in before.codes if checks.opens(place, each)), None)
    if code is None:
        raise DemoStopped("every code kept for this was used", cure="begin anew by --fresh")
    world = journey.standing(place, server, cases, before, code)
    if check:
        click.echo("Lived before: only what stands is verified; --fresh --check does it all.")
        verified = sum(_verify(title, fact(world)) for title, fact in journey.STANDING)
        click.echo(f"\n{verified} facts verified.")
    return world


def _journey(place: Place, server: Server, cases: Server, *, check: bool, fresh: bool) -> World:
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
        if check:
            verified += _verify("", step.check(world))
    seconds = time.monotonic() - since
    more = f", {verified} facts verified" if check else ""
    click.echo(f"\n{len(journey.STEPS)} steps in {seconds:.0f} s{more}.")
    return world


def _verify(title: str, facts: Iterator[Fact]) -> int:
    count = 0
    for fact in facts:
        if not fact.holds:
            raise DemoStopped(f"this does not hold: {fact.said}")
        count += 1
    click.echo(f"        {title}{': ' if title else ''}{count} facts hold")
    return count


def invite(world: World) -> None:
    """Say what to open, and where the demo was faster than its letters and pages promise."""
    place, passwords = world.place, world.passwords
    code = world.letters[SECOND][0].code
    reports = [(" ".join(each), place.report(*each)) for each in PAPERS]
    staff = [(login, ", ".join(roles)) for login, roles in STAFF.items()]
    progress.box(
        "The second wave is open. Answer as somebody who got this letter.",
        [
            ("Survey", place.base_url),
            ("  code", f"{code}   not used yet"),
            ("  as by QR", f"{place.base_url}/q#{code}"),
            ("  kiosk", f"{place.base_url}/kiosk#{world.token}"),
            ("Staff", place.staff_url),
            *((f"  {login}", f"{passwords[login]:<24} {told}") for login, told in staff),
            ("Cases", place.cases_url),
            ("  bernd", f"{passwords['bernd']:<24} people showed him something"),
            ("  clara", f"{passwords['clara']:<24} of another team: must see none of that"),
            ("  frieda-jc", f"{passwords['frieda-jc']:<24} data protection: the log of readings"),
            ("Reports", str(reports[0][1].parent)),
            *((f"  {told}", path.name) for told, path in reports),
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
