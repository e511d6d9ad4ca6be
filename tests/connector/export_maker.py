"""Makes exports as a case-management system would, with faults put in on purpose and written down.

Seeded: the same seed gives the same bytes. Three layouts with headers, orders, encodings,
delimiters and date formats of their own, so that nothing here depends on one system.
"""

import csv
import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

AS_OF = date(2026, 11, 1)
NAMES = ("Yıldız-Öztürk", "O'Hara", "Müller; Groß", "Ivanova", "al-Ḥasan", 'Frau "Dr." Weiß')


@dataclass(frozen=True)
class LayoutOf:
    """How one system writes its exports."""

    headers: dict[str, str]
    delimiter: str
    encoding: str
    dates: str
    before: tuple[str, ...] = ()
    yes_no: tuple[str, str] = ("J", "N")
    values: dict[str, dict[str, str]] = field(default_factory=dict)

    def mapping(self) -> str:
        """The TOML that reads it."""
        columns = "\n".join(
            f'"{name}" = "{field}"' for field, name in self.headers.items() if field not in UNMAPPED
        )
        values = "\n".join(
            f"[values.{field}]\n"
            + "\n".join(f'"{said}" = "{code}"' for code, said in codes.items())
            for field, codes in self.values.items()
        )
        return (
            f'source_system = "test"\ndate_formats = ["{self.dates}"]\nmissing = ["-"]\n'
            f"[file]\nlines_before_header = {len(self.before)}\n[columns]\n{columns}\n{values}\n"
            f'[values.disclosure_block]\n"{self.yes_no[0]}" = "yes"\n"{self.yes_no[1]}" = "no"\n'
        )


UNMAPPED = ("name", "street", "note", "nationality")
WORDS = {
    "kind": {"case_management": "Fallmanagement", "coaching_16k": "Coaching §16k"},
    "end_reason": {
        "employment": "Arbeit aufgenommen",
        "moved": "Umzug",
        "no_contact": "kein Kontakt",
    },
    "measure": {"debt_16a": "Schuldnerberatung", "work_opportunity_16d": "AGH"},
    "language": {"de": "deutsch", "ar": "arabisch", "uk": "ukrainisch"},
}
LAYOUTS = {
    "semicolons": LayoutOf(
        {
            "case_number": "Aktenzeichen",
            "person": "Kundennummer",
            "name": "Name",
            "street": "Straße",
            "birth_date": "Geburtsdatum",
            "kind": "Fallart",
            "start": "Zugang am",
            "end": "Beendet am",
            "end_reason": "Beendigungsgrund",
            "team": "Team",
            "case_manager": "Kürzel",
            "needs": "Hemmnisse",
            "measure": "Maßnahme",
            "language": "Sprache",
            "disclosure_block": "Auskunftssperre",
            "nationality": "Staatsangehörigkeit",
            "note": "Bemerkung",
        },
        ";",
        "cp1252",
        "%d.%m.%Y",
        values=WORDS,
    ),
    "tabs": LayoutOf(
        {
            "note": "Notiz",
            "team": "Org.-Einheit",
            "case_manager": "IFK",
            "case_number": "Fall-Nr.",
            "person": "KdNr",
            "name": "Nachname, Vorname",
            "disclosure_block": "Sperre",
            "kind": "Art",
            "start": "Beginn",
            "end": "Ende",
            "end_reason": "Grund",
            "measure": "Leistung",
            "language": "Muttersprache",
            "birth_date": "geb.",
        },
        "\t",
        "utf-16",
        "%Y-%m-%d",
        before=("Liste Fallmanagement", "Stand: 01.11.2026"),
        yes_no=("ja", "nein"),
        values=WORDS,
    ),
    "commas": LayoutOf(
        {
            "case_number": "case",
            "person": "client",
            "street": "street",
            "team": "team",
            "kind": "kind",
            "start": "start",
            "end": "end",
            "end_reason": "reason",
            "case_manager": "manager",
            "needs": "needs",
            "measure": "measure",
            "language": "language",
            "birth_date": "born",
            "disclosure_block": "blocked",
        },
        ",",
        "utf-8-sig",
        "%d/%m/%y",
        yes_no=("1", "0"),
        values=WORDS,
    ),
}


def good_row(rng: random.Random, number: int, layout: LayoutOf) -> dict[str, str]:
    """A row nobody could complain about."""
    start = AS_OF - timedelta(days=rng.randrange(20, 900))
    ended = rng.random() < 0.25
    end = start + timedelta(days=rng.randrange(0, (AS_OF - start).days)) if ended else None
    team = rng.choice(("Team Nord", "Team Süd", "U25"))
    born = date(rng.randrange(1961, 2008), rng.randrange(1, 13), rng.randrange(1, 29))
    return {
        "case_number": f"AZ-{number:06d}",
        "person": f"{number % 900 + 100:03d}{rng.choice('ABCDE')}{number:06d}",
        "name": rng.choice(NAMES),
        "street": f"Am Wall {number}",
        "birth_date": born.strftime(layout.dates),
        "kind": rng.choice(list(WORDS["kind"].values())),
        "start": start.strftime(layout.dates),
        "end": end.strftime(layout.dates) if end else "",
        "end_reason": rng.choice(list(WORDS["end_reason"].values())) if end else "",
        "team": team,
        "case_manager": f"{team[-1]}{rng.randrange(4)}",
        "needs": str(rng.randrange(1, 7)),
        "measure": rng.choice(["", *WORDS["measure"].values()]),
        "language": rng.choice(["", *WORDS["language"].values()]),
        "disclosure_block": layout.yes_no[1],
        "nationality": "XXX",
        "note": rng.choice(("", "zwei\nZeilen", 'sagt "nein"', "Semikolon; Komma, Tab\t")),
    }


def _set(**values: str) -> Callable[[dict[str, str], LayoutOf], None]:
    def fault(row: dict[str, str], layout: LayoutOf) -> None:
        row.update(values)

    return fault


def _later(days: int) -> Callable[[dict[str, str], LayoutOf], None]:
    def fault(row: dict[str, str], layout: LayoutOf) -> None:
        row.update(
            start=(AS_OF + timedelta(days=days)).strftime(layout.dates), end="", end_reason=""
        )

    return fault


def _ends_first(row: dict[str, str], layout: LayoutOf) -> None:
    row.update(start=date(2025, 6, 1).strftime(layout.dates), end_reason="Umzug")
    row.update(end=date(2025, 5, 31).strftime(layout.dates))


def _no_reason(row: dict[str, str], layout: LayoutOf) -> None:
    row.update(start=date(2025, 6, 1).strftime(layout.dates), end_reason="")
    row.update(end=date(2025, 7, 1).strftime(layout.dates))


def _odd_reason(row: dict[str, str], layout: LayoutOf) -> None:
    _no_reason(row, layout)
    row.update(end_reason="Sonstiges (alt)")


def _impossible(row: dict[str, str], layout: LayoutOf) -> None:
    day = date(2026, 2, 11).strftime(layout.dates)
    row.update(start=day.replace("11", "31"), end="", end_reason="")


def _child(row: dict[str, str], layout: LayoutOf) -> None:
    row.update(birth_date=(AS_OF - timedelta(days=15 * 365)).strftime(layout.dates))


def _blocked(row: dict[str, str], layout: LayoutOf) -> None:
    row.update(disclosure_block=layout.yes_no[0])


# code -> what makes it; one row each, other findings of the row being notes at most.
FAULTS: dict[str, Callable[[dict[str, str], LayoutOf], None]] = {
    "E-EP-001": _set(case_number=""),
    "E-EP-002": _set(case_number="A" * 61),
    "E-EP-003": _set(start="", end="", end_reason=""),
    "E-EP-004": _set(team=" "),
    "E-EP-005": _set(kind="-"),
    "E-EP-006": _set(kind="Sonderfall"),
    "E-EP-010": _impossible,
    "E-EP-011": _set(start="gestern", end="", end_reason=""),
    "E-EP-012": _ends_first,
    "E-EP-013": _later(1),
    "E-EP-014": _odd_reason,
    "E-PE-001": _set(person=""),
    "W-EP-001": _no_reason,
    "W-EP-002": _set(measure="Kombilohn"),
    "W-EP-003": _set(case_manager=""),
    "W-EP-005": _set(end="", end_reason="Umzug"),
    "X-PE-006": _set(birth_date="?"),
    "X-PE-001": _blocked,
    "X-PE-002": _child,
    "X-PE-003": _set(disclosure_block="#NV"),
    "N-SA-002": lambda row, _: row.update(case_number=f"  {row['case_number']} "),
    "N-SA-003": lambda row, _: row.update(team="=cmd()"),
    "N-EP-003": _set(language="klingonisch"),
    "N-PE-001": _set(person="K-77"),
}


@dataclass
class Export:
    """Rows, the faults in them, and how they are written."""

    layout: LayoutOf
    rows: list[dict[str, str]]
    faults: list[tuple[int, str]]  # (record, code)

    def text(self) -> str:
        """The file as text."""
        file = io.StringIO(newline="")
        for line in self.layout.before:
            file.write(line + "\r\n")
        table = csv.writer(file, delimiter=self.layout.delimiter, lineterminator="\r\n")
        table.writerow(self.layout.headers.values())
        for row in self.rows:
            table.writerow([row.get(field, "") for field in self.layout.headers])
        return file.getvalue()

    def write(self, folder: Path, name: str = "export.csv") -> Path:
        """Write the file beside its mapping."""
        path = folder / name
        path.write_bytes(self.text().encode(self.layout.encoding, errors="replace"))
        (folder / "mapping.toml").write_text(self.layout.mapping(), "utf-8")
        return path


def make(seed: int, *, layout: str = "semicolons", rows: int = 60, faults: bool = False) -> Export:
    """An export; with `faults`, each of FAULTS stands in one row drawn by the seed."""
    rng = random.Random(seed)
    written = LAYOUTS[layout]
    made = Export(written, [good_row(rng, n, written) for n in range(rows)], [])
    if faults:
        possible = [code for code in FAULTS if _has(written, code)]
        places = rng.sample(range(rows), len(possible))
        for place, code in zip(places, possible, strict=True):
            FAULTS[code](made.rows[place], written)
            made.faults.append((place + 1, code))
    return made


def _has(layout: LayoutOf, code: str) -> bool:
    return not (code == "W-EP-004" and "needs" not in layout.headers)
