"""The findings in one paragraph: who answered, dignity first, what stands out, what changed."""

from survey.model.estimates import Estimate
from survey.report.render import findings, series
from survey.report.render.chapters import cover
from survey.report.render.context import Context
from survey.report.render.parts import trend_words, unit_findings


def paragraph(context: Context) -> str:
    """All sentences; the last word is not left alone on a line."""
    before, _, last = " ".join(sentences(context)).rpartition(" ")
    return f"{before}\u00a0{last}"


def sentences(context: Context) -> list[str]:
    """One sentence each, only where there is something to say."""
    parts = [
        _answered(context),
        _respect(context),
        *findings.order(context, context.snapshot.rated),
    ]
    parts += [_grade(context), _units(context), _trend(context)]
    return [sentence for sentence in parts if sentence]


def _answered(context: Context) -> str:
    response, whole = context.snapshot.response, context.notation.whole
    if response.answered is None:
        return ""
    return context.say(
        "Von %(invited)s Eingeladenen haben %(answered)s geantwortet.",
        invited=whole(response.invited),
        answered=whole(response.answered),
    )


def _respect(context: Context) -> str:
    """The cover's statement, unless it is named as the most or least favourable anyway."""
    rated = context.snapshot.rated
    order = findings.order(context, rated)
    respect = next(
        (statement for statement in rated if statement.question_id == cover.STATEMENT), None
    )
    if respect is None or not isinstance(respect.favourable, Estimate):
        return ""
    if any(context.brief(respect.question_id) in sentence for sentence in order):
        return ""
    return context.say(
        "%(statement)s sagen %(share)s.",
        statement=context.quoted(respect.question_id),
        share=context.measured(respect.favourable),
    )


def _grade(context: Context) -> str:
    for grade in context.snapshot.grades:
        if isinstance(grade.mean, Estimate):
            return context.say(
                "Die Gesamtnote ist im Mittel %(mean)s.", mean=context.mean(grade.mean)
            )
    return ""


def _units(context: Context) -> str:
    """Whether units differ, in the words of their own page; nothing where there is no such page."""
    if not any(question.drawn for question in context.compared.questions):
        return ""
    sentences = unit_findings.finding(context)
    return " ".join(sentences) if context.compared.differing else sentences[0]


def _trend(context: Context) -> str:
    divided_series = series.divide(context.snapshot.trend)
    if all(divided.change is None for divided in divided_series):
        return ""
    return " ".join(trend_words.sentences(context, divided_series))
