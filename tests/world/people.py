"""Seeded people of a synthetic jobcenter, and the export in which the jobcenter has them."""

import csv
import io
from datetime import date, timedelta
from random import Random

from msgspec import Struct

# Syllables of no language, so that a name found in a file can only have come from here.
FAMILY = ("Quorv", "Zyph", "Wrelk", "Jhost", "Vlumm", "Xand", "Pfrim", "Ghaul")
MIDDLE = ("agun", "eshti", "ordovi", "ullke", "ymbra", "iskaro", "ovenda", "arwix")
LAST = ("hold", "matsen", "rykov", "belli", "gard", "zade", "pour", "wicz")
TEAMS = ("FM 1", "FM 2", "FM 3", "FM 4", "U25")
KINDS = ("Fallmanagement", "Betreuung", "Coaching §16k")
LANGUAGES = ("deu", "ukr", "ara", "rus", "tur", "eng")
MANAGERS_PER_TEAM = 5
HEADER = [
    "Aktenzeichen",
    "BG-Nummer",
    "Kundennummer",
    "Name",
    "Vorname",
    "Geburtsdatum",
    "Anrede",
    "Straße",
    "PLZ",
    "Ort",
    "Sprache",
    "Fallart",
    "Zugang am",
    "Beendet am",
    "Beendigungsgrund",
    "Team",
    "Fallmanager/in (Kürzel)",
    "Anzahl Hemmnisse",
    "Maßnahme",
    "Leistungsbezug seit",
    "Auskunftssperre",
    "Staatsangehörigkeit",
    "Bemerkung",
]
# The day on which everything of this world is judged.
AS_OF = date(2026, 11, 1)


class Person(Struct, frozen=True, kw_only=True):
    """Somebody with a case; Amira is the first."""

    case_number: str
    client_number: str
    household: str
    family_name: str
    given_name: str
    street: str
    born: date
    language: str
    kind: str
    started: date
    team: str
    manager: str

    @property
    def names(self) -> tuple[str, ...]:
        """What would give her away wherever it stands."""
        return self.family_name, self.street


def people(count: int, *, seed: int) -> list[Person]:
    """So many different people, the same for the same seed."""
    chance = Random(seed)
    return [_person(number, chance) for number in range(count)]


def export(everybody: list[Person]) -> bytes:
    """The case-management system's export in the shape of the mapping `fallmanagement`."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows(_record(one) for one in everybody)
    return sheet.getvalue().encode("cp1252")


def _person(number: int, chance: Random) -> Person:
    team = chance.choice(TEAMS)
    place = (FAMILY[number % 8], MIDDLE[number // 8 % 8], LAST[number // 64 % 8])
    return Person(
        case_number=f"FM-2026-{700000 + number}",
        client_number=f"{chance.randint(100, 999)}D{500000 + number}",
        household=f"{chance.randint(10000, 99999)}BG{chance.randint(1000000, 9999999)}",
        family_name="".join(place)
        + f"{number:05d}".translate(str.maketrans("0123456789", "aeioubdfgk")),
        given_name="Amira" if number == 0 else f"Vorname{number}",
        street=f"Zwiesprachgasse {number + 1000}",
        born=date(1962, 1, 1) + timedelta(days=chance.randint(0, 15000)),
        language=chance.choice(LANGUAGES),
        kind=chance.choice(KINDS),
        started=AS_OF - timedelta(days=chance.randint(40, 1400)),
        team=team,
        manager=f"{TEAMS.index(team)}M{chance.randrange(MANAGERS_PER_TEAM)}",
    )


def _record(one: Person) -> list[str]:
    return [
        one.case_number,
        one.household,
        one.client_number,
        one.family_name,
        one.given_name,
        f"{one.born:%d.%m.%Y}",
        "",
        one.street,
        "12345",
        "Musterstadt",
        one.language,
        one.kind,
        f"{one.started:%d.%m.%Y}",
        "",
        "",
        one.team,
        one.manager,
        "3",
        "",
        "01.01.2020",
        "N",
        "DEU",
        "ruft dienstags an",
    ]
