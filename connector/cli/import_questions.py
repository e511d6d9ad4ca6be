"""Asks at the terminal what an import does only when a person agrees."""

import click
from msgspec import structs

from connector.cli import summary
from connector.cli.asking import GERMAN
from connector.imports import messages
from connector.imports.outcome import Outcome
from connector.imports.questions import Agreed
from survey.command import agree, agree_by_name

# Which agreement answers which question; how many people lose their protection is typed.
AGREES = {"F-LA-001": "changes", "F-LA-002": "older", "F-LA-004": "merges"}
LIFTED = "F-LA-003"


def ask(outcome: Outcome, agreed: Agreed) -> Agreed | None:
    """Asks one question after the other and returns the agreements; None when an answer is no."""
    summary.tell_stopping(outcome, outcome.questions)
    try:
        for question in outcome.questions:
            agreed = _ask(question.code, outcome, agreed)
    except click.ClickException as refused:
        click.echo(refused.message, err=True)
        return None
    return agreed


def _ask(code: str, outcome: Outcome, agreed: Agreed) -> Agreed:
    title = messages.CODES[code].title
    if code == LIFTED:
        question = f"{title}. Ist es richtig, bitte die Zahl der Menschen eingeben"
        agree_by_name(str(outcome.lifted), question, option="--lift", asking=GERMAN)
        return structs.replace(agreed, lift=outcome.lifted)
    agree(f"{title}. Trotzdem übernehmen?", yes=False, asking=GERMAN)
    return structs.replace(agreed, **{AGREES[code]: True})
