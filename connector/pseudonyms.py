"""What the connector keeps instead of numbers: digests to look up, a seal to show.

The natural key of an episode is source system and case number; of a person, the client number as
the mapping gives it. Neither is ever stored or sent, not even as a bare hash.
"""

from pathlib import Path

import msgspec
from msgspec import Struct

from connector.checks import Row
from connector.state.staged import Staged
from survey.linkage import keys, pseudonyms


class Keys(Struct, frozen=True, kw_only=True):
    """K_index and K_case."""

    index: bytes
    case: bytes


def read_keys(directory: Path) -> Keys:
    """The keys an import needs.

    Raises:
        KeyMissing: one of them is not there; nothing is made up for it
    """
    return Keys(index=keys.read(directory, "index"), case=keys.read(directory, "case"))


def case_index(key: bytes, source_system: str, case_number: str) -> bytes:
    """What an episode is found by; case and blanks of the number do not count."""
    number = " ".join(case_number.split()).casefold()
    return pseudonyms.index(key, "case", f"{source_system}\x1f{number}")


def person_index(key: bytes, client_number: str) -> bytes:
    """What a person is found by, over all systems."""
    return pseudonyms.index(key, "person", client_number)


def staged(row: Row, record: int, source_system: str, with_keys: Keys) -> Staged:
    """The row as it is stored."""
    # An excluded row may lack one of the numbers; what it lacks stands for this row alone.
    number = row.case_number or f"\x1fonly person\x1f{row.person}"
    person = row.person or f"\x1fonly case\x1f{row.case_number}"
    told = msgspec.json.encode(row).decode()
    return Staged(
        record=record,
        case_index=case_index(with_keys.index, source_system, number),
        sealed_case=pseudonyms.seal_case(with_keys.case, row.case_number),
        person=person_index(with_keys.index, person),
        team=row.team,
        case_manager=row.case_manager,
        kind=row.kind,
        started_on=row.start,
        ended_on=row.end,
        end_reason=row.end_reason,
        measure=row.measure,
        needs=row.needs,
        language=row.language,
        exclusion=row.exclusion,
        row_hash=pseudonyms.index(with_keys.index, "row", told),
    )
