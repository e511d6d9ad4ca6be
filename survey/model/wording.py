"""The words of a form in one language, with the state of their translation."""

from datetime import date
from typing import Literal, TypeAlias

from msgspec import Struct

# "source" is the German original; "missing" is never stored, it is what `survey.form.check`
# reports.
Status: TypeAlias = Literal["source", "machine", "translated", "checked", "stale"]


class Checked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Review of a text: its reader, and when."""

    by: str
    on: date


class QuestionWords(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`lead` stands above the question, `hint` between question and options.

    `finding` is for headlines of a report: of a statement what those on the favourable side say,
    after "vier von fünf" ("wissen, wer für sie zuständig ist"), of a help its name.
    """

    label: str
    lead: str = ""
    hint: str = ""
    options: dict[str, str] = {}
    short: str = ""  # a few words for tables and headings of a report
    finding: str = ""
    status: Status | None = None  # None: as the file


class Wording(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All words of one form in one language (the application's tag, e.g. "de-simple")."""

    language: str
    status: Status
    title: str
    invitation: str  # one sentence: what we want to know
    refused: str  # "möchte ich nicht sagen"
    not_applicable: str  # "trifft auf mich nicht zu"
    scales: dict[str, dict[str, str]]
    constructs: dict[str, str]
    questions: dict[str, QuestionWords]
    leads: dict[str, str] = {}
    blocks: dict[str, str] = {}  # titles, in forms that have something to release
    checked: Checked | None = None

    def status_of(self, question_id: str) -> Status:
        """The state of one question's words: its own, else the file's."""
        return self.questions[question_id].status or self.status
