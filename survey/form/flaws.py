"""What an author has to mend in a form."""

from msgspec import Struct

STRUCTURE = "form.toml"


class Flaw(Struct, frozen=True, kw_only=True):
    """Where it is, and what to do about it."""

    path: str
    cure: str
    file: str = STRUCTURE

    def __str__(self) -> str:
        return f"{self.file}: {self.path}: {self.cure}"
