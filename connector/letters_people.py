"""Names and addresses, read from the export while letters are printed and kept nowhere.

The export may be newer than the import: whoever has left it, lost the address or must not be
written to by now gets no letter, and who prints decides what to do about it.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from connector import mapping as mappings
from connector import pseudonyms, vocabulary
from connector.identifiers import compared
from connector.letters_errors import LettersRefused
from connector.letters_page import Recipient
from connector.mapping import Loaded
from connector.source import registry
from connector.source.records import Broken, Progress, Record, unheard

NEEDED = {
    "family_name": "Name",
    "street": "Straße",
    "postcode": "Postleitzahl",
    "city": "Ort",
}
GONE = "steht nicht mehr in der Datei"
BLOCKED = "hat jetzt eine Auskunftssperre"
TWICE = "steht mit verschiedenen Anschriften in der Datei"


class Found(Struct, frozen=True, kw_only=True):
    """Recipients by case index, and for the others the reason why there is none."""

    recipients: dict[bytes, Recipient]
    problems: dict[bytes, str]


def read(
    path: Path,
    loaded: Loaded,
    *,
    index_key: bytes,
    wanted: frozenset[bytes],
    progress: Progress = unheard,
) -> Found:
    """Recipients of the letters for the cases in `wanted`.

    Raises:
        LettersRefused: the mapping does not say where name and address stand
        FileRefused: the export cannot be read; with the finding's code
    """
    mapping = loaded.mapping
    _check(mapping)
    recipients: dict[bytes, Recipient] = {}
    problems = dict.fromkeys(wanted, GONE)
    source = registry.SOURCES[mapping.format]
    columns = mapping.wanted_for_letters()
    with source(path, mapping.file, columns, progress) as opened:
        for cells in _cells(opened.records, columns):
            number = cells[mapping.column("case_number")]
            case = pseudonyms.case_index(index_key, mapping.source_system, number)
            if case not in wanted:
                continue
            recipient = _recipient(mapping, cells)
            problem = _problem(mapping, cells, recipient)
            if recipients.setdefault(case, recipient).address != recipient.address:
                problem = TWICE
            if problem:
                problems[case] = problem
            elif problems.get(case) == GONE:
                del problems[case]
    good = {case: each for case, each in recipients.items() if case not in problems}
    return Found(recipients=good, problems=problems)


def _check(mapping: mappings.Mapping) -> None:
    given = set(mapping.letter.values())
    missing = [f"{field} ({word})" for field, word in NEEDED.items() if field not in given]
    if missing:
        raise LettersRefused(
            f"Die Zuordnung sagt nicht, wo die Anschrift steht. Bitte unter [letter] ergänzen: "
            f"{', '.join(missing)}."
        )


def _cells(
    records: Iterator[Record | Broken], columns: tuple[str, ...]
) -> Iterator[dict[str, str]]:
    """Whole records as column -> value; a broken one cannot be trusted with an address."""
    for record in records:
        if isinstance(record, Record):
            yield dict(zip(columns, record.cells, strict=True))


def _recipient(mapping: mappings.Mapping, cells: Mapping[str, str]) -> Recipient:
    said = {field: " ".join(cells[column].split()) for column, field in mapping.letter.items()}
    return Recipient(
        salutation=said.get("salutation", ""),
        given_name=said.get("given_name", ""),
        family_name=said["family_name"],
        care_of=said.get("care_of", ""),
        street=said["street"],
        postcode=said["postcode"],
        city=said["city"],
        language=_code(mapping, "language", cells),
    )


def _problem(mapping: mappings.Mapping, cells: Mapping[str, str], recipient: Recipient) -> str:
    """Why this person gets no letter; empty when she does."""
    if _code(mapping, "disclosure_block", cells) == "yes":
        return BLOCKED
    missing = [word for field, word in NEEDED.items() if not getattr(recipient, field)]
    return f"hat keine vollständige Anschrift ({', '.join(missing)} fehlt)" if missing else ""


def _code(mapping: mappings.Mapping, field: vocabulary.Field, cells: Mapping[str, str]) -> str:
    column = mapping.column(field)
    said = compared(cells[column]) if column else ""
    return mapping.codes(field).get(said, "")
