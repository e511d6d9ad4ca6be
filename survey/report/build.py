"""The satisfaction snapshot: answers in, protected and rounded figures out.

`measure` is pure. It is the only place where counts of answers exist; what it gives holds nothing
but `Estimate | Suppressed`, whole per cents and rounded numbers of people.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from survey.form import domains
from survey.form.load import Published
from survey.form.tabulate import Counts
from survey.model.answers import Answers
from survey.model.estimates import Figure, Suppressed
from survey.model.form import Choice, Form, Question, Rating, Scale
from survey.model.programmes import Programme
from survey.model.snapshots import (
    Declared,
    Graded,
    Help,
    Mix,
    Part,
    Rated,
    Response,
    Setting,
    Snapshot,
    Topic,
)
from survey.model.waves import SampleCell, Thresholds, Wave
from survey.report import figures, tally
from survey.report.tally import Tally
from survey.statistics.disclosure import merge, threshold

LANGUAGES = ("de", "en")  # in which a report can be written


def measure(
    published: Published,
    responses: Mapping[str, Iterable[tuple[str, Answers]]],
    sample: Sequence[SampleCell],
    *,
    wave: Wave,
    programme: Programme,
) -> Snapshot:
    """Everything the satisfaction report of one closed wave may say.

    Args:
        responses: by name of domain, (unit, answers) of every submission, once through
        sample: how many were invited, as stored with the wave
    """
    form, thresholds = published.form, wave.thresholds
    counted = tally.count(form, programme.level, responses)
    of = counted.questions
    asked = {kind: _of_kind(form, kind) for kind in ("agreement", "grade", "help")}
    rated = tuple(_rated(form, q, of[q.id], thresholds) for q in asked["agreement"])
    return Snapshot(
        setting=_setting(published, wave, programme),
        codes={name: _towards_favourable(scale)[0] for name, scale in form.scales.items()},
        response=_response(counted.people, sample, thresholds),
        topics=_topics(rated),
        rated=rated,
        grades=tuple(_graded(form, q, of[q.id], thresholds) for q in asked["grade"]),
        helps=tuple(_help(form, q, of[q.id], thresholds) for q in asked["help"]),
        declared=tuple(
            _declared(form, q, of[q.id], thresholds)
            for q in form.questions
            if isinstance(q, Choice) and q.most == 1
        ),
        mixes=_mixes(counted, thresholds),
        wordings={tag: published.wordings[tag] for tag in LANGUAGES if tag in published.wordings},
    )


def _of_kind(form: Form, kind: str) -> list[Rating]:
    return [
        q for q in form.questions if isinstance(q, Rating) and form.scales[q.scale].kind == kind
    ]


def _rules(form: Form, question: Question, thresholds: Thresholds) -> threshold.Rules:
    sensitive = any(block.sensitive for block in form.blocks if block.id == question.block)
    return threshold.rules(thresholds, "sensitive" if sensitive else "standard")


def _rated(form: Form, question: Rating, counts: Counts, thresholds: Thresholds) -> Rated:
    scale, rules = form.scales[question.scale], _rules(form, question, thresholds)
    codes, sides = _towards_favourable(scale, turned=question.reversed)
    found = [counts.codes[code] for code in codes]
    n, hits = sum(found), sum(found[i] for i, side in enumerate(sides) if side == 1)
    figure = figures.share(hits, n, rules, missing=_without(counts))
    return Rated(
        question_id=question.id,
        construct=question.construct,
        reversed=question.reversed,
        favourable=figure,
        parts=_beside(figure, codes, found, rules, sides=sides),
        refused=_refused(figure, counts, n, rules),
        not_applicable=0 if _hidden(figure) else figures.five(counts.not_applicable),
    )


def _towards_favourable(
    scale: Scale, *, turned: bool = False
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Codes from the unfavourable to the favourable end, and the side each lies on.

    A turned scale is read by meaning: who denies what is unfavourable is on the favourable side.
    """
    codes = scale.codes if scale.codes[-1] in scale.favourable else scale.codes[::-1]
    sides = tuple(
        1 if code in scale.favourable else 0 if code in scale.middle else -1 for code in codes
    )
    return (codes[::-1], tuple(-side for side in sides[::-1])) if turned else (codes, sides)


def _beside(
    figure: Figure,
    codes: Sequence[str],
    found: Sequence[int],
    rules: threshold.Rules,
    *,
    sides: Sequence[int],
) -> tuple[Part, ...]:
    """The distribution beside its share: hidden with it, and never cutting across it."""
    if isinstance(figure, Suppressed):
        return ()
    return figures.parts(codes, found, rules, sides=sides)


def _hidden(figure: Figure) -> bool:
    """True where not even bounds are shown."""
    return isinstance(figure, Suppressed) and figure.low is None


def _without(counts: Counts) -> int:
    return counts.refused + counts.not_applicable + counts.missing


def _refused(figure: Figure, counts: Counts, n: int, rules: threshold.Rules) -> Figure:
    """Share of those asked who chose not to say; hidden with the figure, and below three people."""
    asked = n + counts.refused + counts.not_applicable
    if _hidden(figure):
        return Suppressed(reason="secondary")
    return figures.share(counts.refused, asked, rules)


def _topics(rated: Sequence[Rated]) -> tuple[Topic, ...]:
    found = []
    for construct, group in groupby(rated, key=lambda each: each.construct):
        shares = [each.favourable for each in group]
        found.append(
            Topic(construct=construct, statements=len(shares), favourable=figures.topic(shares))
        )
    return tuple(found)


def _graded(form: Form, question: Rating, counts: Counts, thresholds: Thresholds) -> Graded:
    scale, rules = form.scales[question.scale], _rules(form, question, thresholds)
    codes, sides = _towards_favourable(scale)
    found = [counts.codes[code] for code in codes]
    hits = sum(found[i] for i, side in enumerate(sides) if side == 1)
    good = figures.share(hits, sum(found), rules, missing=_without(counts))
    values = [(int(code), counts.codes[code]) for code in scale.codes]
    return Graded(
        question_id=question.id,
        mean=figures.average(values, rules),
        favourable=good,
        parts=_beside(good, codes, found, rules, sides=sides),
    )


def _help(form: Form, question: Rating, counts: Counts, thresholds: Thresholds) -> Help:
    rules = _rules(form, question, thresholds)
    got, late, not_got, not_needed = form.scales[question.scale].codes
    codes = (not_got, late, got)
    found = [counts.codes[code] for code in codes]
    needed, n = sum(found), sum(found) + counts.codes[not_needed]
    need = figures.share(needed, n, rules, missing=_without(counts))
    unmet = figures.share(needed - counts.codes[got], needed, rules, missing=n - needed)
    return Help(
        question_id=question.id,
        sensitive=any(b.sensitive for b in form.blocks if b.id == question.block),
        needed=need,
        unmet=unmet,
        parts=_beside(unmet, codes, found, rules, sides=(-1, -1, 1)),
        refused=_refused(need, counts, n, rules),
    )


def _declared(form: Form, question: Choice, counts: Counts, thresholds: Thresholds) -> Declared:
    rules = _rules(form, question, thresholds)
    n = sum(counts.codes[code] for code in question.options)
    figure = figures.share(counts.codes[question.options[0]], n, rules, missing=_without(counts))
    return Declared(
        question_id=question.id,
        code=question.options[0],
        construct=question.construct,
        sensitive=rules.k > thresholds.k,
        share=figure,
        refused=_refused(figure, counts, n, rules),
    )


def _mixes(counted: Tally, thresholds: Thresholds) -> tuple[Mix, ...]:
    """Languages and ways, small ones joined; at least as protected as sensitive answers."""
    rules = threshold.rules(thresholds, "sensitive")
    found = []
    for question in domains.HOW:
        counts = counted.questions[question.id].codes
        codes = [code for code in question.options if counts[code]]
        n = sum(counts[code] for code in codes)
        groups = merge.rest([counts[code] for code in codes], least=rules.k)
        if n < rules.k or groups is None or len(groups) < 2:
            continue
        named = [tuple(codes[i] for i in group) for group in groups]
        sums = [sum(counts[code] for code in group) for group in named]
        percents = figures.whole_percents(sums)
        rows = [Part(codes=c, percent=p) for c, p in zip(named, percents, strict=True)]
        rows.sort(key=lambda part: (len(part.codes) > 1, -part.percent))
        found.append(Mix(kind=question.id, n=figures.five(n), parts=tuple(rows)))
    return tuple(found)


def _response(
    people: tally.People, sample: Sequence[SampleCell], thresholds: Thresholds
) -> Response:
    invited = sum(cell.invited for cell in sample)
    # Nobody can hide more answers than invitations: copied codes would end in a rate above one.
    answered = min(people.complete + people.partial, invited)
    rate = figures.rate(answered, invited, thresholds.k)
    complete: Figure = Suppressed(reason="secondary")
    if not isinstance(rate, Suppressed) and (
        people.partial == 0 or people.partial >= threshold.CATEGORY
    ):
        complete = figures.rate(min(people.complete, invited), invited, thresholds.k)
    return Response(
        invited=figures.five(invited),
        answered=None if isinstance(rate, Suppressed) else figures.five(answered),
        rate=rate,
        complete_rate=complete,
    )


def _setting(published: Published, wave: Wave, programme: Programme) -> Setting:
    return Setting(
        programme_id=programme.programme_id,
        programme=programme.title,
        controller=programme.controller,
        operator=programme.operator.name,
        key_holder=programme.key_holder.name,
        jobcenter_cannot_look=programme.jobcenter_cannot_look,
        level=programme.level,
        wave_id=wave.wave_id,
        wave_number=wave.number,
        opens_on=wave.opens_on,
        closes_on=wave.closes_on,
        form_id=published.form.id,
        form_version=published.version,
        thresholds=wave.thresholds,
    )
