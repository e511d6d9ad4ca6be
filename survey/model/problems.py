"""Problems that a person can correct, shown at the field with status 422."""

from msgspec import Struct


class Problem(Struct, frozen=True, kw_only=True):
    """`field` is the name of the form field, `message` the key of the sentence shown there."""

    field: str
    message: str
