"""How the figures came about, how people are protected, and what the report does not show."""

from msgspec import Struct

from survey.language import assurances, tags
from survey.language.later import later
from survey.model.estimates import Estimate
from survey.model.programmes import Custody
from survey.model.snapshots import Mix, Part
from survey.model.waves import Thresholds
from survey.report.render import findings
from survey.report.render.chapters import result, without_code
from survey.report.render.context import Chapter, Context
from survey.report.render.parts import not_reported, represented
from survey.report.render.tables import Cell, Head, Row, Table


class View(Struct, frozen=True, kw_only=True):
    """Two pages; the sentences stand in the templates."""

    controller: str
    operator: str
    key_holder: str
    jobcenter_cannot_look: bool
    reading: str
    invited: str
    first: str
    last: str
    otherwise: str
    waiting: str
    rates: str
    thresholds: Thresholds
    tables: tuple[Table, ...]
    represented: str
    form: str
    version: str
    attachments: int
    contact: str
    internal: bool
    without_code: str
    pairs: str
    units: str
    several: bool
    missing: tuple[str, ...]
    funnel: bool
    trend: bool
    texts: bool
    machine: bool


def chapters(context: Context) -> list[Chapter]:
    """Always the last: only here is it known how many tables there are."""
    snapshot = context.snapshot
    setting = snapshot.setting
    tables = [_table(context, mix) for mix in snapshot.mixes if mix.kind in _NAMES]
    groups = represented.table(context)
    tables += [groups] if groups else []
    answered = isinstance(snapshot.response.rate, Estimate)
    view = View(
        controller=setting.controller,
        operator=setting.operator,
        key_holder=setting.key_holder,
        jobcenter_cannot_look=setting.jobcenter_cannot_look,
        reading=_reading(context),
        invited=context.notation.whole(snapshot.response.invited),
        first=context.first_day(setting.opens_on, setting.last_day),
        last=context.day(setting.last_day),
        otherwise=_otherwise(context),
        waiting=context.day(setting.closes_on) if snapshot.redaction == "waiting" else "",
        rates=result.rates(context),
        thresholds=setting.thresholds,
        tables=tuple(tables),
        represented=represented.sentence(context) if answered else "",
        form=context.notation.quoted(context.wording.title),
        version=setting.form_version[:12],
        attachments=len(context.tables.made),
        contact=context.edition.contact,
        internal=context.edition.kind == "internal",
        without_code=without_code.silent(context),
        pairs=context.notation.whole(context.compared.pairs) if context.compared.pairs else "",
        units=context.number(len(snapshot.units)) if context.compared.questions else "",
        several=bool(snapshot.units),
        missing=(*_missing(context), *not_reported.sentences(context)),
        funnel=any(question.drawn for question in context.compared.questions),
        trend=bool(snapshot.trend),
        texts=any(comments.texts for comments in snapshot.comments),
        machine=context.wording.status == "machine",
    )
    return [
        Chapter(template="report/method.html", view=view),
        Chapter(template="report/protection.html", view=view),
    ]


def _reading(context: Context) -> str:
    """Who could read answers, in the words of notice and letter.

    Which body is the jobcenter is not frozen: unless none is, only its name can tell.
    """
    setting = context.snapshot.setting
    if not setting.jobcenter_cannot_look and setting.operator != setting.controller:
        return context.say("Wer den Server betreibt, könnte Antworten lesen.")
    custody = Custody(
        controller=setting.controller,
        operator=setting.operator,
        key_holder=setting.key_holder,
        operator_is_jobcenter=not setting.jobcenter_cannot_look,
        key_holder_is_jobcenter=not setting.jobcenter_cannot_look,
    )
    return assurances.reading(custody, context.language)


def _missing(context: Context) -> list[str]:
    """Chapters that a reader may look for and not find, with the reason."""
    snapshot, sentences = context.snapshot, []
    if not findings.ranked(snapshot.rated):
        return []
    if snapshot.units and not any(
        isinstance(row.favourable, Estimate) for table in snapshot.by_unit for row in table.rows
    ):
        sentences.append(
            context.say(
                "Ergebnisse nach Einheiten fehlen: Keine lassen sich zeigen, ohne zu viel über "
                "wenige Menschen zu sagen."
            )
        )
    if snapshot.setting.wave_number > 1 and not snapshot.trend:
        sentences.append(
            context.say(
                "Ein Verlauf fehlt: Als die Zahlen festgeschrieben wurden, war keine Welle mit "
                "denselben Fragen veröffentlicht, die vor dem ersten Tag dieser zu Ende war."
            )
        )
    if _without_texts(context):
        least = snapshot.setting.thresholds.texts
        sentences.append(
            context.say(
                "Freie Texte werden nicht gezeigt: Zu keiner Frage gab es mindestens %(least)s "
                "freigegebene, von denen einer wörtlich erscheinen darf.",
                least=least,
            )
        )
    return sentences


def _without_texts(context: Context) -> bool:
    """Texts were asked for and none is printed; while they could be deleted, that is said alone."""
    snapshot = context.snapshot
    return (
        context.edition.kind == "internal"
        and bool(snapshot.comments)
        and not any(comments.texts for comments in snapshot.comments)
        and snapshot.redaction != "waiting"
    )


_NAMES = {"language": later("Sprache der Antwort"), "medium": later("Weg der Antwort")}
_HEADS = {"language": later("Sprache"), "medium": later("Weg")}
_MEDIA = {
    "screen": later("eigenes Gerät"),
    "kiosk": later("Gerät im Haus"),
    "paper": later("Papier"),
}


def _otherwise(context: Context) -> str:
    """That people were told another last day than the real one; empty where they were not."""
    setting = context.snapshot.setting
    if setting.closed_early:
        return context.say(
            "Die Befragung wurde vorzeitig beendet; angekündigt war der %(day)s als letzter Tag.",
            day=context.day(setting.closes_on),
        )
    if setting.prolonged_from:
        return context.say(
            "Die Befragung wurde verlängert; in den Briefen stand der %(day)s als letzter Tag.",
            day=context.day(setting.prolonged_from),
        )
    return ""


def _table(context: Context, mix: Mix) -> Table:
    say = context.say
    caption = say(
        "%(what)s, n = %(n)s", what=say(_NAMES[mix.kind]), n=context.notation.whole(mix.n)
    )
    rows = [
        Row(name=_name(context, mix, part), cells=(Cell(text=str(part.percent)),))
        for part in mix.parts
    ]
    head = (Head(text=say(_HEADS[mix.kind])), Head(text=say("Prozent")))
    return context.tables.add(caption, head, rows)


def _name(context: Context, mix: Mix, part: Part) -> str:
    if len(part.codes) > 1:
        return context.say("andere zusammen")
    code = part.codes[0]
    if mix.kind == "medium":
        return context.say(_MEDIA[code])
    if code == "de-simple":
        return context.say("Leichte Sprache")
    here = tags.KNOWN[context.language].locale
    return str(here.languages.get(tags.KNOWN[code].locale.language, tags.KNOWN[code].endonym))
