"""The connector's substitutes for numbers: digests to look up, a seal to show.

The natural key of an episode is source system and case number, of a person the client number, both
as connector.identifiers compares them. Neither is ever stored or sent, not even as a bare hash.
"""

from pathlib import Path

from msgspec import Struct

from connector.identifiers import compared
from connector.imports.checks import Row, Verdict
from connector.state.protections import LeftOut
from connector.state.staged import Staged
from survey.linkage import keys, pseudonyms

# What is kept of an episode whose person must not be written to.
EXCLUDED = Row(
    case_number="",
    person="",
    team="",
    case_manager="",
    kind="",
    start=None,
    end=None,
    end_reason="",
    measure="",
    needs=None,
    language="",
)


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
    """Lookup index of an episode, however its number is spelt."""
    return pseudonyms.index(key, "case", f"{source_system}\x1f{compared(case_number)}")


def person_index(key: bytes, client_number: str) -> bytes:
    """Lookup index of a person, over all systems, from the number as it is compared."""
    return pseudonyms.index(key, "person", client_number)


def staged(verdict: Verdict, record: int, source_system: str, with_keys: Keys) -> Staged:
    """The episode as it is stored; of an excluded one only what is needed to know it again."""
    row = verdict.row or EXCLUDED
    return Staged(
        record=record,
        case_index=_case(verdict, source_system, with_keys),
        sealed_case=pseudonyms.seal_case(with_keys.case, verdict.case_number),
        case_spelling=pseudonyms.index(with_keys.index, "spelling", verdict.case_cell),
        person=_person(verdict, with_keys),
        person_spelling=pseudonyms.index(with_keys.index, "spelling", verdict.person_cell),
        person_known=bool(verdict.person),
        team=row.team,
        case_manager=row.case_manager,
        kind=row.kind,
        started_on=row.start,
        ended_on=row.end,
        end_reason=row.end_reason,
        measure=row.measure,
        needs=row.needs,
        language=row.language,
        exclusion=" ".join(verdict.reasons.codes),
        birthday=verdict.reasons.birthday,
    )


def left_out(verdict: Verdict, record: int, source_system: str, with_keys: Keys) -> LeftOut:
    """What is kept, while an import lasts, of a row that the filters leave out."""
    sealed = pseudonyms.seal_case(with_keys.case, verdict.case_number)
    return LeftOut(
        record=record,
        case_index=_case(verdict, source_system, with_keys),
        sealed_case=sealed if verdict.reasons.codes else b"",
        person=_person(verdict, with_keys),
        person_known=bool(verdict.person),
        exclusion=" ".join(verdict.reasons.codes),
    )


# An excluded row may lack one of the numbers; what it lacks stands for this row alone.
def _case(verdict: Verdict, source_system: str, with_keys: Keys) -> bytes:
    number = verdict.case_number or f"only person {verdict.person}"
    return case_index(with_keys.index, source_system, number)


def _person(verdict: Verdict, with_keys: Keys) -> bytes:
    only_case = f"\x1fonly case\x1f{compared(verdict.case_number)}"
    return person_index(with_keys.index, verdict.person or only_case)
