"""The only way out: takes what a report wants to publish and gives back what may be shown.

Every table passes thresholds, merging, suppression with its audit, and the registry of what was
published before; figures are rounded last. Reports, pages and exports hold nothing but the result.
"""

from typing import assert_never

import msgspec
import numpy as np
from numpy.typing import NDArray

from survey.model.estimates import Estimate, Figure, Suppressed
from survey.model.waves import Thresholds
from survey.statistics.disclosure import (
    comments,
    composed,
    counted,
    crossed,
    measured,
    populations,
    rated,
    registry,
    rounding,
    threshold,
)
from survey.statistics.disclosure.registry import Entry, Registry
from survey.statistics.disclosure.request import (
    Commented,
    Composed,
    Counted,
    Crossed,
    Edition,
    Measured,
    Precise,
    Published,
    Rated,
    Request,
    Result,
    Row,
    Table,
    TableRequest,
    Withheld,
)


class _Publication:
    """State shared by the tables of one request, with the registry as it grows."""

    def __init__(self, request: Request, thresholds: Thresholds, known: Registry) -> None:
        self.thresholds = thresholds
        self.edition: Edition = request.edition
        self.rows = len(request.members)
        hashes = populations.hashed(request.members)
        self.universe, self.positions = populations.place(known.universe, hashes)
        self.weights: NDArray[np.float64] | None = None
        if request.weights is not None:
            self.weights = np.asarray(request.weights, dtype=np.float64)
            if self.weights.shape != (self.rows,) or not (self.weights > 0).all():
                raise ValueError("weights must be positive, one per member")
        self.registry = known

    def admit(self, table: Table, entry: Entry, k: int) -> Table | Withheld:
        """The table as printed, or its refusal; only what is admitted enters the registry."""
        # Nothing but "too few" was said: the same people may be counted with others later.
        if isinstance(table.whole.n, Suppressed):
            return table
        withheld = self.enter(entry, k, table.breakdown)
        if withheld is not None:
            return withheld
        return table if self.edition == "house" else _public(table)

    def enter(self, entry: Entry, k: int, breakdown: str | None = None) -> Withheld | None:
        """Writes the entry into the registry, or returns the reason to withhold it."""
        conflict = registry.conflict(self.registry, entry, k=k)
        if conflict is not None:
            return Withheld(variable=entry.variable, breakdown=breakdown, threat=conflict.threat)
        self.registry = registry.add(self.registry, entry, self.universe)
        return None


def publish(request: Request, *, thresholds: Thresholds, registry: Registry) -> Published:
    """All tables of a request as they may be shown, and the registry to keep before showing them.

    Tables are judged in the order given; a table is refused, never changed, when it would give
    something away beside what is published already. The same request gives the same result again.

    Args:
        thresholds: frozen with the wave
        registry: of everything published before, by whatever channel
    Raises:
        ValueError: columns that do not fit the members, the same member twice, weights not > 0
    """
    publication = _Publication(request, thresholds, registry)
    results = tuple(_result(publication, table) for table in request.tables)
    return Published(results=results, registry=publication.registry)


def _result(publication: _Publication, request: TableRequest) -> Result:
    match request:
        case Counted():
            rules = threshold.rules(publication.thresholds, request.kind)
            tally = counted.tally(request, rules, publication.rows, publication.weights)
            valid = np.asarray(request.answers) >= 0
            table, shown = counted.table(tally)
            return publication.admit(
                table, counted.entry(tally, publication.positions[valid], shown), rules.k
            )
        case Measured():
            rules = threshold.rules(publication.thresholds, request.kind)
            there = measured.valid(request, publication.rows)
            values = measured.gather(request, rules, there)
            table, shown = measured.table(values)
            return publication.admit(
                table, measured.entry(values, publication.positions[there], shown), rules.k
            )
        case Composed():
            return _precise(publication, request)
        case Rated():
            rules = threshold.rules(publication.thresholds, request.kind)
            return publication.admit(rated.table(request, rules), rated.entry(request), rules.k)
        case Crossed():
            rules = threshold.rules(publication.thresholds, request.kind)
            return publication.admit(crossed.table(request, rules), crossed.entry(request), rules.k)
        case Commented():
            rules = threshold.rules(publication.thresholds, "comments")
            published = comments.published(request.variable, request.comments, rules)
            if publication.edition == "house":
                return published
            topics = tuple((topic, rounding.base(count)) for topic, count in published.topics)
            return msgspec.structs.replace(published, n=_public_count(published.n), topics=topics)
        case _:
            assert_never(request)


def _precise(publication: _Publication, request: Composed) -> Precise | Withheld:
    rules = threshold.rules(publication.thresholds, request.kind)
    answers = composed.gather(request, publication.rows)
    precise = composed.precise(request, answers, rules)
    if isinstance(precise.effective, Suppressed):
        return precise
    withheld = publication.enter(composed.entry(request, answers, publication.positions), rules.k)
    if withheld is not None or publication.edition == "house":
        return withheld or precise
    return msgspec.structs.replace(precise, n=_public_count(precise.n))


def _public(table: Table) -> Table:
    whole, rows = _public_row(table.whole), tuple(_public_row(row) for row in table.rows)
    return msgspec.structs.replace(table, whole=whole, rows=rows)


def _public_row(row: Row) -> Row:
    categories = row.categories
    if not isinstance(categories, Suppressed):
        categories = tuple(
            msgspec.structs.replace(category, count=_public_count(category.count))
            for category in categories
        )
    return msgspec.structs.replace(
        row,
        n=_public_count(row.n),
        categories=categories,
        share=_public_figure(row.share),
        unweighted=_public_figure(row.unweighted),
        mean=_public_figure(row.mean),
        quartiles=rounding.quartiles(row.quartiles) if row.quartiles else None,
    )


def _public_count(count: int | Suppressed) -> int | Suppressed:
    return count if isinstance(count, Suppressed) else rounding.base(count)


def _public_figure(figure: Figure | None) -> Figure | None:
    return rounding.public(figure) if isinstance(figure, Estimate) else figure
