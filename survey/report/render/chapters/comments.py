"""Words of people's own, after two people went through them; for the internal edition alone.

A text may name a unit or tell who is meant to those who were there: what goes to the council and
from there to the press holds none. Texts stay in the language in which two people agreed on them.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from markupsafe import Markup, escape
from msgspec import Struct

from survey.document import characters
from survey.language import scripts
from survey.model.estimates import Suppressed
from survey.model.snapshots import Comments, Quote
from survey.report.render import findings
from survey.report.render.context import Chapter, Context

# How the two people mark what they took out: "[Name entfernt]".
GONE = re.compile(r"\[([^\[\]]{1,60})\]")


class PrintedComment(Struct, frozen=True, kw_only=True):
    """One text, however many people wrote it; what was taken out of it is marked.

    Args:
        language: for the `lang` attribute where the letters are of another script, else empty
        direction: for the `dir` attribute, empty with the language
        note: that it was translated, and how often it was written
    """

    text: Markup
    note: str
    language: str
    direction: str


class QuestionComments(Struct, frozen=True, kw_only=True):
    """The texts to one question, or why there are none."""

    question: str
    base: str
    texts: tuple[PrintedComment, ...]


class View(Struct, frozen=True, kw_only=True):
    """As many pages as the texts need."""

    finding: tuple[str, ...]
    questions: tuple[QuestionComments, ...]
    unfinished: bool
    example: bool
    german: bool


def chapters(context: Context) -> list[Chapter]:
    """None in the council's edition, and none where nothing may be quoted."""
    quoted = [comments for comments in context.snapshot.comments if comments.texts]
    if context.edition.kind != "internal" or not quoted:
        return []
    missing = characters.without_font(
        quote.text for comments in context.snapshot.comments for quote in comments.texts
    )
    view = View(
        finding=findings.lines(
            [context.say("Die Befragten schreiben in eigenen Worten, was ihnen wichtig ist.")]
        ),
        questions=tuple(
            _asked(context, comments, missing) for comments in context.snapshot.comments
        ),
        unfinished=context.snapshot.redaction == "unfinished",
        example=context.edition.example,
        german=context.language == "de",
    )
    return [Chapter(template="report/comments.html", view=view)]


def _asked(context: Context, comments: Comments, missing: frozenset[str]) -> QuestionComments:
    if isinstance(comments.n, Suppressed):
        base = context.say(
            "nicht gezeigt: weniger als %(k)s Texte, oder keiner ist zum Abdruck freigegeben.",
            k=context.snapshot.setting.thresholds.texts,
        )
    else:
        base = context.say(
            "%(n)s Texte; abgedruckt ist, was wörtlich erscheinen darf und durchgesehen ist.",
            n=context.notation.whole(comments.n),
        )
    return QuestionComments(
        question=context.quoted(comments.question_id),
        base=base,
        texts=tuple(
            _said(context, text, alike, missing)
            for text, alike in _together(comments.texts).items()
        ),
    )


def _together(quotes: Sequence[Quote]) -> dict[str, list[Quote]]:
    """Equal texts under one, with single blanks as they are printed, in the order they came."""
    by_text = defaultdict[str, list[Quote]](list)
    for quote in quotes:
        by_text[" ".join(quote.text.split())].append(quote)
    return by_text


def _said(
    context: Context, text: str, alike: list[Quote], missing: frozenset[str]
) -> PrintedComment:
    # By her own words: what two readers or we put in between is of another language.
    spoken = scripts.spoken(GONE.sub(" ", text))
    printed = characters.stand_in(
        text,
        missing,
        picture=context.say("Bildzeichen"),
        character=context.say("Zeichen"),
        named=context.language == "en",
    )
    before, after = spoken.quotes if spoken else context.notation.quotes
    notes = []
    if any(quote.translated for quote in alike):
        every = all(quote.translated for quote in alike)
        notes.append(context.say("übersetzt") if every else context.say("zum Teil übersetzt"))
    if len(alike) > 1:
        notes.append(_times(context, len(alike)))
    return PrintedComment(
        text=Markup("{}{}{}").format(before, marked(printed, context.language), after),
        note=", ".join(notes),
        language=spoken.tag if spoken else "",
        direction=spoken.direction if spoken else "",
    )


def _times(context: Context, times: int) -> str:
    if times <= 12:
        return context.say("%(times)smal geschrieben", times=context.number(times))
    return context.say("%(times)s-mal geschrieben", times=context.notation.whole(times))


def marked(text: str, language: str) -> Markup:
    """The text with what was taken out as grey tags of this language; never a black bar."""
    pieces = GONE.split(" ".join(text.split()))
    tag = Markup('<span class="gone" lang="{}" dir="ltr">{}</span>')
    return Markup().join(
        tag.format(language, piece) if i % 2 else escape(piece) for i, piece in enumerate(pieces)
    )
