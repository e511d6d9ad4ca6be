"""Finds what is known by the first rule of spelling again by the rule of connector.identifiers.

Until then a case number was compared without differences of case and blanks, a client number
without blanks, slashes and hyphens, and neither without Excel's marks, characters nobody sees, or
decomposed letters. Case numbers are sealed in the database and can be looked up anew; of a client
number there is a digest only, so the rows of the export tell which old digest is which person.
"""

from collections.abc import Iterator

from msgspec import Struct

from connector import identifiers
from connector.imports import protection, pseudonyms
from connector.imports.pseudonyms import Keys
from connector.state import reindex
from connector.state.reindex import Known
from survey.engine.database import Transaction
from survey.linkage import pseudonyms as sealing

_NOT_COUNTED = str.maketrans("", "", " \t\u00a0\u202f/-")


class SameCase(Struct, frozen=True, kw_only=True):
    """Spellings under which one case was known as several."""

    numbers: tuple[str, ...]


class People:
    """Client numbers of one export that the first rule compared by another digest."""

    def __init__(self, index_key: bytes) -> None:
        self._key = index_key
        self._moved: dict[bytes, tuple[bytes, int]] = {}

    def note(self, record: int, cell: str, number: str) -> None:
        """Take in a cell and the number that it is now."""
        before = _number_before(cell)
        if number and before != number:
            old = pseudonyms.person_index(self._key, before)
            self._moved.setdefault(old, (pseudonyms.person_index(self._key, number), record))

    def move(self, tx: Transaction) -> list[int]:
        """Find them again; gives records whose person had been known as two."""
        joined = []
        for old, (new, record) in self._moved.items():
            if not reindex.is_person(tx, old):
                continue
            if reindex.is_person(tx, new):
                joined.append(record)
            reindex.move_person(tx, old, new)
        return sorted(joined)


def cases(tx: Transaction, keys: Keys, source_system: str) -> list[SameCase]:
    """Find every case of a system again; gives those that had been known as several."""
    groups: dict[bytes, list[tuple[str, Known]]] = {}
    for known in reindex.cases(tx, source_system):
        number = sealing.open_case(keys.case, known.sealed_case)
        new = known.case_index
        if number:
            new = pseudonyms.case_index(keys.index, source_system, number)
        groups.setdefault(new, []).append((number, known))
    return list(_moved(tx, keys, groups))


def _moved(
    tx: Transaction, keys: Keys, groups: dict[bytes, list[tuple[str, Known]]]
) -> Iterator[SameCase]:
    for new, group in groups.items():
        # The one that the last imports had stands for all.
        number, first = min(group, key=lambda entry: (entry[1].vanished, -entry[1].changed_run))
        for _, other in group:
            if other is not first:
                reindex.forget_case(tx, other.case_index)
        if new != first.case_index:
            sealed = sealing.seal_case(keys.case, identifiers.tidy(number))
            reindex.move_case(tx, first.case_index, new, sealed)
        for _, episode in sorted(group, key=lambda entry: entry[1] is not first):
            if episode.case_index != new:
                _follow(tx, keys, episode.case_index, new)
        if len(group) > 1:
            reasons = protection.joined(*(merged.exclusion for _, merged in group))
            reindex.protect(tx, new, reasons)
            yield SameCase(numbers=tuple(sorted(number for number, _ in group)))


def _follow(tx: Transaction, keys: Keys, old: bytes, new: bytes) -> None:
    """Take along what hangs on a case."""
    reindex.move_links(tx, old, new)
    reindex.move_invitations(tx, old, new)
    for word in reindex.words(tx, old):
        plain = sealing.open_words(keys.case, old, word.release_id, word.words)
        sealed = sealing.seal_words(keys.case, new, word.release_id, plain)
        reindex.move_words(tx, word.release_id, new, sealed)
    reindex.move_visits(tx, old, new)


def _number_before(cell: str) -> str:
    """A client number as it was compared first."""
    return cell.strip().translate(_NOT_COUNTED).upper()
