"""A respondent's own knowledge of a table: her answer, and the cells in which she is alone.

Whoever answered can take herself out of every sum. What is hidden must stay hidden from her too, so
what several hidden cells come to is at least k besides her. One who is alone in a cell is taken to
know that (the only answer of a team of four): she reads the table as if that cell were shown.
"""

from collections.abc import Collection

from msgspec import Struct

from survey.statistics.disclosure.tables import ALL, Key, Linked, Relation


class Insider(Struct, frozen=True, kw_only=True):
    """One respondent.

    Args:
        counted: the cells she is counted in, from her own one to the margins
        alone: cells she knows exactly: those that count nobody else, what makes them up, and of two
            answers in her group the one she did not give, where its size is shown
    """

    counted: frozenset[Key]
    alone: frozenset[Key]


def every(linked: Linked, hidden: Collection[Key]) -> list[Insider]:
    """The respondents who know more than other readers: one for each hidden cell with answers.

    Who is counted in shown cells alone learns nothing from knowing herself.
    """
    totals = {relation.total for relation in linked.relations}
    inner = [key for key, count in linked.cells.items() if count > 0 and key not in totals]
    gone = frozenset(hidden)
    return [_insider(linked, key, gone) for key in inner if key in gone]


def asks(insider: Insider, key: Key, width: int, to_others: float) -> bool:
    """Whether she may know more of a cell than she must, if it is `to_others` wide to others.

    Taking one answer out of a table moves either end of an interval by one at most.
    """
    return key not in insider.alone and (bool(insider.alone) or to_others < width + 2)


def least(width: int, to_others: float) -> float:
    """How wide the interval of a cell must be to an insider, that is `to_others` wide to others.

    A group that cannot be larger than k to others cannot be larger than k to her, herself included.
    """
    return min(width, to_others - 1)


def _insider(linked: Linked, key: Key, hidden: frozenset[Key]) -> Insider:
    counted, fresh = {key}, {key}
    while fresh:
        above = {r.total for r in linked.relations if not fresh.isdisjoint(r.parts)}
        fresh = above - counted
        counted |= fresh
    alone = {cell for cell in counted if linked.cells[cell] == 1}
    fresh = alone
    while fresh:
        fresh = {part for r in linked.relations for part in _told(r, alone, hidden)} - alone
        alone = alone | fresh
    return Insider(counted=frozenset(counted), alone=frozenset(alone))


def _told(relation: Relation, alone: Collection[Key], hidden: frozenset[Key]) -> tuple[Key, ...]:
    """What follows at once: nobody besides her, or in her group the other answer of two."""
    if relation.total in alone:
        return relation.parts
    group = isinstance(relation.total, tuple) and relation.total[1:] == (ALL,) != relation.total[:1]
    two = group and len(relation.parts) == 2 and relation.total not in hidden
    return relation.parts if two and not set(alone).isdisjoint(relation.parts) else ()
