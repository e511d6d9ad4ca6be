"""From counts to what may be shown: protected first, then rounded. Nothing here knows a question.

Rounding is part of the protection: a share with all its digits tells the exact number of people.
"""

from collections.abc import Sequence
from math import floor

from survey.model.estimates import Estimate, Figure, Suppressed, Undefined
from survey.model.snapshots import Part
from survey.statistics import mean, proportion
from survey.statistics.disclosure import merge, threshold

MEAN_FROM = 30  # a mean of fewer answers is not shown: counts and shares only


def five(n: int) -> int:
    """People, to the nearest multiple of five."""
    return 5 * floor(n / 5 + 0.5)


def share(hits: int, n: int, rules: threshold.Rules, *, missing: int = 0) -> Figure:
    """Share with its Wilson interval in whole per cent, or why not."""
    withheld = threshold.share(hits, n, rules)
    if withheld is not None:
        return withheld
    return _rounded(proportion.proportion(hits, n, missing=missing), 2)


def rate(part: int, whole: int, k: int) -> Figure:
    """Share of those invited who took part; no interval of its own, everybody was counted."""
    withheld = threshold.rate(part, whole, k)
    if withheld is not None:
        return withheld
    value = _at(part / whole, 2)
    return Estimate(value=value, low=value, high=value, n=five(whole))


def average(counts: Sequence[tuple[int, int]], rules: threshold.Rules) -> Figure:
    """Mean with its t interval of (value, how often), one decimal, or why not."""
    n = sum(often for _, often in counts)
    withheld = threshold.base(n, max(rules.k, MEAN_FROM))
    if withheld is not None:
        return withheld
    # All but one or two the same: the mean would tell what nearly everybody said.
    if n - max(often for _, often in counts) < rules.category:
        return Suppressed(reason="unanimous")
    return _rounded(mean.mean([value for value, often in counts for _ in range(often)]), 1)


def parts(
    codes: Sequence[str], counts: Sequence[int], rules: threshold.Rules, *, sides: Sequence[int]
) -> tuple[Part, ...]:
    """The distribution over codes from the unfavourable to the favourable end.

    Small categories are joined with neighbours, never across the border of the favourable side:
    its per cents add up to the share shown beside it. Empty where nothing may be shown.

    Args:
        sides: of each code, -1, 0 or 1, in rising order
    """
    border = sum(1 for side in sides if side < 1)
    groups = merge.distribution(counts, rules, borders=(border,))
    if isinstance(groups, Suppressed):
        return ()
    sums = [sum(counts[i] for i in group) for group in groups]
    below = sum(1 for group in groups if group[0] < border)
    favourable = floor(100 * sum(sums[below:]) / sum(sums) + 0.5)
    percents = _largest(100 - favourable, sums[:below]) + _largest(favourable, sums[below:])
    return tuple(
        Part(codes=tuple(codes[i] for i in group), percent=percent, side=_side(sides, group))
        for group, percent in zip(groups, percents, strict=True)
    )


def _side(sides: Sequence[int], group: Sequence[int]) -> int:
    found = {sides[i] for i in group}
    return found.pop() if len(found) == 1 else 0


def topic(shares: Sequence[Figure]) -> Figure:
    """Mean of the shares of several statements, between the means of their limits."""
    shown = [figure for figure in shares if isinstance(figure, Estimate)]
    # One hidden statement would follow from the mean and the others.
    if len(shown) < len(shares) or not shown:
        return Suppressed(reason="secondary" if shown else "too-few")
    count = len(shown)
    return Estimate(
        value=_at(sum(each.value for each in shown) / count, 2),
        low=_at(sum(each.low for each in shown) / count, 2),
        high=_at(sum(each.high for each in shown) / count, 2),
        n=min(each.n for each in shown),
    )


def whole_percents(sums: Sequence[int]) -> list[int]:
    """Whole per cents that add up to 100 (largest remainder)."""
    return _largest(100, sums)


def _largest(quota: int, sums: Sequence[int]) -> list[int]:
    """`quota` shared out in proportion to `sums`, by largest remainder; first come at a tie."""
    total = sum(sums)
    if total == 0:
        return [0] * len(sums)
    exact = [quota * each / total for each in sums]
    whole = [floor(each) for each in exact]
    order = sorted(range(len(sums)), key=lambda i: (whole[i] - exact[i], i))
    for i in order[: quota - sum(whole)]:
        whole[i] += 1
    return whole


def _rounded(figure: Estimate | Undefined, digits: int) -> Figure:
    if isinstance(figure, Undefined):
        return Suppressed(reason="too-few")
    return Estimate(
        value=_at(figure.value, digits),
        low=_at(figure.low, digits),
        high=_at(figure.high, digits),
        n=five(figure.n),
        level=figure.level,
        missing=five(figure.missing),
    )


def _at(value: float, digits: int) -> float:
    """Rounded half up, as people expect it."""
    scale = 10.0**digits
    return floor(value * scale + 0.5) / scale
