"""The cover: title, and one result as a hundred signs."""

from markupsafe import Markup
from msgspec import Struct

from survey.document import svg
from survey.document.chart import people
from survey.model.snapshots import Rated
from survey.report.render.context import Chapter, Context

# The same statement on every cover, whatever its result: a choice by result would flatter or blame.
STATEMENT = "w1"


class Sign(Struct, frozen=True, kw_only=True):
    """One line of the legend: `tone` is agree, between or oppose."""

    tone: str
    percent: int
    words: str
    drawn: str


class View(Struct, frozen=True, kw_only=True):
    """What the cover shows; without `picture` too few people answered."""

    controller: str
    title: str
    wave: str
    running: str
    took_part: str
    example: bool
    year: int
    picture: Markup | None
    statement: str
    signs: tuple[Sign, ...]
    few: str
    edition: str
    issued: str
    mark: str
    operator: str
    key_holder: str


def chapters(context: Context) -> list[Chapter]:
    """One page."""
    setting, edition = context.snapshot.setting, context.edition
    shown = _shown(context.snapshot.rated)
    statement = context.quoted(shown.question_id) if shown else ""
    signs = _signs(context, shown) if shown else ()
    view = View(
        controller=setting.controller,
        title=setting.title,
        wave=wave(context),
        running=_running(context),
        took_part=took_part(context),
        example=edition.example,
        year=setting.last_day.year,
        picture=_picture(context, statement, signs) if shown else None,
        statement=statement,
        signs=signs,
        few=context.nothing(
            rated_statement.favourable for rated_statement in context.snapshot.rated
        ),
        edition=name(context),
        issued=context.say(
            "Auflage %(number)s vom %(day)s", number=edition.number, day=context.day(edition.issued)
        ),
        operator=setting.operator,
        key_holder=setting.key_holder,
        mark=f"{setting.programme_id}-{setting.wave_number}-{setting.form_version[:8]}",
    )
    return [Chapter(template="report/cover.html", view=view)]


def name(context: Context) -> str:
    """The edition as it calls itself."""
    if context.edition.kind == "internal":
        return context.say("Interne Ausgabe")
    return context.say("Ausgabe für Rat und Öffentlichkeit")


def wave(context: Context) -> str:
    """Number and field dates of the wave, as they were; one closed early says what was planned."""
    setting = context.snapshot.setting
    sentence = context.say(
        "Welle %(number)s, %(first)s bis %(last)s",
        number=setting.wave_number,
        first=context.first_day(setting.opens_on, setting.last_day),
        last=context.day(setting.last_day),
    )
    if not setting.closed_early:
        return sentence
    planned = context.say("geplant bis %(day)s", day=context.day(setting.closes_on))
    return f"{sentence} ({planned})"


def _running(context: Context) -> str:
    """Wave and edition for the foot of every page."""
    setting, edition = context.snapshot.setting, context.edition
    # A dash, because a checker takes a foot of many small words for prose that nobody would hear.
    foot = context.say(
        "Welle %(number)s · %(first)s – %(last)s · %(edition)s",
        number=setting.wave_number,
        first=context.first_day(setting.opens_on, setting.last_day),
        last=context.day(setting.last_day),
        edition=name(context),
    )
    sample = context.say("Beispieldaten")
    return f"{foot} · {sample}" if edition.example else foot


def took_part(context: Context) -> str:
    """How many answered, or that too few did."""
    response = context.snapshot.response
    if response.answered is None:
        return context.say("Rücklauf: %(hidden)s", hidden=context.hidden())
    return context.say(
        "%(answered)s von %(invited)s haben geantwortet",
        answered=context.notation.whole(response.answered),
        invited=context.notation.whole(response.invited),
    )


def _shown(rated: tuple[Rated, ...]) -> Rated | None:
    """The cover's statement, or else the first that can be drawn."""
    drawn = [statement for statement in rated if statement.parts and not statement.reversed]
    chosen = [statement for statement in drawn if statement.question_id == STATEMENT]
    return next(iter((*chosen, *drawn)), None)


def _signs(context: Context, rated: Rated) -> tuple[Sign, ...]:
    """Agreeing, between, opposing; where the last two are joined, "between" stands for both."""
    percent = {side: sum(p.percent for p in rated.parts if p.side == side) for side in (1, 0, -1)}
    joined = not any(part.side < 0 for part in rated.parts)
    say = context.say
    middle = context.notation.quoted(list(context.scale("agreement").values())[2])
    between = say("stimmen nicht oder nur teils zu")
    if not joined:
        between = say("sagen %(middle)s", middle=middle)
    signs = (
        Sign(tone="agree", percent=percent[1], words=say("stimmen zu"), drawn=say("volle Scheibe")),
        Sign(tone="between", percent=percent[0], words=between, drawn=say("Ring")),
        Sign(tone="oppose", percent=percent[-1], words=say("stimmen nicht zu"), drawn=say("Kreuz")),
    )
    return tuple(sign for sign in signs if sign.percent)


def _picture(context: Context, statement: str, signs: tuple[Sign, ...]) -> Markup:
    percent = {sign.tone: sign.percent for sign in signs}
    values = ", ".join(f"{sign.percent} {sign.words}" for sign in signs)
    alt = context.say(
        "Hundert Zeichen zu %(statement)s: Von 100 Antworten %(told)s.",
        statement=statement,
        told=values,
    )
    drawn = (percent.get("agree", 0), percent.get("between", 0), percent.get("oppose", 0))
    return svg.image(people.hundred(drawn, alt=alt))
