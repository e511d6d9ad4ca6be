"""Blocks of answers as pages show them: in German, as they are handed over, and beside it in the
language of the person.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from survey.actions.drafts import OpenDraft
from survey.form import release
from survey.language.tags import SOURCE
from survey.model.exchange import ReleasedBlock
from survey.model.form import Form, Note, Question, Text
from survey.model.wording import Wording
from survey.web.answer import question, steps
from survey.web.answer.site import Site

# Before a block's id in the names of fields.
PREFIX = "show-"


class Line(Struct, frozen=True, kw_only=True):
    """A question with its answer, and both in German where the page speaks another language."""

    question: str
    answer: str
    german: tuple[str, str] | None


class Box(Struct, frozen=True, kw_only=True):
    """One block; `german` is its German title where the page's language has another."""

    id: str
    title: str
    german: str
    sensitive: bool
    lines: tuple[Line, ...]

    @property
    def translated(self) -> bool:
        """Whether the German stands beside another language."""
        return self.lines[0].german is not None


def boxes(site: Site, sheet: OpenDraft, tag: str) -> tuple[Box, ...]:
    """Everything of this sheet that may be shown to somebody, as far as this device answered it."""
    return tuple(_boxes(site, sheet, tag))


def absent(form: Form, boxes: Sequence[Box]) -> str:
    """The filler for boxes that are not offered; which ones must not be revealed."""
    offered = {box.id for box in boxes}
    missing = (block.id for block in release.releasable(form) if block.id not in offered)
    return "-" * sum(len(f"{PREFIX}{block_id}=0&") for block_id in missing)


def shown(form: Form) -> list[Question]:
    """The questions that stand in a box when all of them are offered."""
    may = {block.id for block in release.releasable(form)}
    return [asked for asked in form.questions if asked.block in may]


def wordings(sheet: OpenDraft, tag: str) -> list[Wording]:
    """The words that stand in a box: the page's, and German beside another language."""
    words = question.wording(sheet, tag)
    german = question.wording(sheet, SOURCE)
    return [words] if words is german else [words, german]


def elsewhere(sheet: OpenDraft) -> bool:
    """Whether another device was at a question that could be shown, and answered it or not."""
    may = {block.id for block in release.releasable(sheet.context.published.form)}
    return any(asked.block in may and asked.id in sheet.elsewhere for asked in steps.shown(sheet))


def never(sheet: OpenDraft, tag: str) -> tuple[str, ...]:
    """Titles of the blocks that are never released; texts may still be quoted in reports."""
    form, words = sheet.context.published.form, question.wording(sheet, tag)
    answerable = {item.block for item in form.questions if not isinstance(item, Text | Note)}
    hidden = [block for block in form.blocks if block.id in answerable and not block.releasable]
    return tuple(release.title(block, words) for block in hidden)


def _boxes(site: Site, sheet: OpenDraft, tag: str) -> Iterator[Box]:
    form = sheet.context.published.form
    words = question.wording(sheet, tag)
    answers, elsewhere = sheet.answers, sheet.elsewhere
    unanswered = site.translators[tag].gettext(release.UNANSWERED)
    for block in release.releasable(form):
        german = release.of_block(form, question.wording(sheet, SOURCE), block, answers, elsewhere)
        own = release.of_block(form, words, block, answers, elsewhere, unanswered=unanswered)
        if german and own:
            translated = words.language != SOURCE
            yield Box(
                id=block.id,
                title=own.title,
                german=german.title if german.title != own.title else "",
                sensitive=block.sensitive,
                lines=tuple(_lines(own, german, translated=translated)),
            )


def _lines(own: ReleasedBlock, german: ReleasedBlock, *, translated: bool) -> Iterator[Line]:
    for line, source in zip(own.lines, german.lines, strict=True):
        beside = (source.question, source.answer) if translated else None
        yield Line(question=line.question, answer=line.answer, german=beside)
