"""The satisfaction report as a document: chapters in order, one template and one view each."""

from collections.abc import Callable

from msgspec import Struct

from survey.document import pdf, templates
from survey.document.pdf import Attachment
from survey.document.templates import Words
from survey.language import tags
from survey.language.translator import translator
from survey.model.jobs import Progress
from survey.model.snapshots import SatisfactionSnapshot
from survey.report.render import unit_comparison
from survey.report.render.chapters import (
    comments,
    cover,
    helps,
    method,
    result,
    topics,
    trend,
    units,
    without_code,
)
from survey.report.render.context import Chapter, Context, Edition
from survey.report.render.notation import Notation, notation
from survey.report.render.tables import Tables

CHAPTERS: dict[str, Callable[[Context], list[Chapter]]] = {
    "cover": cover.chapters,
    "result": result.chapters,
    "topics": topics.chapters,
    "helps": helps.chapters,
    "units": units.chapters,
    "trend": trend.chapters,
    "comments": comments.chapters,
    "without_code": without_code.chapters,
    "method": method.chapters,
}


def _silent(_: str) -> None:
    """Nobody watches."""


def tables(words: Words, marks: Notation) -> Tables:
    """No tables yet, with the names that those of this language will have."""
    return Tables(marks, name=words.gettext("tabelle"), title=words.gettext("Tabelle %(number)s"))


class Document(Struct, frozen=True, kw_only=True):
    """A report before it is drawn: whole HTML, and the tables that go with it."""

    html: str
    attachments: list[Attachment]


def document(
    snapshot: SatisfactionSnapshot,
    *,
    language: str,
    edition: Edition,
    progress: Progress = _silent,
) -> Document:
    """Everything a report says, in the order of its pages.

    Raises:
        NotFound: no reports are written in this language
    """
    marks = notation(language)
    words = translator(language, tags.REPORT)
    context = Context(
        snapshot=snapshot,
        edition=edition,
        language=language,
        notation=marks,
        wording=snapshot.wordings[language],
        words=words,
        tables=tables(words, marks),
        compared=unit_comparison.compared(snapshot),
    )
    environment = templates.translated(words)
    chapters = []
    for name, chapters_of in CHAPTERS.items():
        progress(f"chapter {name}")
        chapters += [
            environment.get_template(chapter.template).render(view=chapter.view)
            for chapter in chapters_of(context)
        ]
    html = environment.get_template("report/document.html").render(
        language=language,
        title=words.gettext("Zufriedenheitsbericht"),
        chapters=chapters,
        controller=snapshot.setting.controller,
        year=snapshot.setting.last_day.year,
        edition=cover.name(context),
    )
    return Document(html=html, attachments=context.tables.attachments())


def render(
    snapshot: SatisfactionSnapshot,
    *,
    language: str,
    edition: Edition,
    progress: Progress = _silent,
) -> bytes:
    """The report as PDF/A-3a and PDF/UA-1, its tables attached; equal input gives equal bytes.

    Args:
        language: "de" or "en", of the whole document; only people's own words stay as they are
        progress: called with the name of each chapter when it begins, then with "pages"
    Raises:
        NotFound: no reports are written in this language
    """
    made = document(snapshot, language=language, edition=edition, progress=progress)
    progress("pages")
    return pdf.render(
        made.html, language=language, created=edition.issued, attachments=made.attachments
    )
