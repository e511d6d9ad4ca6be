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
    codes: Sequence[str], counts: Sequence[int], rules: threshold.Rules, *, borders: Sequence[int]
) -> tuple[Part, ...]:
    """The distribution over ordered codes; small categories joined, empty where not shown.

    Args:
        borders: positions where a share shown elsewhere begins: no category spans them, and the
            per cent on either side add up to that share
    """
    groups = merge.distribution(counts, rules, borders=borders)
    if isinstance(groups, Suppressed):
        return ()
    sums = [sum(counts[i] for i in group) for group in groups]
    sides = [sum(1 for border in borders if border <= group[0]) for group in groups]
    percents = _sided(sums, sides)
    return tuple(
        Part(codes=tuple(codes[i] for i in group), percent=percent)
        for group, percent in zip(groups, percents, strict=True)
    )


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


def _sided(sums: Sequence[int], sides: Sequence[int]) -> list[int]:
    """Whole per cents that add up to 100, and on each side to the rounded share of that side.

    With more than one border the later sides take what is left.
    """
    total = sum(sums)
    out = [0] * len(sums)
    left = 100
    for side in sorted(set(sides), reverse=True):
        places = [i for i, at in enumerate(sides) if at == side]
        here = sum(sums[i] for i in places)
        quota = left if side == min(sides) else floor(100 * here / total + 0.5)
        quota = min(quota, left)
        for i, percent in zip(places, _largest(quota, [sums[i] for i in places]), strict=True):
            out[i] = percent
        left -= quota
    return out


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
