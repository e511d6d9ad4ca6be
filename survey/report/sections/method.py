"""How the figures came about, how people are protected, and what the report does not show."""

from msgspec import Struct

from survey.language import tags
from survey.model.estimates import Estimate
from survey.model.snapshots import Mix, Part
from survey.model.waves import Thresholds
from survey.report.context import Chapter, Context
from survey.report.sections import result
from survey.report.tables import Cell, Head, Row, Table


class View(Struct, frozen=True, kw_only=True):
    """One page; the sentences stand in the template."""

    controller: str
    operator: str
    key_holder: str
    jobcenter_cannot_look: bool
    invited: str
    first: str
    last: str
    rates: str
    answered: bool
    thresholds: Thresholds
    tables: tuple[Table, ...]
    form: str
    version: str
    attachments: int
    contact: str
    few: str


def chapters(context: Context) -> list[Chapter]:
    """One page, always the last: only here is it known how many tables there are."""
    setting, response = context.snapshot.setting, context.snapshot.response
    tables = tuple(_table(context, mix) for mix in context.snapshot.mixes if mix.kind in _NAMES)
    view = View(
        controller=setting.controller,
        operator=setting.operator,
        key_holder=setting.key_holder,
        jobcenter_cannot_look=setting.jobcenter_cannot_look,
        invited=context.notation.whole(response.invited),
        first=context.first_day(setting.opens_on, setting.closes_on),
        last=context.day(setting.closes_on),
        rates=result.rates(context),
        answered=isinstance(response.rate, Estimate),
        thresholds=setting.thresholds,
        tables=tables,
        form=context.wording.title,
        version=setting.form_version[:12],
        attachments=len(context.tables.made),
        contact=context.edition.contact,
        few=context.few(),
    )
    return [Chapter(template="report/method.html", view=view)]


_NAMES = {"language": "Sprache der Antwort", "medium": "Weg der Antwort"}
_MEDIA = {"screen": "eigenes Gerät", "kiosk": "Gerät im Haus", "paper": "Papier"}


def _table(context: Context, mix: Mix) -> Table:
    say = context.say
    caption = say(
        "%(what)s, n = %(n)s", what=say(_NAMES[mix.kind]), n=context.notation.whole(mix.n)
    )
    rows = [
        Row(name=_name(context, mix, part), cells=(Cell(text=str(part.percent)),))
        for part in mix.parts
    ]
    head = (Head(text=say(_NAMES[mix.kind]).split()[0]), Head(text=say("Prozent")))
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
