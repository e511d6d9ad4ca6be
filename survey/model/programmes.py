"""A programme: who asks whom, why, and who could look; fixed once a first code exists."""

from datetime import date
from typing import Literal, TypeAlias

from msgspec import Struct

Level: TypeAlias = Literal["anonymous", "linked", "released"]


class Body(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An organisation named to the people asked; `is_jobcenter` decides the sentence about who
    could look.
    """

    name: str
    is_jobcenter: bool = False


class Contact(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where people get help that does not depend on the jobcenter."""

    name: str
    phone: str
    hours: str = ""
    address: str = ""


class Programme(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is told to recipients is generated from these fields; the code enforces the same ones.

    Args:
        controller: the jobcenter, as printed operator: runs the server the answers lie on
        key_holder: holds the evaluator's keys help: independent help contact, required complaint:
        where to complain about the survey or the jobcenter legal_basis: short text with the
        paragraphs, small print delete_until: last day on which a code still deletes answers, None
        for the wave's closing day
    """

    programme_id: str
    title: str
    level: Level
    purpose: str
    controller: str
    operator: Body
    key_holder: Body
    help: Contact
    complaint: str
    legal_basis: str
    privacy_officer: str
    created_on: date

    @property
    def jobcenter_cannot_look(self) -> bool:
        """True only if both the server and the evaluator's keys are with other bodies than the
        jobcenter.
        """
        return not (self.operator.is_jobcenter or self.key_holder.is_jobcenter)
