"""Words of people's own, after two people went through them; for the internal edition alone.

A text may name a unit or tell who is meant to those who were there: what goes to the council and
from there to the press holds none. Texts stay in the language in which two people agreed on them.
"""

import re

from markupsafe import Markup, escape
from msgspec import Struct

from survey.model.estimates import Suppressed
from survey.model.snapshots import Remarks
from survey.report import claims
from survey.report.context import Chapter, Context

# How the two people mark what they took out: "[Name entfernt]".
GONE = re.compile(r"\[([^\[\]]{1,60})\]")


class Said(Struct, frozen=True, kw_only=True):
    """One text; what was taken out of it is marked."""

    text: Markup
    note: str


class Asked(Struct, frozen=True, kw_only=True):
    """The texts to one question, or why there are none."""

    question: str
    base: str
    texts: tuple[Said, ...]


class View(Struct, frozen=True, kw_only=True):
    """As many pages as the texts need."""

    finding: tuple[str, ...]
    questions: tuple[Asked, ...]
    unfinished: bool
    german: bool


def chapters(context: Context) -> list[Chapter]:
    """None in the council's edition, and none where nothing may be quoted."""
    remarks = [each for each in context.snapshot.remarks if each.texts]
    if context.edition.kind != "internal" or not remarks:
        return []
    view = View(
        finding=tuple(
            claims.balanced(context.say("Was Menschen in eigenen Worten geschrieben haben"))
        ),
        questions=tuple(_asked(context, each) for each in context.snapshot.remarks),
        unfinished=context.snapshot.redaction == "unfinished",
        german=context.language == "de",
    )
    return [Chapter(template="report/remarks.html", view=view)]


def _asked(context: Context, each: Remarks) -> Asked:
    if isinstance(each.n, Suppressed):
        base = context.say(
            "nicht gezeigt: weniger als %(k)s Texte, oder keiner ist zum Abdruck freigegeben.",
            k=context.snapshot.setting.thresholds.comments,
        )
    else:
        base = context.say(
            "%(n)s Texte; abgedruckt ist, was wörtlich erscheinen darf und durchgesehen ist.",
            n=context.notation.whole(each.n),
        )
    return Asked(
        question=context.quoted(each.question_id),
        base=base,
        texts=tuple(
            Said(
                text=quoted(context, text.text),
                note=context.say("übersetzt") if text.translated else "",
            )
            for text in each.texts
        ),
    )


def quoted(context: Context, text: str) -> Markup:
    """The text between the quotation marks of the document."""
    before, after = context.notation.quotes
    return Markup("{}{}{}").format(before, marked(text), after)


def marked(text: str) -> Markup:
    """The text with what was taken out as grey tags; never a black bar."""
    pieces = GONE.split(" ".join(text.split()))
    return Markup().join(
        Markup('<span class="gone">{}</span>').format(piece) if i % 2 else escape(piece)
        for i, piece in enumerate(pieces)
    )
