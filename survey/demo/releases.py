"""The second wave has begun: some show something, and a case manager finds it on her pages."""

from collections import Counter
from datetime import timedelta

from survey.demo import commands, export, first_wave, homes, opinions, people
from survey.demo.errors import DemoStopped
from survey.demo.foundation import password
from survey.demo.homes import FIRST, SECOND, SPARE_CODES, Lived
from survey.demo.progress import Line
from survey.demo.world import World

SEED = 1927
# How many of the second wave's letters have been opened by now.
EARLY = 120
# The slot of whoever answers today lies within so many days.
SLOT = timedelta(days=14)
YEAR = timedelta(days=365)


def answer(world: World, line: Line) -> None:
    """The first of the second wave."""
    some = first_wave.addressed(world, SECOND)[SPARE_CODES : SPARE_CODES + EARLY]
    minds = opinions.minds(some, SEED)

    def heard(count: int) -> None:
        line.say(f"{count} of {len(minds)} people")

    world.later = people.answer(world.place.base_url, minds, heard)
    line.say(
        f"{len(minds)} people, {sum(bool(outcome.shown) for outcome in world.later)} show something"
    )


def hand_over(world: World, line: Line) -> None:
    """What the server's worker does on a Monday, and the connector every night."""
    until = (world.today + SLOT).isoformat()
    commands.survey(world.place, "release", "deliver", "--as-of", until)
    commands.connector(world.place, "pull")
    line.say("sealed to the connector, fetched, kept under the key of case numbers")


def give_logins(world: World, line: Line) -> None:
    """Bernd, to whom most was shown; Clara in another team; one for data protection."""
    signs = _signs(world)
    bernd = signs.most_common(1)[0][0]
    teams = _teams(world)
    clara = next(team for team in sorted(teams) if teams[team] != teams[bernd])
    for login, name, sign in (("bernd", "Bernd", bernd), ("clara", "Clara", clara)):
        words = ["--name", name, "--role", "case_manager", "--case-manager", sign, "--generate"]
        # They were there before the first letters were drawn.
        words += ["--since", (world.today - YEAR).isoformat()]
        output = commands.connector(world.place, "account", "add", login, *words)
        world.passwords[login] = password(output)
        world.signs[login] = sign
    words = ["--name", "Frieda", "--role", "privacy_officer", "--generate"]
    output = commands.connector(world.place, "account", "add", "frieda-jc", *words)
    world.passwords["frieda-jc"] = password(output)
    line.say(f"bernd ({bernd}), clara ({clara}), frieda-jc")


def serve(world: World, line: Line) -> None:
    """The case pages, in the jobcenter's network."""
    world.cases.start()
    line.say(world.place.cases_url)


def remember(world: World, line: Line) -> None:
    """Write down what a second start of the demo needs."""
    codes = tuple(letter.code for letter in world.letters[SECOND][:SPARE_CODES])
    lived = Lived(
        port=world.place.port,
        closes_on=world.closes_on(SECOND),
        codes=codes,
        passwords=world.passwords,
        signs=world.signs,
        token=world.token,
    )
    homes.save(world.place, lived)
    line.say(f"wave {SECOND} is open until {world.closes_on(SECOND)}")


def _signs(world: World) -> Counter[str]:
    """To how many people of each case manager something was shown, over both waves."""
    counts: Counter[str] = Counter()
    for wave, done in ((FIRST, world.done), (SECOND, world.later)):
        whose = {code: person for person, code in first_wave.addressed(world, wave)}
        for outcome in done:
            person = whose.get(outcome.mind.code)
            if person and outcome.shown and outcome.mind.course == "send":
                counts[person.case_manager] += 1
    if not counts:
        raise DemoStopped("nobody showed anything")
    return counts


def _teams(world: World) -> dict[str, str]:
    known = export.addressees(world.place.export(SECOND)).values()
    return {person.case_manager: person.team for person in known if person.case_manager}
