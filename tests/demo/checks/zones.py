"""Facts about both zones after a step of the demo, read by outsiders: pages, files, bytes."""

import csv
import stat
from collections.abc import Iterator
from pathlib import Path

import httpx

from survey.demo import commands, export, letters_reader
from survey.demo.browser import Browser, Page
from survey.demo.homes import NAME, PROGRAMME, SECOND
from survey.demo.world import World
from survey.linkage import codes
from tests.demo.checks.facts import Check, Fact

LANGUAGES = {"de": "ltr", "de-simple": "ltr", "en": "ltr", "ar": "rtl"}
# A code whose check symbols fit and that nobody was given.
NOBODYS = codes.derive(bytes(32), 0)
GRADES = {"row", "warning", "excluded", "note"}


def keys(world: World) -> Iterator[Fact]:
    """Every key is there, for its owner's eyes only, and outside the database."""
    said = commands.survey(world.place, "keys", "show").text
    yield Fact("no key is missing", "MISSING" not in said and PROGRAMME in said)
    # Keys have no suffix; the log of erasures lies beside them.
    folder = world.place.survey / "keys"
    files = [path for path in folder.rglob("*") if path.is_file() and not path.suffix]
    modes = {stat.S_IMODE(path.stat().st_mode) for path in files}
    yield Fact("key files are 0600", bool(files) and modes == {0o600})
    held = [path.read_text("ascii").strip() for path in files]
    stored = stored_bytes(world.place.survey)
    yield Fact(
        "no key lies in the database",
        not any(key.encode() in stored or bytes.fromhex(key) in stored for key in held),
    )
    listed = commands.survey(world.place, "programme", "list").text
    yield Fact("the programme is at level released", f"{PROGRAMME}  released" in listed)


def trust(world: World) -> Iterator[Fact]:
    """The connector seals to the evaluator's key and to no other."""
    told = commands.connector(world.place, "settings").text
    pinned = commands.survey(world.place, "keys", "fingerprint").text.strip()
    yield Fact("the evaluator's fingerprint is pinned", f"evaluator_fingerprint = {pinned}" in told)
    pinned = commands.survey(world.place, "keys", "fingerprint", "--server").text.strip()
    yield Fact("the server's fingerprint is pinned", f"server_fingerprint = {pinned}" in told)
    yield Fact(
        "the public keys were handed over", (world.place.connector / "public-keys.toml").is_file()
    )


def pages(world: World) -> Iterator[Fact]:
    """First pages come in every language, with strict headers; a wrong code opens nothing."""
    first = httpx.get(world.place.base_url, trust_env=False)
    yield Fact("the first page comes", first.status_code == 200)
    yield Fact("nothing is cached", "no-store" in first.headers.get("cache-control", ""))
    yield Fact("scripts from elsewhere are refused", "content-security-policy" in first.headers)
    yield Fact("nothing is set before a code", "set-cookie" not in first.headers)
    for tag, direction in LANGUAGES.items():
        with Browser(world.place.base_url, tag) as browser:
            page = browser.open(f"/{tag}/code")
            yield Fact(
                f"the code page comes in {tag}", (page.status, page.direction) == (200, direction)
            )
            yield Fact(
                f"a wrong code opens nothing in {tag}",
                browser.press(page, {"code": NOBODYS}).status == 409,
            )


def export_of(wave: str) -> Check:
    """The file is as such systems write it."""

    def check(world: World) -> Iterator[Fact]:
        raw = world.place.export(wave).read_bytes()
        header = raw.split(b"\r\n", 1)[0].decode(export.ENCODING)
        yield Fact("the header has its 23 columns", tuple(header.split(";")) == export.HEADER)
        yield Fact("it is no UTF-8", not _is_utf8(raw))

    return check


def import_of(wave: str) -> Check:
    """Findings are told, the same file again changes nothing, nothing personal is stored."""

    def check(world: World) -> Iterator[Fact]:
        place = world.place
        with place.findings(wave).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
        yield Fact("every kind of finding occurs", {row["grade"] for row in rows} == GRADES)
        yield Fact("refused rows are told", sum(row["grade"] == "row" for row in rows) >= 15)
        yield Fact("the same file changes nothing", "nichts geändert" in _again(world, wave))
        people_known = export.addressees(place.export(wave))
        stored = stored_bytes(place.connector)
        yield Fact("no case number is stored", b"FM-20" not in stored)
        yield Fact(
            "no name is stored", not any(_in(each.name, stored) for each in people_known.values())
        )
        yield Fact(
            "no street is stored",
            not any(_in(each.street, stored) for each in people_known.values()),
        )

    return check


def sample_of(wave: str) -> Check:
    """The server knows counts; the batch has left the outbox."""

    def check(world: World) -> Iterator[Fact]:
        listed = commands.survey(world.place, "wave", "list").text
        yield Fact(
            "the wave is sampled", f"{wave}  {PROGRAMME}" in listed and "  sampled  " in listed
        )
        again = commands.connector(world.place, "push").text
        yield Fact("nothing waits in the outbox", "Nothing waits" in again)
        offers = httpx.get(f"{world.place.base_url}/exchange/waves", trust_env=False).json()
        thresholds = [each["k_up"] for each in offers if each["wave_id"] == wave]
        yield Fact("the offer names its thresholds", thresholds == [20])

    return check


def letters_of(wave: str) -> Check:
    """One page each, a code of its own on each, and no code works yet."""

    def check(world: World) -> Iterator[Fact]:
        mine = world.letters[wave]
        codes_of = {each.code for each in mine}
        yield Fact("every letter has a code of its own", len(codes_of) == len(mine) > 0)
        known = export.addressees(world.place.export(wave))
        yield Fact(
            "every letter has somebody's address", all((e.name, e.street) in known for e in mine)
        )
        if wave == SECOND:
            earlier = {
                (each.name, each.street)
                for first in world.letters.values()
                if first is not mine
                for each in first
            }
            now = {(each.name, each.street) for each in mine}
            yield Fact("nobody is asked twice within the period", not earlier & now)
            reminded = letters_reader.read(world.place.reminders(wave))
            yield Fact(
                "reminders carry the same codes", {each.code for each in reminded} == codes_of
            )
        yield Fact("no code works before the wave opens", knock(world, mine[0].code).status == 409)

    return check


def opened(wave: str) -> Check:
    """Nobody can print the codes again, and now they work."""

    def check(world: World) -> Iterator[Fact]:
        place = world.place
        yield Fact("no print key is left", not any((place.connector / "keys" / "print").iterdir()))
        left = [path for path in (place.letters(wave), place.reminders(wave)) if path.exists()]
        yield Fact("the connector has removed the letters", not left)
        out = place.own / "printed-again.pdf"
        source = ["--source", str(place.export(wave)), "--mapping", str(place.mapping)]
        commands.connector(place, "letters", wave, *source, "--out", str(out), fine=(1,))
        yield Fact("letters cannot be printed again", not out.exists())
        code = world.letters[wave][-1].code
        page = knock(world, code)
        yield Fact("a code opens the notice", page.status == 200 and page.path == "/de/notice")
        yield Fact(
            "the notice says who asks", NAME in page.text and "Ihr Geld bleibt gleich" in page.text
        )
        yield Fact(
            "the notice says who cannot look", "kann Ihre Antworten nicht zuordnen" in page.text
        )
        stored = stored_bytes(place.survey) + stored_bytes(place.connector)
        yield Fact(
            "no code is stored in either zone",
            not any(_in(e.code, stored) for e in world.letters[wave]),
        )

    return check


def knock(world: World, code: str) -> Page:
    """The page that a code leads to."""
    with Browser(world.place.base_url) as browser:
        return browser.press(browser.open("/de/code"), {"code": code})


def stored_bytes(home: Path) -> bytes:
    """All bytes of the databases of a home, with what lies beside them."""
    return b"".join(path.read_bytes() for path in sorted(home.glob("*.db*")))


def _again(world: World, wave: str) -> str:
    place = world.place
    file = [str(place.export(wave)), "--mapping", str(place.mapping)]
    day = ["--as-of", world.today.isoformat()]
    return commands.connector(place, "import", *file, *day, fine=(0, 1)).text


def _in(text: str, stored: bytes) -> bool:
    return text.encode() in stored or text.replace("-", "").encode() in stored


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
