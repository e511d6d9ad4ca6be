"""Draws whom to ask: once per person and period, nobody excluded, running or lately ended cases.

Everybody who may be asked is asked. Chance decides which of a person's cases stands for her, and
the order of the letters: it must tell nothing.
"""

import secrets
from datetime import date, timedelta

from msgspec import Struct

from connector.state import episodes
from connector.state.episodes import Candidate
from survey.engine.database import Transaction


class Rule(Struct, frozen=True, kw_only=True):
    """The rule for who may be sampled on a day; both spans in days."""

    as_of: date
    period: int
    ended_within: int


def circle(tx: Transaction, rule: Rule) -> list[Candidate]:
    """Every case of everybody who may be asked."""
    return episodes.may_be_asked(
        tx,
        as_of=rule.as_of,
        ended_since=rule.as_of - timedelta(days=rule.ended_within),
        asked_after=rule.as_of - timedelta(days=rule.period),
    )


def draw(tx: Transaction, rule: Rule) -> list[Candidate]:
    """One case of every person who may be asked, in random order."""
    candidates = circle(tx, rule)
    secrets.SystemRandom().shuffle(candidates)
    return list({candidate.person: candidate for candidate in candidates}.values())
