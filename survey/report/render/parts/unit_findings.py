"""What may be said of units, in the same words wherever it is said: one count, one sentence."""

from survey.report.render import findings
from survey.report.render.context import Context
from survey.report.render.unit_comparison import Compared, Placed


def finding(context: Context) -> tuple[str, ...]:
    """Whether any unit differs beyond chance, over all questions that can be compared."""
    compared = context.compared
    differing, count = compared.differing, len(compared.questions)
    if not differing:
        many = context.plural(
            "Das gilt für die eine Frage, die sich vergleichen lässt.",
            "Das gilt für alle %(number)s vergleichbaren Fragen.",
            count,
        )
        return (context.say("Keine Einheit weicht über den Zufall hinaus ab."), many)
    return tuple(findings.balanced(_sentence(context, differing, count)))


def _sentence(context: Context, differing: list[Compared], count: int) -> str:
    outside = sum(len(question.outside) for question in differing)
    if count == 1:
        return context.plural(
            "Bei der einen vergleichbaren Frage weicht eine Einheit stärker ab, als der Zufall "
            "erklärt.",
            "Bei der einen vergleichbaren Frage weichen %(number)s Einheiten stärker ab, als der "
            "Zufall erklärt.",
            outside,
        )
    every = context.number(count)
    if len(differing) == 1:
        return context.plural(
            "Bei einer von %(all)s Fragen weicht eine Einheit stärker ab, als der Zufall erklärt.",
            "Bei einer von %(all)s Fragen weichen %(number)s Einheiten stärker ab, als der Zufall "
            "erklärt.",
            outside,
            all=every,
        )
    return context.say(
        "Bei %(number)s von %(all)s Fragen weichen Einheiten stärker ab, als der Zufall erklärt.",
        number=context.number(len(differing)),
        all=every,
    )


def named(context: Context) -> list[str]:
    """Which unit differs in which question, for the house alone."""
    labels = {unit.unit_id: unit.label for unit in context.snapshot.units}
    return [
        _named(context, labels[unit.unit_id], question, unit)
        for question in context.compared.differing
        for unit in question.outside
    ]


def _named(context: Context, label: str, question: Compared, unit: Placed) -> str:
    return context.say(
        "%(unit)s bei %(statement)s: %(share)s, alle zusammen %(target)s",
        unit=label,
        statement=context.brief(question.table.subject),
        share=context.measured(unit.figure),
        target=context.notation.percent(question.target),
    )
