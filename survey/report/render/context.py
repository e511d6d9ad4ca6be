"""What every chapter is handed: the snapshot, the words of its language, the tables so far."""

from collections.abc import Iterable, Sequence
from datetime import date

from babel.dates import format_skeleton
from msgspec import Struct

from survey.document.templates import Words
from survey.language import formats, tags
from survey.language.later import later
from survey.model.estimates import Estimate, Figure, Suppressed
from survey.model.snapshots import SatisfactionSnapshot
from survey.model.wording import Wording
from survey.report.render.notation import Notation
from survey.report.render.tables import Cell, Head, Tables
from survey.report.render.unit_comparison import Comparison
from survey.report_types import EditionKind

NUMBERS = (
    later("zwei"),
    later("drei"),
    later("vier"),
    later("fünf"),
    later("sechs"),
    later("sieben"),
    later("acht"),
    later("neun"),
    later("zehn"),
    later("elf"),
    later("zwölf"),
)


class Edition(Struct, frozen=True, kw_only=True):
    """Who a document is for and when it was issued.

    Args:
        kind: "internal" names units and brings people's own words, "council" does neither
        number: counts the issues of one snapshot
        issued: the day printed on it, and the date of the file
        example: the figures are invented, which every page says
        contact: mail address for questions about the report, may be empty
    """

    kind: EditionKind
    issued: date
    number: int = 1
    example: bool = False
    contact: str = ""


class Chapter(Struct, frozen=True, kw_only=True):
    """One part of the document: its template below templates/report, and the view it is given."""

    template: str
    view: Struct


class Context(Struct, frozen=True, kw_only=True):
    """One document in the making; `compared` are the questions by unit, against chance."""

    snapshot: SatisfactionSnapshot
    edition: Edition
    language: str
    wording: Wording
    notation: Notation
    words: Words
    tables: Tables
    compared: Comparison = Comparison()

    def say(self, message: str, /, **values: object) -> str:
        """A sentence in the language of the report."""
        return self.words.gettext(message) % values

    def plural(self, one: str, many: str, n: int, /, **values: object) -> str:
        """A sentence about one thing or `number` things."""
        return self.words.ngettext(one, many, n) % {"number": self.number(n), **values}

    def number(self, n: int) -> str:
        """A count in running text, in words from two to twelve."""
        return self.say(NUMBERS[n - 2]) if 2 <= n <= 12 else self.notation.whole(n)

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

    def month(self, on: date) -> str:
        """Month and year, short enough for an axis."""
        return str(format_skeleton("yMMM", on, locale=tags.KNOWN[self.language].locale))

    def label(self, question_id: str) -> str:
        """The statement as it was put to people."""
        return self.wording.questions[question_id].label

    def short(self, question_id: str) -> str:
        """A few words for the statement."""
        words = self.wording.questions[question_id]
        return words.short or words.label

    def quoted(self, question_id: str) -> str:
        """The statement as a quotation."""
        return self.notation.quoted(self.label(question_id))

    def brief(self, question_id: str) -> str:
        """A few words for the statement, as a quotation."""
        return self.notation.quoted(self.short(question_id))

    def finding(self, question_id: str) -> str:
        """What a headline says of those on the favourable side; empty where the form has none."""
        return self.wording.questions[question_id].finding

    def help(self, question_id: str) -> str:
        """A kind of help by its name in a sentence, "Hilfe beim Wohnen"."""
        words = self.finding(question_id)
        return words or self.say("Hilfe (%(short)s)", short=self.short(question_id))

    def nothing(self, figures: Iterable[Figure]) -> str:
        """A sentence for where none of these figures is shown: too few people only if it is so."""
        reasons = {figure.reason for figure in figures if isinstance(figure, Suppressed)}
        if reasons <= {"too-few"}:
            k = self.snapshot.setting.thresholds.k
            return self.say("Weniger als %(k)s Menschen haben geantwortet.", k=self.number(k))
        return self.say("Zu diesen Fragen lassen sich keine Zahlen zeigen.")

    def hidden(self) -> str:
        """What stands in place of every figure that is not shown, whatever the reason is."""
        return self.say("nicht gezeigt")

    def hidden_note(self, k: int) -> str:
        """What "nicht gezeigt" means: every reason in one sentence, so that none can be told."""
        return self.say(
            "nicht gezeigt: weniger als %(k)s Angaben, alle oder fast alle antworten gleich, oder "
            "eine andere verdeckte Zahl ließe sich sonst errechnen.",
            k=k,
        )

    def headline(self, words: str) -> str:
        """Words as the beginning of a sentence."""
        return words[:1].upper() + words[1:]

    def share(self, figure: Figure) -> str:
        """A share, its bounds, or that it is not shown."""
        if isinstance(figure, Estimate):
            return self.notation.percent(figure.value)
        return self.notation.bounds(figure) or self.hidden()

    def interval(self, figure: Figure) -> str:
        """The interval of a share; a dash where there is none."""
        return self.notation.interval(figure) if isinstance(figure, Estimate) else "–"

    def measured(self, figure: Figure) -> str:
        """A share with its interval, for running text."""
        if isinstance(figure, Estimate):
            return f"{self.share(figure)} {self.interval(figure)}"
        return self.share(figure)

    def mean(self, figure: Figure) -> str:
        """A mean with its interval, or that it is not shown."""
        if isinstance(figure, Estimate):
            value = self.notation.decimal(figure.value)
            return f"{value} {self.notation.mean_interval(figure)}"
        return self.hidden()

    def refused(self, figure: Figure) -> str:
        """The share that chose not to say; fewer than three people are only called few."""
        if isinstance(figure, Estimate):
            return self.notation.percent(figure.value)
        if figure.low is not None:
            return self.say("wenige")
        return "–" if figure.reason == "not-asked" else self.hidden()

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

    def interval_name(self) -> str:
        """What stands over a column of intervals in a picture."""
        name = self.say("95-%%-Intervall")
        return f"[{name}]"

    def interval_head(self) -> Head:
        """The head of a column of intervals."""
        return Head(
            text=self.say("95-%%-Intervall"),
            plain=(self.say("untere Grenze"), self.say("obere Grenze")),
        )

    def count_cell(self, n: int | Suppressed) -> Cell:
        """How many answered; a dash where that is not shown."""
        return Cell(text="–" if isinstance(n, Suppressed) else self.notation.whole(n))

    def refused_cell(self, figure: Figure | int) -> Cell:
        """The share that gave no valid answer; in older reports the number of people."""
        if isinstance(figure, int):
            return Cell(text=self.say("%(n)s Personen", n=self.notation.whole(figure)))
        hidden = not isinstance(figure, Estimate) and figure.low is None
        return Cell(text=self.refused(figure), kind="withheld" if hidden else "")

    def listed(self, names: Sequence[str]) -> str:
        """Names in a row, "A, B und C"."""
        if len(names) < 2:
            return "".join(names)
        return self.say("%(first)s und %(last)s", first=", ".join(names[:-1]), last=names[-1])
