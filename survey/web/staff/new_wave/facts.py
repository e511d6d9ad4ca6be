"""Facts for the steps of a new wave: choices, expected results, preview of the notice."""

from collections.abc import Collection
from itertools import chain, count

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from survey.actions import titles, wave_plans
from survey.actions.wave_plans import Before, FormChoice, Group
from survey.errors import Refused
from survey.form import load
from survey.home import WaveContext
from survey.http.staff_session import StaffRequest
from survey.language import formats, tags
from survey.language.tags import Tag
from survey.model import rounding
from survey.model.form import Text
from survey.model.problems import Problem
from survey.model.programmes import Programme
from survey.statistics import planning as reckoning
from survey.statistics.planning import RATES, SURE, Scenario
from survey.store import programme_end
from survey.store import programmes as programme_rows
from survey.store import waves as wave_rows
from survey.web.staff import preview
from survey.web.staff.new_wave import wave_draft
from survey.web.staff.new_wave.wave_draft import Draft, Step, Taken
from survey.web.staff.site import StaffSite


class Known(Struct, frozen=True, kw_only=True):
    """Choices for a new wave: programmes, forms, and names already taken."""

    programmes: tuple[Programme, ...]
    forms: tuple[FormChoice, ...]
    before: Before | None
    next_number: int
    taken: Taken


class Rare(Struct, frozen=True, kw_only=True):
    """A unit that may well have no figures of its own; `tens` of ten such waves print some."""

    label: str
    tens: int


class Outlook(Struct, frozen=True, kw_only=True):
    """What the planned wave can show at each rate; `likely` is the rate nearest to the last one.

    Args:
        rare: units that are seldom printed by themselves at `rare_at`, the likely rate or 25 %
    """

    groups: tuple[Group, ...]
    scenarios: tuple[Scenario, ...]
    likely: float | None
    rare: tuple[Rare, ...]
    rare_at: float
    sensitive: bool
    texts: bool


class Planned(Struct, frozen=True, kw_only=True):
    """The wave as it will be: what people read, on which days, in which languages."""

    context: WaveContext
    opens_on: str
    closes_on: str
    preview: Markup
    language: Tag
    languages: tuple[tuple[Tag, str], ...]


def known(site: StaffSite, draft: Draft) -> Known:
    """Read the choices for a new wave of this draft's programme."""
    with site.database.read() as tx:
        gone = set(programme_end.ended(tx))
        every = tuple(
            programme
            for programme in programme_rows.list_all(tx)
            if programme.programme_id not in gone
        )
        rows = wave_rows.list_all(tx)
        before = wave_plans.before(tx, draft.programme)
        number = wave_plans.next_number(tx, draft.programme)
    offered = tuple(wave_plans.forms())
    ids = {programme.programme_id for programme in every}
    return Known(
        programmes=every,
        forms=offered,
        before=before,
        next_number=number,
        taken=Taken(
            programmes=frozenset(ids),
            selections={
                form.form_id: frozenset(name for name, _ in form.selections) for form in offered
            },
            waves=frozenset(wave.wave_id for wave in rows),
            titles=frozenset(wave.title for wave in rows),
            numbers={
                programme_id: frozenset(
                    wave.number for wave in rows if wave.programme_id == programme_id
                )
                for programme_id in ids
            },
        ),
    )


def filled(draft: Draft, step: Step, there: Known) -> Draft:
    """A draft with proposals in its empty fields, the days excepted."""
    if step == "programme" or draft.programme not in there.taken.programmes:
        return draft
    if step in ("outlook", "check"):
        return _named(draft, there)
    if step == "people" and not draft.number:
        number = there.next_number
        groups = there.before.groups if there.before else ()
        return replace(
            draft,
            number=str(number),
            label=draft.label or tuple(group.label for group in groups),
            invited=draft.invited or tuple(str(group.invited) for group in groups),
        )
    return draft


def mended(draft: Draft, there: Known, problems: list[Problem]) -> tuple[Draft, list[Problem]]:
    """A short name that cannot be one gives way to one that can, which is said at its field."""
    near = titles.short(draft.wave)
    if not near or Problem(field="wave", message="unusable-id") not in problems:
        return draft, problems
    worded = [
        replace(problem, message="id-proposed") if problem.field == "wave" else problem
        for problem in problems
    ]
    return replace(draft, wave=_unused(near, there.taken.waves)), worded


def _named(draft: Draft, there: Known) -> Draft:
    """A draft with proposed title and short name; the first day decides the season."""
    opens = wave_draft.day(draft.opens)
    if opens is None:
        return draft
    programme = next(row for row in there.programmes if row.programme_id == draft.programme)
    title = draft.title or titles.proposed(programme.title, opens, taken=there.taken.titles)
    wave = draft.wave or _unused(
        titles.short(titles.season(opens)) or draft.programme, there.taken.waves
    )
    return replace(draft, title=title, wave=wave)


def _unused(name: str, taken: Collection[str]) -> str:
    """The name itself, or with the first number behind it that nobody has."""
    numbered = (f"{name[:60]}-{number}" for number in count(2))
    return next(candidate for candidate in chain([name], numbered) if candidate not in taken)


def asked(draft: Draft, there: Known) -> WaveContext:
    """The wave of a draft that is in order.

    Raises:
        Refused: it is not
    """
    programme = next(row for row in there.programmes if row.programme_id == draft.programme)
    opens, closes = wave_draft.day(draft.opens), wave_draft.day(draft.closes)
    number = wave_draft.whole(draft.number)
    if opens is None or closes is None or number is None:
        raise Refused(wave=draft.wave, reason="checked, and yet not complete")
    published = load.publish(load.form(draft.form), load.wordings(draft.form), draft.selection)
    return wave_plans.planned(
        programme,
        published,
        wave_id=draft.wave,
        title=draft.title,
        number=number,
        days=(opens, closes),
        thresholds=draft.thresholds,
    )


def outlook(draft: Draft, there: Known) -> Outlook:
    """What the wave of a draft in order can show."""
    groups = tuple(
        Group(label=label, invited=wave_draft.whole(invited) or 0) for label, invited in draft.rows
    )
    counts = [group.invited for group in groups]
    rate = there.before.rate if there.before else None
    form = asked(draft, there).published.form
    likely = None if rate is None else min(RATES, key=lambda step: abs(step - rate))
    rare_at = likely or RATES[len(RATES) // 2]
    units = reckoning.scenario(counts, rare_at, draft.thresholds).units
    return Outlook(
        groups=groups,
        scenarios=tuple(reckoning.scenario(counts, step, draft.thresholds) for step in RATES),
        likely=likely,
        rare=tuple(
            Rare(label=group.label, tens=rounding.whole(10 * unit.chance))
            for group, unit in zip(groups, units, strict=True)
            if len(groups) > 1 and unit.chance < SURE
        ),
        rare_at=rare_at,
        sensitive=any(block.sensitive for block in form.blocks),
        texts=any(isinstance(question, Text) for question in form.questions),
    )


def planned(request: StaffRequest, site: StaffSite, draft: Draft, there: Known) -> Planned:
    """Preview of the notice of a planned wave; `?told=` chooses the language."""
    wave = asked(draft, there)
    offered = [tag for tag in site.settings.languages if tag in wave.published.wordings]
    chosen = request.query_params.get("told", tags.SOURCE)
    tag = chosen if chosen in offered else tags.SOURCE
    own = site.language(request)
    address = wave_draft.address(draft, "outlook")
    return Planned(
        context=wave,
        opens_on=formats.day(wave.wave.opens_on, own),
        closes_on=formats.day(wave.wave.closes_on, own),
        preview=preview.preview(wave, tag),
        language=tags.KNOWN[tag],
        languages=tuple(
            (tags.KNOWN[language_tag], f"{address}&told={language_tag}") for language_tag in offered
        ),
    )
