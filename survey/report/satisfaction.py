"""The satisfaction report as a document: chapters in order, one template and one view each."""

from collections.abc import Callable

from survey.document import pdf, templates
from survey.language.translator import translator
from survey.model.snapshots import Snapshot
from survey.report.context import Chapter, Context, Edition
from survey.report.notation import notation
from survey.report.sections import cover, helps, method, result, topics
from survey.report.tables import Tables

SECTIONS: dict[str, Callable[[Context], list[Chapter]]] = {
    "cover": cover.chapters,
    "result": result.chapters,
    "topics": topics.chapters,
    "helps": helps.chapters,
    "method": method.chapters,
}


def _silent(_: str) -> None:
    """Nobody watches."""


def render(
    snapshot: Snapshot,
    *,
    language: str,
    edition: Edition,
    progress: Callable[[str], None] = _silent,
) -> bytes:
    """The report as PDF/A-3a and PDF/UA-1, its tables attached; equal input gives equal bytes.

    Args:
        language: "de"
        progress: told the name of each chapter when it begins, then "pdf"
    Raises:
        NotFound: no reports are written in this language
    """
    context = Context(
        snapshot=snapshot,
        edition=edition,
        language=language,
        notation=notation(language),
        wording=snapshot.wordings[language],
        words=translator(language),
        tables=Tables(),
    )
    environment = templates.translated(context.words)
    chapters = []
    for name, section in SECTIONS.items():
        progress(name)
        chapters += [
            environment.get_template(chapter.template).render(view=chapter.view)
            for chapter in section(context)
        ]
    progress("pdf")
    setting = snapshot.setting
    html = environment.get_template("report/document.html").render(
        language=language,
        chapters=chapters,
        controller=setting.controller,
        year=setting.closes_on.year,
    )
    return pdf.render(
        html, language=language, created=edition.issued, attachments=context.tables.attachments()
    )
