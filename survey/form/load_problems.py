"""Problems met when a form is loaded: what its author has to mend, and where."""

from msgspec import Struct

STRUCTURE = "form.toml"


class LoadProblem(Struct, frozen=True, kw_only=True):
    """A problem in a form: where it is, and what to do about it."""

    path: str
    cure: str
    file: str = STRUCTURE

    def __str__(self) -> str:
        return f"{self.file}: {self.path}: {self.cure}"
