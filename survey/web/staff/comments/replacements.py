"""The places of a text that may tell who is meant: what takes their place, and what was decided.

Words in brackets stand in a German report, so they are German whatever the page speaks.
"""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

from survey.http import fields as form_fields
from survey.http.fields import Fields
from survey.model.problems import Problem
from survey.web.staff.comments import identifying
from survey.web.staff.comments.identifying import Kind

Choice: TypeAlias = Literal["replace", "keep"]

INSTEAD: Mapping[Kind, str] = {
    "person": "[Person]",
    "place": "[Einrichtung]",
    "street": "[Straße]",
    "phone": "[Telefonnummer]",
    "mail": "[E-Mail-Adresse]",
    "web": "[Internetadresse]",
    "day": "[Datum]",
    "number": "[Nummer]",
}
LONGEST = 60  # of words that take a place


class Place(Struct, frozen=True, kw_only=True):
    """One place; `end` is where it ends in the text.

    Args:
        instead: what takes its place
        choice: replaced unless somebody decided to keep it
    """

    number: int
    start: int
    end: int
    text: str
    kind: Kind
    instead: str
    choice: Choice = "replace"

    @property
    def field(self) -> str:
        """The name of the form field that decides."""
        return f"spot-{self.number}"

    def stands(self, text: str) -> bool:
        """Whether its words are still in an edited text."""
        return self.text in text


class Piece(Struct, frozen=True, kw_only=True):
    """A stretch of a text; `number` counts the places that may identify, 0 for the rest."""

    text: str
    number: int


def places(original: str, edited: str | None = None, sent: Fields | None = None) -> list[Place]:
    """The identifying places of a text, and whether each was kept or replaced.

    Args:
        edited: an earlier decision: what still stands there was kept
        sent: what came with the form
    """
    rows = []
    for number, spot in enumerate(identifying.spots(original), 1):
        text = original[spot.start : spot.end]
        kept = edited is not None and text in edited
        instead = INSTEAD[spot.kind]
        if sent:
            kept = form_fields.single(sent, f"spot-{number}") == "keep"
            instead = form_fields.single(sent, f"instead-{number}").strip()[:LONGEST] or instead
        rows.append(
            Place(
                number=number,
                start=spot.start,
                end=spot.end,
                text=text,
                kind=spot.kind,
                instead=instead,
                choice="keep" if kept else "replace",
            )
        )
    return rows


def assembled(original: str, known: list[Place]) -> str:
    """The text with its places as decided."""
    parts, end = [], 0
    for place in known:
        parts += [
            original[end : place.start],
            place.text if place.choice == "keep" else place.instead,
        ]
        end = place.end
    return "".join([*parts, original[end:]])


def pieces(original: str, known: list[Place]) -> tuple[Piece, ...]:
    """The text as it was written, cut at its places."""
    parts, end = [], 0
    for place in known:
        parts.append(Piece(text=original[end : place.start], number=0))
        parts.append(Piece(text=place.text, number=place.number))
        end = place.end
    return (*parts, Piece(text=original[end:], number=0))


def left(text: str, known: list[Place]) -> tuple[Problem, ...]:
    """Places that still stand in a text to be printed although nobody decided to keep them."""
    return tuple(
        Problem(field=place.field, message="spot-stands")
        for place in known
        if place.choice == "replace" and place.stands(text)
    )
