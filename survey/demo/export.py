"""A synthetic export of a case-management system: one seed, one day, always the same file.

Columns, encoding and faults are those of real list exports, so that the shipped mapping fits and
the import has something to say. Nobody in it exists.
"""

import csv
import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct

from survey.demo import names

SEED = 1816
EPISODES = 800
# Cases that the earlier export holds; the others come after it.
EARLIER = 640
ENCODING = "cp1252"
HEADER = (
    "Aktenzeichen", "BG-Nummer", "Kundennummer", "Name", "Vorname", "Geburtsdatum", "Anrede",
    "Straße", "PLZ", "Ort", "Sprache", "Fallart", "Zugang am", "Beendet am", "Beendigungsgrund",
    "Team", "Fallmanager/in (Kürzel)", "Anzahl Hemmnisse", "Maßnahme", "Leistungsbezug seit",
    "Auskunftssperre", "Staatsangehörigkeit", "Bemerkung",
)  # fmt: skip
OF_THE_PERSON = (
    "Kundennummer", "Name", "Vorname", "Geburtsdatum", "Anrede", "Straße", "PLZ", "Ort", "Sprache",
)  # fmt: skip

# Cases per team, and case managers there: three at least, or no unit could be formed.
TEAMS = {
    "FM 1": (100, 4),
    "FM 2": (96, 4),
    "FM 3": (92, 4),
    "FM 4": (90, 3),
    "FM 5": (88, 3),
    "FM 6": (86, 3),
    "FM 7": (84, 3),
    "FM 8": (82, 3),
    "U25": (82, 3),
}
LANGUAGES = {
    "deu": 46, "ukr": 15, "ara": 14, "rus": 5, "tur": 6, "fas": 4, "eng": 3, "bul": 3, "ron": 4,
}  # fmt: skip
KINDS = {"Fallmanagement": 80, "Betreuung": 12, "Coaching §16k": 8}
REASONS = (
    "Integration in Arbeit", "Ausbildung", "Übergabe Vermittlung", "Ziel erreicht", "Umzug",
    "Abbruch TN", "Abbruch JC", "kein Kontakt", "Rente/EM", "Wegfall Hilfebedürftigkeit",
)  # fmt: skip
MEASURES = (
    "", "", "", "§45 SGB III", "AGH §16d", "§16a Sucht", "§16a Schuldnerberatung", "§16e EvL",
    "§16i TaAM", "§16k Coaching",
)  # fmt: skip
REMARKS = ("", "", "", "Termin; verschoben", 'sagt "nein"', "mehrzeilige\nNotiz")
NATIONS = ("DEU", "UKR", "SYR", "TUR", "AFG", "BGR", "ROU")

Row = dict[str, str]


class Addressee(Struct, frozen=True, kw_only=True):
    """What a simulated person knows about herself; found by what stands in a letter's window."""

    name: str
    street: str
    language: str
    team: str
    case_manager: str


def write(path: Path, *, as_of: date, cases: int = EPISODES, seed: int = SEED) -> int:
    """Write the export with the first so many cases; gives the number of records."""
    records = list(_records(as_of, cases, seed))
    with path.open("w", encoding=ENCODING, newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(HEADER)
        writer.writerows(records)
    return len(records)


def addressees(path: Path) -> dict[tuple[str, str], Addressee]:
    """Everybody in the export by name and street, as the postwoman knows them."""
    with path.open(encoding=ENCODING, newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter=";") if row["Straße"]]
    people = [
        Addressee(
            name=f"{row['Vorname']} {row['Name']}".strip(),
            street=row["Straße"],
            language=row["Sprache"].strip(),
            team=row["Team"].strip(),
            case_manager=row["Fallmanager/in (Kürzel)"].strip(),
        )
        for row in rows
    ]
    return {(person.name, person.street): person for person in people}


def _records(as_of: date, cases: int, seed: int) -> Iterator[list[str]]:
    """Every record as cells; whole ones first made, then spoilt, then doubled."""
    drawn = random.Random(seed)  # noqa: S311 - repeatable, nothing secret
    rows = list(_rows(drawn, as_of))
    for first, second in zip(rows[20:600:97], rows[21:600:97], strict=True):
        second.update(
            {column: first[column] for column in OF_THE_PERSON}
        )  # two cases of one person
    spoilt = drawn.sample(rows[10:EARLIER], k=sum(times for times, _ in FAULTS))
    for times, spoil in FAULTS:
        for _ in range(times):
            spoil(spoilt.pop(), as_of)
    for place, row in enumerate(rows[:cases]):
        yield [row[column] for column in HEADER]
        if place % 250 == 99:
            yield [row[column] for column in HEADER]  # the same once more
        if place == 41:
            yield [""] * len(HEADER)
        if place == 118:
            yield ["nur", "drei", "Felder"]


def _rows(drawn: random.Random, as_of: date) -> Iterator[Row]:
    teams = [team for team, (cases, _) in TEAMS.items() for _ in range(cases)]
    drawn.shuffle(teams)
    homes = _homes(drawn, len(teams))
    for number, (team, home) in enumerate(zip(teams, homes, strict=True)):
        yield _row(drawn, as_of, number, team) | home


def _homes(drawn: random.Random, count: int) -> list[Row]:
    """Names and addresses, no two the same."""
    every = [
        (salutation, given, family)
        for salutation, firsts in names.GIVEN.items()
        for given in firsts
        for family in names.FAMILY
    ]
    return [
        {
            "Anrede": salutation,
            "Vorname": given,
            "Name": family,
            "Straße": f"{drawn.choice(names.STREETS)} {drawn.randint(1, 96)}",
            # No postcode begins with three zeros.
            "PLZ": f"{drawn.randint(10, 39):05}",
            "Ort": "Musterstadt",
        }
        for salutation, given, family in drawn.sample(every, count)
    ]


def _row(drawn: random.Random, as_of: date, number: int, team: str) -> Row:
    start = as_of - timedelta(days=drawn.randint(*((20, 900) if number < EARLIER else (1, 19))))
    end, reason = _end(drawn, as_of, start)
    youngest, oldest = (17, 24) if team == "U25" else (25, 64)
    born = as_of - timedelta(days=drawn.randint(youngest * 366, oldest * 365))
    managers = TEAMS[team][1]
    return {
        "Aktenzeichen": f"FM-{start.year}-{10000 + number}",
        "BG-Nummer": f"{drawn.randint(0, 99999):05}BG{drawn.randint(0, 9999999):07}",
        # No such numbers are given out: the real ones begin with the district's number.
        "Kundennummer": f"000{drawn.choice('ABCDEFGH')}{100000 + number}",
        "Geburtsdatum": _day(born),
        "Sprache": _weighted(drawn, LANGUAGES),
        "Fallart": _weighted(drawn, KINDS),
        "Zugang am": _day(start),
        "Beendet am": end,
        "Beendigungsgrund": reason,
        "Team": team,
        "Fallmanager/in (Kürzel)": f"{team[0]}{team[-1]}{'ABCD'[drawn.randrange(managers)]}",
        "Anzahl Hemmnisse": str(drawn.randint(1, 6)),
        "Maßnahme": drawn.choice(MEASURES),
        "Leistungsbezug seit": _day(start - timedelta(days=drawn.randint(0, 2500))),
        "Auskunftssperre": "N",
        "Staatsangehörigkeit": drawn.choice(NATIONS),
        "Bemerkung": drawn.choice(REMARKS),
    }


def _end(drawn: random.Random, as_of: date, start: date) -> tuple[str, str]:
    """One case in eight has ended, most of them a while ago."""
    if drawn.random() > 1 / 8:
        return "", ""
    length = (as_of - start).days
    return _day(start + timedelta(days=drawn.randint(length // 2, length))), drawn.choice(REASONS)


def _weighted(drawn: random.Random, weights: dict[str, int]) -> str:
    return drawn.choices(list(weights), list(weights.values()))[0]


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _put(column: str, value: str) -> Callable[[Row, date], None]:
    def spoil(row: Row, _: date) -> None:
        row[column] = value

    return spoil


def _end_before_start(row: Row, as_of: date) -> None:
    row["Zugang am"], row["Beendet am"] = _day(as_of - timedelta(20)), _day(as_of - timedelta(50))
    row["Beendigungsgrund"] = "Umzug"


def _end_without_reason(row: Row, as_of: date) -> None:
    row["Beendet am"], row["Beendigungsgrund"] = _day(as_of - timedelta(10)), ""


def _start_in_the_future(row: Row, as_of: date) -> None:
    row["Zugang am"], row["Beendet am"] = _day(as_of + timedelta(40)), ""


def _child(row: Row, as_of: date) -> None:
    row["Geburtsdatum"] = _day(as_of - timedelta(days=12 * 366))


def _padded(row: Row, _: date) -> None:
    row["Aktenzeichen"] = f"  {row['Aktenzeichen']} "


# What real exports have: how often here, and how it comes about.
FAULTS: tuple[tuple[int, Callable[[Row, date], None]], ...] = (
    (3, _end_before_start),
    (3, _end_without_reason),
    (2, _start_in_the_future),
    (2, _child),
    (4, _padded),
    (2, _put("Aktenzeichen", "")),
    (2, _put("Zugang am", "")),
    (2, _put("Zugang am", "31.02.2026")),
    (1, _put("Zugang am", "2026/03/01")),
    (2, _put("Team", "")),
    (2, _put("Beendigungsgrund", "unbekannt verzogen?")),
    (3, _put("Maßnahme", "§99 Neuland")),
    (2, _put("Fallmanager/in (Kürzel)", "")),
    (2, _put("Bemerkung", "=1+2")),
    (5, _put("Auskunftssperre", "J")),
)
