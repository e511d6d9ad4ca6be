"""A programme: who asks whom, why, and who could look; fixed once a first code exists."""

from datetime import date
from typing import Literal, TypeAlias

from msgspec import Struct

Level: TypeAlias = Literal["anonymous", "linked", "released"]
# A text in German, or one for each language tag, German ("de") among them.
Texts: TypeAlias = str | dict[str, str]
GERMAN = "de"


class LocalText(Struct, frozen=True, kw_only=True):
    """A text with the tag of the language it is written in."""

    text: str
    tag: str


def in_language(texts: Texts, tag: str) -> LocalText:
    """The text in this language; in German where the programme has no translation of it."""
    if isinstance(texts, str):
        return LocalText(text=texts, tag=GERMAN)
    language = tag if texts.get(tag) else GERMAN
    return LocalText(text=texts.get(language, ""), tag=language)


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
    hours: Texts = ""
    address: str = ""

    def hours_in(self, tag: str) -> LocalText:
        """When somebody answers, in this language or in German."""
        return in_language(self.hours, tag)


class Custody(Struct, frozen=True, kw_only=True):
    """Custody of answers: the operator of the server, and the holder of the evaluator's keys."""

    controller: str
    operator: str
    key_holder: str
    operator_is_jobcenter: bool
    key_holder_is_jobcenter: bool

    @property
    def jobcenter_cannot_look(self) -> bool:
        """True only if both the server and the evaluator's keys are with other bodies than the
        jobcenter.
        """
        return not (self.operator_is_jobcenter or self.key_holder_is_jobcenter)

    @property
    def one_body(self) -> bool:
        """Whether whoever runs the server holds the keys as well."""
        both_jobcenter = self.operator_is_jobcenter and self.key_holder_is_jobcenter
        return both_jobcenter or self.operator == self.key_holder

    @property
    def bodies(self) -> tuple[str, ...]:
        """All who would have to break the rules together, each once."""
        return tuple(dict.fromkeys((self.controller, self.operator, self.key_holder)))


class Programme(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A programme: its fields generate the notices to recipients, and the code enforces them.

    Args:
        purpose: why people are asked, in German or by language
        controller: the jobcenter, as printed
        operator: runs the server the answers lie on
        key_holder: holds the evaluator's keys
        help: independent help contact, required
        complaint: where to complain about the survey or the jobcenter
        legal_basis: short text with the paragraphs, small print; in German or by language
    """

    programme_id: str
    title: str
    level: Level
    purpose: Texts
    controller: str
    operator: Body
    key_holder: Body
    help: Contact
    complaint: str
    legal_basis: Texts
    privacy_officer: str
    created_on: date

    @property
    def custody(self) -> Custody:
        """Where answers and keys are."""
        return Custody(
            controller=self.controller,
            operator=self.operator.name,
            key_holder=self.key_holder.name,
            operator_is_jobcenter=self.operator.is_jobcenter,
            key_holder_is_jobcenter=self.key_holder.is_jobcenter,
        )

    @property
    def jobcenter_cannot_look(self) -> bool:
        """Whether the jobcenter, with all it has, cannot tell whose an answer is."""
        return self.custody.jobcenter_cannot_look

    def purpose_in(self, tag: str) -> LocalText:
        """Why people are asked, in this language or in German."""
        return in_language(self.purpose, tag)

    def legal_basis_in(self, tag: str) -> LocalText:
        """The paragraphs, in this language or in German."""
        return in_language(self.legal_basis, tag)
