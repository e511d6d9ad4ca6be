"""Participation in a wave as reports say it: how many were invited, and which share took part."""

from msgspec import Struct

from survey.model.estimates import Estimate, Figure


class Represented(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many people with these coarse attributes were invited, and how many of them took part."""

    cell: str
    invited: int
    rate: Estimate


class Response(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Counts of people invited and answering, with response rates.

    Args:
        invited: people who got a letter
        answered: complete and partial answers; None where the rate is not shown
        rate: complete and partial answers among the invited (AAPOR RR2)
        complete_rate: complete answers only (RR1)
        cells: by what is coarsely known of the invited; empty where that is hidden, or all are one
    """

    invited: int
    answered: int | None
    rate: Figure
    complete_rate: Figure
    cells: tuple[Represented, ...] = ()
