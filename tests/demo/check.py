"""`make demo CHECK=1`: the demo lived through, each step verified, ended instead of served."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from survey.command import LazyGroup
from survey.demo import demo, homes
from survey.demo.errors import DemoStopped
from survey.demo.homes import FIRST, SECOND, Place
from survey.demo.journey import Step
from survey.demo.world import World
from tests.demo.checks import answers, cases, staff, zones
from tests.demo.checks.facts import Check, Fact

# What must hold after each step, by its name.
AFTER: Mapping[str, Check] = {
    "survey": zones.keys,
    "connector": zones.trust,
    "staff": staff.accounts,
    "serve": zones.pages,
    "export": zones.export_of(FIRST),
    "import": zones.import_of(FIRST),
    "sample": zones.sample_of(FIRST),
    "letters": zones.letters_of(FIRST),
    "open": zones.opened(FIRST),
    "device": staff.device,
    "visits": staff.visited,
    "answers": answers.answers,
    "close": answers.closed,
    "texts": staff.redacted,
    "reports": answers.report,
    "later-export": zones.export_of(SECOND),
    "later-import": zones.import_of(SECOND),
    "later-sample": zones.sample_of(SECOND),
    "later-letters": zones.letters_of(SECOND),
    "later-open": zones.opened(SECOND),
    "later-device": staff.next_device,
    "later-answers": staff.watched,
    "hand-over": cases.sealed,
    "case-managers": cases.accounts,
    "cases": cases.shown,
    "ready": answers.ready,
}
# What can be verified of a demo that was lived before.
STANDING: Mapping[str, Check] = {
    "Keys": zones.keys,
    "Trust": zones.trust,
    "Pages": zones.pages,
    "Staff pages": staff.accounts,
    "Reports": answers.report_is_whole,
    "Wave 2": zones.opened(SECOND),
    "Case pages": cases.shown,
    "Questions": answers.ready,
}


# A group, for its way to say what stops it.
@click.group(cls=LazyGroup, invoke_without_command=True)
@click.option("--home", type=click.Path(path_type=Path, file_okay=False), default=Path("var"))
@click.option("--port", type=click.IntRange(1024, 65535), default=8000)
@click.option("--fresh", is_flag=True, help="Delete what an earlier demo made there, begin anew.")
def main(home: Path, port: int, fresh: bool) -> None:
    """Live through the demo, verify each step, end."""
    place = Place(home=home, port=port)
    before = not fresh and homes.lived(place)
    with demo.standing(place, fresh=fresh, verify=after) as world:
        if before:
            click.echo("Lived before: only what stands is verified; --fresh does it all.")
            verified = sum(hold(check(world), f"{title}: ") for title, check in STANDING.items())
            click.echo(f"\n{verified} facts verified.")


def after(world: World, step: Step) -> int:
    """How many facts hold after a step."""
    return hold(AFTER[step.name](world))


def hold(facts: Iterator[Fact], title: str = "") -> int:
    """How many facts these are, if all of them hold.

    Raises:
        DemoStopped: one does not
    """
    count = 0
    for fact in facts:
        if not fact.holds:
            raise DemoStopped(f"this does not hold: {fact.words}")
        count += 1
    click.echo(f"        {title}{count} facts hold")
    return count


if __name__ == "__main__":
    main()
