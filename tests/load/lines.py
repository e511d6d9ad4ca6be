"""One line of the table that `make bench` prints."""

from msgspec import Struct


class Line(Struct, frozen=True):
    """One line of the table; `most` is the aim, None for what is only told."""

    what: str
    value: float
    unit: str
    most: float | None = None

    @property
    def kept(self) -> bool:
        """Whether the aim was reached."""
        return self.most is None or self.value <= self.most

    def __str__(self) -> str:
        kept = "kept" if self.kept else "MISSED"
        aim = "" if self.most is None else f"aim {self.most:g}: {kept}"
        return f"{self.what:<58} {self.value:>10.3f} {self.unit:<6} {aim}".rstrip()
