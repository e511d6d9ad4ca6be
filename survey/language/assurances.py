"""The sentences that follow from what people are assured of, in every language, for every page.

Who could read answers, who reads texts, until when something can be deleted: notice, letter, help,
text questions and the pages for data protection take their sentences from here, so that none of
them can say something else (promise 10). Which facts hold is `survey.model.assurances`.
"""

from msgspec import Struct

from survey.language import formats
from survey.language.translator import Translator, translator
from survey.model.assurances import Assurances
from survey.model.programmes import Custody


class Sees(Struct, frozen=True, kw_only=True):
    """One line of "who sees what"; `is_name` where `who` is a body's name and stays German."""

    who: str
    what: str
    is_name: bool = False


def linking(custody: Custody, tag: str) -> str:
    """Whether the jobcenter can tell whose an answer is."""
    say = translator(tag).gettext
    if custody.jobcenter_cannot_look:
        return say("Das Jobcenter kann Ihre Antworten nicht zuordnen.")
    return say(
        "Technisch wäre es möglich, Antworten einem Brief zuzuordnen. Alle Beteiligten haben sich "
        "verpflichtet, das nicht zu tun."
    )


def reading(custody: Custody, tag: str) -> str:
    """Sentence naming who could read answers: the evaluator's keys work in the server's process."""
    say = translator(tag).gettext
    if custody.operator_is_jobcenter:
        return say("Das Jobcenter betreibt den Server und könnte Antworten lesen.")
    return say("Wer den Server betreibt, könnte Antworten lesen, aber nicht wissen, von wem.")


def combining(tag: str) -> str:
    """Sentence on who could always combine names and answers, before those who promised not to."""
    return translator(tag).gettext(
        "Wer die Antworten, die Schlüssel und die Daten des Jobcenters zusammenbringt, kann "
        "Antworten zuordnen. Verpflichtet, das nicht zu tun:"
    )


def exception(assured: Assurances, tag: str) -> str:
    """Sentence on releasing answers oneself; empty where nothing can be released."""
    if assured.shown_until is None:
        return ""
    return translator(tag).gettext("Außer Sie zeigen am Ende selbst etwas.")


def unshown(custody: Custody, tag: str) -> str:
    """Sentence on who sees the answers of a person who releases nothing."""
    say = translator(tag).gettext
    if custody.jobcenter_cannot_look:
        return say("Ohne Ihr Ja sieht im Jobcenter niemand Ihre Antworten.")
    return say("Ohne Ihr Ja zeigen wir im Jobcenter niemandem Ihre Antworten.")


def sees(assured: Assurances, tag: str) -> tuple[Sees, ...]:
    """Lines of "who sees what", the people nearest to the recipient first."""
    words = translator(tag)
    custody = assured.custody
    lines = [_case_manager(assured, words), _jobcenter(assured, words)]
    if not custody.operator_is_jobcenter:
        lines.append(_operator(custody, words))
    if not custody.one_body:
        what = words.gettext("Verwahrt die Schlüssel, die man zum Lesen braucht.")
        lines.append(Sees(who=custody.key_holder, what=what, is_name=True))
    if assured.texts_until is not None:
        who = words.gettext("Was Sie selbst schreiben")
        lines.append(Sees(who=who, what=text_readers(tag)))
    return tuple(lines)


def text_readers(tag: str) -> str:
    """How many read a text: `actions.comments.review` lets nothing through that only one saw."""
    return translator(tag).gettext(
        "Mindestens zwei Menschen lesen Ihren Text vor dem Bericht und nehmen Namen heraus."
    )


def deletion(assured: Assurances, tag: str) -> str:
    """Until when what can be deleted with the code."""
    say = translator(tag).gettext
    if assured.texts_until is None:
        return say("Mit dem Code können Sie Ihre Antworten auch später löschen.")
    day = formats.day(assured.texts_until, tag)
    return say("Mit dem Code löschen Sie Ihre Texte bis zum %(day)s, alles andere auch danach.") % {
        "day": day
    }


def text_deletion(assured: Assurances, tag: str) -> str:
    """Until when a text can be deleted, beside the field it is written in."""
    if assured.texts_until is None:
        raise ValueError("nobody is asked for a text")
    day = formats.day(assured.texts_until, tag)
    return translator(tag).gettext("Löschen können Sie ihn mit Ihrem Code bis zum %(day)s.") % {
        "day": day
    }


def text_erasure(assured: Assurances | None, tag: str) -> str:
    """Sentence on free texts that deleting by code leaves: those after their last day.

    Args:
        assured: of the wave that is open; an older code has had another last day
    """
    say = translator(tag).gettext
    parts = [say("Ausnahme: Ihre Texte löscht der Code nur bis zum letzten Tag der Befragung.")]
    if assured is not None and assured.texts_until is not None:
        day = formats.day(assured.texts_until, tag)
        parts.append(say("In der Befragung, die jetzt läuft: bis zum %(day)s.") % {"day": day})
    return " ".join(parts)


def shown(assured: Assurances, tag: str) -> str:
    """Until when what somebody shows can be seen; empty where nothing can be shown."""
    if assured.shown_until is None:
        return ""
    day = formats.day(assured.shown_until, tag)
    return translator(tag).gettext("Was Sie zeigen, ist bis zum %(day)s zu sehen.") % {"day": day}


def _case_manager(assured: Assurances, words: Translator) -> Sees:
    nothing = words.gettext("Nichts. Auch nicht, ob Sie mitgemacht haben.")
    unless = exception(assured, words.tag.tag)
    who = words.gettext("Ihre Fallmanagerin, Ihr Fallmanager")
    return Sees(who=who, what=f"{nothing} {unless}".strip())


def _jobcenter(assured: Assurances, words: Translator) -> Sees:
    k = {"k": assured.k}
    if assured.custody.operator_is_jobcenter:
        # One body, one line: "only results" would be false of whoever runs the server.
        given = words.gettext("Von uns nur Ergebnisse von mindestens %(k)s Menschen zusammen.") % k
        sentence = f"{given} {reading(assured.custody, words.tag.tag)}"
    else:
        sentence = words.gettext("Nur Ergebnisse von mindestens %(k)s Menschen zusammen.") % k
    return Sees(who=words.gettext("Das Jobcenter"), what=sentence)


def _operator(custody: Custody, words: Translator) -> Sees:
    parts = [words.gettext("Bewahrt die Antworten verschlossen auf, ohne Namen und Adresse.")]
    if custody.one_body:
        parts.append(words.gettext("Verwahrt auch die Schlüssel."))
    parts.append(reading(custody, words.tag.tag))
    return Sees(who=custody.operator, what=" ".join(parts), is_name=True)
