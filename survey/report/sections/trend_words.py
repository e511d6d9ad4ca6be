"""What the course over several waves says: sentences, and what its parts are called."""

from collections.abc import Sequence

from survey.model.estimates import Figure
from survey.model.snapshots import Point, Series
from survey.report import claims
from survey.report.context import Context
from survey.report.course import Course


def title(context: Context, series: Series) -> str:
    """What the series is about."""
    if series.kind == "topic":
        return context.wording.constructs[series.subject]
    return context.say("Gesamtnote")


def wave(context: Context, point: Point) -> str:
    """A wave by its number."""
    return context.say("Welle %(n)s", n=point.number)


def figure(context: Context, series: Series, found: Figure) -> str:
    """A mean of grades or a share, as sentences and tables write it."""
    return context.mean(found) if series.kind == "grade" else context.measured(found)


def finding(context: Context, found: Sequence[Course]) -> list[str]:
    """What became better or worse than in the wave before, and no more."""
    say = context.say
    comparable = [each for each in found if each.change is not None]
    if not comparable:
        return [say("Mit der Welle davor lässt sich nichts vergleichen:"), _why(context, found)]
    number = comparable[0].series.points[-2].number
    better = [title(context, each.series) for each in comparable if _better(each)]
    worse = [title(context, each.series) for each in comparable if _worse(each)]
    lines = []
    if better:
        lines.append(_changed(context, better, say("Besser als in Welle %(n)s", n=number)))
    if worse:
        lines.append(_changed(context, worse, say("Schlechter als in Welle %(n)s", n=number)))
    if lines:
        return lines
    return claims.balanced(
        say("Gegenüber Welle %(n)s hat sich kein Thema über den Zufall hinaus verändert.", n=number)
    )


def _changed(context: Context, names: Sequence[str], opening: str) -> str:
    if len(names) <= 2:
        return f"{opening}: {context.listed(names)}."
    more = context.say("%(n)s Themen", n=context.number(len(names)))
    return f"{opening}: {more}."


def _better(each: Course) -> bool:
    return each.change == ("down" if each.series.kind == "grade" else "up")


def _worse(each: Course) -> bool:
    return each.change == ("up" if each.series.kind == "grade" else "down")


def _why(context: Context, found: Sequence[Course]) -> str:
    reasons = {one.reason for each in found for one in each.series.breaks}
    if reasons == {"law"}:
        return context.say("Das Recht hat sich geändert.")
    if reasons == {"wording"}:
        return context.say("Die Fragen haben einen neuen Wortlaut.")
    if reasons:
        return context.say("Recht und Fragen haben sich geändert.")
    return context.say("Eine der beiden zeigt zu wenige Angaben.")


def told(context: Context, found: Sequence[Course]) -> str:
    """The changes with their numbers, or that there is none; one sentence."""
    say = context.say
    changed = [each for each in found if each.change in ("up", "down")]
    if changed:
        return " ".join(
            say(
                "%(title)s: %(old)s in Welle %(n)s, jetzt %(new)s.",
                title=title(context, each.series),
                old=figure(context, each.series, each.series.points[-2].figure),
                n=each.series.points[-2].number,
                new=figure(context, each.series, each.series.points[-1].figure),
            )
            for each in changed[:3]
        )
    if any(each.change for each in found):
        return say("Alle vergleichbaren Intervalle überlappen sich mit denen der Welle davor.")
    return ""


def rest(context: Context, found: Sequence[Course]) -> str:
    """What to bear in mind with every comparison."""
    say = context.say
    sentences = []
    if any(each.cuts for each in found):
        sentences.append(
            say("Über eine gestrichelte Linie hinweg sind die Werte nicht vergleichbar.")
        )
    sentences.append(
        say("Wer antwortet, in welcher Sprache und auf welchem Weg, kann sich verschoben haben.")
    )
    return " ".join(sentences)
