"""What two people decide on a text, read from the forms of its page and carried out."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from survey.actions import remark_sealing, reviewing
from survey.actions.desk import Desk
from survey.actions.reviewing import Outcome
from survey.http import fields as form_fields
from survey.http.fields import Fields
from survey.model.problems import Problem
from survey.model.remarks import LONGEST_REASON, Proposal

Act: TypeAlias = Literal["propose", "approve", "return"]


class Sent(Struct, frozen=True, kw_only=True):
    """What came with a form; kept only if there is neither a refusal nor a problem."""

    act: Act = "propose"
    typed: Proposal | None = None
    decision: str = ""
    refusal: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def kept(self) -> bool:
        """Whether it was carried out."""
        return not self.refusal and not self.problems


def decide(
    desk: Desk, fields: Fields, remark_id: str, longest: int, *, actor: str, at: datetime
) -> Sent:
    """Do what the form asks for.

    Args:
        longest: characters that an edited text may have
    """
    version = form_fields.single(fields, "version")
    known = int(version) if version.isdecimal() and len(version) < 10 else -1
    match form_fields.single(fields, "act"):
        case "approve":
            outcome = reviewing.approve(desk, remark_id, known, actor=actor, at=at)
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
            outcome = reviewing.send_back(desk, remark_id, known, why, actor=actor, at=at)
            return replace(sent, refusal=_refusal(outcome))
        case _:
            sent = _proposed(fields, longest)
            if sent.problems or sent.typed is None:
                return sent
            kept = sent.typed
            if sent.decision == "withhold":
                kept = Proposal(text=None, reason=kept.reason)
            outcome = reviewing.propose(desk, remark_id, known, kept, actor=actor, at=at)
            return replace(sent, refusal=_refusal(outcome))


def _refusal(outcome: Outcome) -> str:
    return "" if outcome == "kept" else outcome


def _proposed(fields: Fields, longest: int) -> Sent:
    text = form_fields.single(fields, "text").replace("\r\n", "\n").strip()
    reason = form_fields.single(fields, "reason").strip()
    decision = form_fields.single(fields, "decision")
    typed = Proposal(text=text, reason=reason, translated="translated" in fields)
    checks: dict[str, Callable[[], tuple[Problem, ...]]] = {
        "print": lambda: _text_problems(text, longest),
        "withhold": lambda: _reason_problems(reason, "reason"),
    }
    if decision not in checks:
        problem = Problem(field="decision", message="choose-decision")
        return Sent(typed=typed, problems=(problem,))
    return Sent(typed=typed, decision=decision, problems=checks[decision]())


def _text_problems(text: str, longest: int) -> tuple[Problem, ...]:
    if not text:
        return (Problem(field="text", message="no-text"),)
    fits = remark_sealing.fits(text, longest)
    return () if fits else (Problem(field="text", message="text-too-long"),)


def _reason_problems(reason: str, field: str) -> tuple[Problem, ...]:
    if not reason:
        return (Problem(field=field, message="no-reason"),)
    fits = remark_sealing.fits(reason, LONGEST_REASON)
    return () if fits else (Problem(field=field, message="reason-too-long"),)
