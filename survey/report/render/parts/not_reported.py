"""The questions that a report leaves out, as sentences with their reason."""

from collections.abc import Mapping

from survey.language.later import later
from survey.model.not_reported import NotReported, Reason
from survey.model.wording import Wording
from survey.report.render.context import Context

REASONS: Mapping[Reason, str] = {
    "type": later("Für Fragen dieser Art gibt es noch keine Auswertung."),
    "scale": later("Für Antworten auf dieser Skala gibt es noch keine Darstellung."),
    "without-code": later("Wo ohne Code geantwortet wurde, wird das nicht ausgewertet."),
}


def sentences(context: Context) -> list[str]:
    """One paragraph for each reason, of the wave and then of each wave without codes."""
    snapshot = context.snapshot
    paragraphs = _of(context, snapshot.not_reported, context.wording)
    for wave in snapshot.without_code:
        paragraphs += _of(context, wave.not_reported, wave.wordings[context.language])
    return paragraphs


def _of(context: Context, questions: tuple[NotReported, ...], wording: Wording) -> list[str]:
    paragraphs = []
    for reason, why in REASONS.items():
        labels = [
            context.notation.quoted(wording.questions[question.question_id].label)
            for question in questions
            if question.reason == reason
        ]
        if labels:
            named = context.say("Nicht berichtet: %(questions)s.", questions=", ".join(labels))
            paragraphs.append(f"{named} {context.say(why)}")
    return paragraphs
