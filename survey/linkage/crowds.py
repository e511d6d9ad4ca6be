"""Where people are counted when several waves are opened together, so that nobody is alone.

Opened together, the rows of one person bear one number: unit and cell of each wave together are a
path, and a path that only one invited person went is her name to whoever knows where she was
counted. So every path that is handed out covers at least `least` people who were invited, whether
they answered or not. A path too rare loses its cells, then its units, then its number: its rows are
handed out as those of different people, and where even these would be few, not at all.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TypeAlias

# Unit and cell by wave; "" where it is not told.
Spot: TypeAlias = tuple[str, str]
Path: TypeAlias = Mapping[str, Spot]
_Frozen: TypeAlias = tuple[tuple[str, Spot], ...]

NOWHERE: Spot = ("", "")


def covered(
    paths: Mapping[bytes, Path], least: int
) -> tuple[dict[bytes, Path], dict[bytes, frozenset[str]]]:
    """Paths covered by a large enough crowd; for other people, the waves that may be opened.

    Args:
        paths: of everybody who was invited, by her pairing value
    """
    published: dict[bytes, Path] = {}
    left = dict(paths)
    for coarser in (_whole, _units, _waves):
        crowd = Counter(coarser(path) for path in left.values())
        for pair, path in list(left.items()):
            coarse = coarser(path)
            if crowd[coarse] >= least:
                published[pair] = dict(coarse)
                del left[pair]
    by_wave = Counter(wave for path in left.values() for wave in path)
    enough = {wave for wave, number in by_wave.items() if number >= least}
    return published, {pair: frozenset(path) & enough for pair, path in left.items()}


def _coarsened(spot: Callable[[Spot], Spot]) -> Callable[[Path], _Frozen]:
    return lambda path: tuple(sorted((wave, spot(place)) for wave, place in path.items()))


_whole = _coarsened(lambda spot: spot)
_units = _coarsened(lambda spot: (spot[0], ""))
_waves = _coarsened(lambda _: NOWHERE)
