"""What every chapter is handed: the snapshot, the words of its language, the tables so far."""

from collections.abc import Sequence
from datetime import date

from babel.dates import format_skeleton
from msgspec import Struct

from survey.document.templates import Words
from survey.language import formats, tags
from survey.model.estimates import Estimate, Figure
from survey.model.snapshots import Snapshot
from survey.model.wording import Wording
from survey.report.notation import Notation
from survey.report.tables import Cell, Tables


class Edition(Struct, frozen=True, kw_only=True):
    """Who a document is for and when it was issued.

    Args:
        label: as printed, "Ausgabe für Rat und Öffentlichkeit"
        number: counts the issues of one snapshot
        issued: the day printed on it, and the date of the file
        example: the figures are invented, which every page says
        contact: mail address for questions about the report, may be empty
    """

    label: str
    issued: date
    number: int = 1
    example: bool = False
    contact: str = ""


class Chapter(Struct, frozen=True, kw_only=True):
    """One part of the document: its template below templates/report, and the view it is given."""

    template: str
    view: Struct


class Context(Struct, frozen=True, kw_only=True):
    """One document in the making."""

    snapshot: Snapshot
    edition: Edition
    language: str
    wording: Wording
    notation: Notation
    words: Words
    tables: Tables

    def say(self, message: str, **values: object) -> str:
        """A sentence in the language of the report."""
        return self.words.gettext(message) % values

    def scale(self, name: str) -> dict[str, str]:
        """The words of a scale's codes, from the unfavourable to the favourable end."""
        words = self.wording.scales[name]
        return {code: words[code] for code in self.snapshot.codes[name]}

    def day(self, on: date) -> str:
        """A day written out."""
        return formats.day(on, self.language)

    def first_day(self, first: date, last: date) -> str:
        """The beginning of a span, without the year if the end has the same."""
        if first.year != last.year:
            return self.day(first)
        return str(format_skeleton("MMMMd", first, locale=tags.KNOWN[self.language].locale))

    def label(self, question_id: str) -> str:
        """The statement as it was put to people."""
        return self.wording.questions[question_id].label

    def short(self, question_id: str) -> str:
        """A few words for the statement."""
        words = self.wording.questions[question_id]
        return words.short or words.label

    def few(self) -> str:
        """What stands for everything that rests on too few people."""
        return self.fewer(self.snapshot.setting.thresholds.k)

    def headline(self, words: str) -> str:
        """Words as the beginning of a sentence."""
        return words[:1].upper() + words[1:]

    def fewer(self, k: int) -> str:
        """The same where another threshold holds."""
        return self.say("zu wenige Angaben (n\u00a0<\u00a0%(k)s)", k=k)

    def share(self, figure: Figure) -> str:
        """A share, its bounds, or that it is not shown."""
        if isinstance(figure, Estimate):
            return self.notation.percent(figure.value)
        return self.notation.bounds(figure) or self.say("nicht gezeigt")

    def interval(self, figure: Figure) -> str:
        """The interval of a share; a dash where there is none."""
        return self.notation.interval(figure) if isinstance(figure, Estimate) else "–"

    def refused(self, figure: Figure) -> str:
        """The share that chose not to say; fewer than three people are only called few."""
        if isinstance(figure, Estimate):
            return self.notation.percent(figure.value)
        if figure.low is not None:
            return self.say("wenige")
        return self.say("nicht gezeigt")

    def share_cell(self, figure: Figure) -> Cell:
        """A share as the main figure of its row."""
        shown = isinstance(figure, Estimate) or figure.low is not None
        return Cell(text=self.share(figure), kind="main" if shown else "withheld")

    def interval_cell(self, figure: Figure) -> Cell:
        """An interval; two fields in the CSV."""
        if isinstance(figure, Estimate):
            limits = (self.notation.whole(100 * figure.low), self.notation.whole(100 * figure.high))
            return Cell(text=self.interval(figure), plain=limits)
        return Cell(text=self.interval(figure), plain=("", ""))

    def refused_cell(self, figure: Figure) -> Cell:
        """The share that chose not to say."""
        hidden = not isinstance(figure, Estimate) and figure.low is None
        return Cell(text=self.refused(figure), kind="withheld" if hidden else "")

    def listed(self, names: Sequence[str]) -> str:
        """Names in a row, "A, B und C"."""
        if len(names) < 2:
            return "".join(names)
        return self.say("%(first)s und %(last)s", first=", ".join(names[:-1]), last=names[-1])
