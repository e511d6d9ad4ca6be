"""Chooses the shown cells of a table of groups by categories, beside the shown whole."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from survey.model.estimates import Reason, Suppressed
from survey.statistics.disclosure import hidden_groups, suppress, tables
from survey.statistics.disclosure.tables import ALL, Key, Linked
from survey.statistics.disclosure.threshold import Rules


class Pattern(Struct, frozen=True):
    """Why a cell (group, category) or a group's base (group, ALL) is hidden; the rest is shown."""

    hidden: Mapping[tuple[int, int | str], Reason]

    def base(self, group: int) -> Suppressed | None:
        """Why the number of answers of a group is hidden, or None."""
        return self._why((group, ALL))

    def cell(self, group: int, category: int) -> Suppressed | None:
        """Why the count of a category in a group is hidden, or None."""
        return self._why((group, category))

    def _why(self, key: tuple[int, int | str]) -> Suppressed | None:
        reason = self.hidden.get(key)
        return None if reason is None else Suppressed(reason=reason)


def pattern(
    counts: NDArray[np.int64],
    rules: Rules,
    *,
    invited: Sequence[int] | None = None,
    withheld: Collection[int] = (),
    respondents: bool = True,
) -> Pattern:
    """What to hide of `counts` (groups x categories) when all their sums are published.

    Hidden first: groups `withheld`, groups below k with all they say, categories below the least,
    both sides where nearly all agree; then what is needed so that none of it can be worked out, by
    those who answered neither. Where that cannot be had, the whole breakdown is hidden.

    Args:
        respondents: whether those who answered are reckoned with, each knowing herself
    """
    groups, categories = counts.shape
    first = _first(counts, rules, withheld)
    if not first:
        return Pattern({})
    table = tables.crosstab(counts.tolist(), range(groups), range(categories))
    most = _most(table, invited)
    hidden: Collection[Key] | None
    if categories <= 2:
        hidden = hidden_groups.hide(
            counts, first, table, width=rules.k, most=most, respondents=respondents
        )
    else:
        margins = [key for key in table.cells if isinstance(key, tuple) and key[0] == ALL]
        hidden = suppress.suppress(
            table, first, width=rules.k, shown=margins, most=most, respondents=respondents
        )
    if hidden is None:
        hidden = [key for key in table.cells if isinstance(key, tuple) and key[0] != ALL]
    return Pattern({key: first.get(key, "secondary") for key in _typed(hidden)})


def _first(
    counts: NDArray[np.int64], rules: Rules, withheld: Collection[int]
) -> dict[tuple[int, int | str], Reason]:
    hidden: dict[tuple[int, int | str], Reason] = {}
    groups, categories = counts.shape
    bases = counts.sum(axis=1)
    for g in range(groups):
        if g in withheld:
            hidden |= {(g, key): "secondary" for key in (ALL, *range(categories))}
            continue
        if bases[g] < rules.k:
            hidden[g, ALL] = "too-few"
        for c in range(categories):
            reason = _reason(int(counts[g, c]), int(bases[g]), categories, rules)
            if reason is not None:
                hidden[g, c] = reason
    return hidden


def _reason(count: int, base: int, categories: int, rules: Rules) -> Reason | None:
    if base < rules.k:
        return "too-few"
    if categories == 1:
        return None
    if 0 < count < rules.category or base - count < rules.category:
        return "unanimous"
    # With two categories an empty one says that all chose the other.
    return "unanimous" if count == 0 and categories == 2 else None


def _most(table: Linked, invited: Sequence[int] | None) -> dict[Key, int]:
    if invited is None:
        return {}
    inner = [key for key in table.cells if isinstance(key, tuple) and key[0] != ALL]
    return {key: max(invited[key[0]], table.cells[key]) for key in inner}


def _typed(keys: Collection[Key]) -> list[tuple[int, int | str]]:
    return sorted((key for key in keys if isinstance(key, tuple)), key=repr)
