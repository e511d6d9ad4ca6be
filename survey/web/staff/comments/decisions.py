"""What two people decide on a text, read from the forms of its page and carried out."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from survey.actions.comments import review
from survey.actions.comments.review import Outcome
from survey.home import Services
from survey.http import fields as form_fields
from survey.http.fields import Fields
from survey.model.comments import LONGEST_REASON, Proposal
from survey.model.problems import Problem
from survey.web.staff.comments import replacements
from survey.web.staff.comments.replacements import Place

Act: TypeAlias = Literal["propose", "approve", "return", "assemble"]


class About(Struct, frozen=True, kw_only=True):
    """The text that a form is about; `longest` in characters, of an edited one."""

    comment_id: str
    original: str
    longest: int


class Sent(Struct, frozen=True, kw_only=True):
    """Result of a sent decision; carried out only without refusal and problems.

    Args:
        places: the places of the text as they were decided on; None where nothing was sent
    """

    act: Act = "propose"
    typed: Proposal | None = None
    decision: str = ""
    places: tuple[Place, ...] | None = None
    refusal: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def kept(self) -> bool:
        """Whether the decision was carried out."""
        return self.act != "assemble" and not self.refusal and not self.problems


def decide(services: Services, fields: Fields, about: About, *, actor: str, at: datetime) -> Sent:
    """Do what the form asks for."""
    comment_id = about.comment_id
    version = form_fields.single(fields, "version")
    known = int(version) if version.isdecimal() and len(version) < 10 else -1
    match form_fields.single(fields, "act"):
        case "approve":
            outcome = review.approve(services, comment_id, known, actor=actor, at=at)
            return Sent(act="approve", refusal=_refusal(outcome))
        case "return":
            why = form_fields.single(fields, "why").strip()
            sent = Sent(
                act="return",
                typed=Proposal(text=None, returned=why),
                problems=_reason_problems(why, "why"),
            )
            if sent.problems:
                return sent
            outcome = review.send_back(services, comment_id, known, why, actor=actor, at=at)
            return replace(sent, refusal=_refusal(outcome))
        case "assemble":
            return _assembled(fields, about)
        case _:
            sent = _proposed(fields, about)
            if sent.problems or sent.typed is None:
                return sent
            kept = sent.typed
            if sent.decision == "withhold":
                kept = Proposal(text=None, reason=kept.reason)
            outcome = review.propose(services, comment_id, known, kept, actor=actor, at=at)
            return replace(sent, refusal=_refusal(outcome))


def _refusal(outcome: Outcome) -> str:
    return "" if outcome == "kept" else outcome


def _assembled(fields: Fields, about: About) -> Sent:
    """The form once more, its text put together anew; nothing is kept."""
    known = replacements.places(about.original, sent=fields)
    sent = _typed(fields)
    return Sent(
        act="assemble",
        typed=replace(sent, text=replacements.assembled(about.original, known)),
        decision=form_fields.single(fields, "decision"),
        places=tuple(known),
    )


def _typed(fields: Fields) -> Proposal:
    return Proposal(
        text=form_fields.single(fields, "text").replace("\r\n", "\n").strip(),
        reason=form_fields.single(fields, "reason").strip(),
        translated="translated" in fields,
    )


def _proposed(fields: Fields, about: About) -> Sent:
    typed, decision = _typed(fields), form_fields.single(fields, "decision")
    text, known = typed.text or "", replacements.places(about.original, sent=fields)
    checks: dict[str, Callable[[], tuple[Problem, ...]]] = {
        "print": lambda: (*replacements.left(text, known), *_text_problems(text, about.longest)),
        "withhold": lambda: _reason_problems(typed.reason, "reason"),
    }
    if decision in checks:
        problems = checks[decision]()
    else:
        problems = (Problem(field="decision", message="choose-decision"),)
    return Sent(typed=typed, decision=decision, places=tuple(known), problems=problems)


def _text_problems(text: str, longest: int) -> tuple[Problem, ...]:
    if not text:
        return (Problem(field="text", message="no-text"),)
    fits = len(text) <= longest
    return () if fits else (Problem(field="text", message="text-too-long"),)


def _reason_problems(reason: str, field: str) -> tuple[Problem, ...]:
    if not reason:
        return (Problem(field=field, message="no-reason"),)
    fits = len(reason) <= LONGEST_REASON
    return () if fits else (Problem(field=field, message="reason-too-long"),)
