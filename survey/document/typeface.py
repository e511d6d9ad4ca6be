"""How wide words are in our typefaces, for drawings and headlines that must fit a line."""

from functools import cache
from typing import Literal, TypeAlias

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from survey import paths

Face: TypeAlias = Literal["sans", "semibold", "serif"]

FILES: dict[Face, str] = {
    "sans": "SourceSans3-Regular.ttf",
    "semibold": "SourceSans3-Semibold.ttf",
    "serif": "SourceSerif4Display-Regular.ttf",
}
UNKNOWN = 0.6  # of the size: a letter that the typeface lacks


@cache
def _advances(face: Face) -> dict[int, float]:
    """Width of every letter as a part of the size."""
    with TTFont(paths.FONTS / FILES[face], lazy=True) as font:
        metrics, em = font["hmtx"].metrics, font["head"].unitsPerEm
        return {letter: metrics[name][0] / em for letter, name in font.getBestCmap().items()}


def has(letter: str, *, face: Face = "sans") -> bool:
    """Whether our own typeface has this character; others come from fonts of the system."""
    return ord(letter) in _advances(face)


def width(words: str, size: float, *, face: Face = "sans") -> float:
    """Width in points of one line, without kerning (which only narrows it)."""
    advances = _advances(face)
    return size * sum(advances.get(ord(letter), UNKNOWN) for letter in words)


def wrapped(words: str, size: float, room: float, *, face: Face = "sans") -> list[str]:
    """Lines of at most `room` points, broken at spaces; a longer word stands out."""
    lines = [""]
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width(longer, size, face=face) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
