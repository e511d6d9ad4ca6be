"""A public edition gives no exact number of people: not on a page, not in a CSV, nor a quartile."""

import csv
import re
from collections import Counter
from io import BytesIO, StringIO
from random import Random

import msgspec
import pypdf
import pytest

from survey.form.load import Published
from survey.model.answers import Chosen, Declined, NotApplicable
from survey.model.estimates import Estimate
from survey.model.waves import Thresholds
from survey.report.render import satisfaction
from survey.statistics.disclosure import publish, registry
from survey.statistics.disclosure.request import (
    Breakdown,
    Commented,
    Composed,
    Counted,
    Crossed,
    Measured,
    Rated,
    Request,
    ReviewedComment,
)
from survey.statistics.mean import Quartiles
from tests.report import papers, worlds

PEOPLE, INVITED = 803, 1200


def exact(rows: worlds.Rows) -> set[int]:
    """Every number of people that a table of these answers rests on, and that rounding changes."""
    found = {PEOPLE}
    for sheets in rows.values():
        for question in {q for _, said in sheets for q in said}:
            given = [(unit, said[question]) for unit, said in sheets if question in said]
            codes = [(unit, a.codes[0]) for unit, a in given if isinstance(a, Chosen)]
            found |= {len(given), len(codes), *Counter(code for _, code in codes).values()}
            found |= {*Counter(unit for unit, _ in codes).values(), *Counter(codes).values()}
            found.add(sum(isinstance(a, Declined) for _, a in given))
            found.add(sum(isinstance(a, NotApplicable) for _, a in given))
    # Up to 100 a number of people cannot be told from a per cent.
    return {n for n in found if n > 100 and n % 5}


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_exact_number_of_people_is_in_the_text_or_in_a_table(
    form: Published, language: str
) -> None:
    rows = worlds.rows(form, worlds.answered(form, PEOPLE))
    measured = worlds.published_from(worlds.opened(form, rows, invited=INVITED))
    counts = exact(rows)
    assert len(counts) > 40
    document = satisfaction.render(
        measured.snapshot, language=language, edition=papers.edition("council")
    )
    reader = pypdf.PdfReader(BytesIO(document))
    pages = " ".join(page.extract_text() for page in reader.pages)
    told = {int(n) for n in re.findall(r"(?<![\d.,])\d{3}(?![\d.,]*\d)", pages)}
    assert len(told) > 10
    assert told.isdisjoint(counts)
    for attached in reader.attachments.values():
        mark = {"de": ";", "en": ","}[language]
        for line in csv.reader(StringIO(attached[0].decode("utf-8-sig")), delimiter=mark):
            assert {int(field) for field in line if field.isdigit()}.isdisjoint(counts)


def everything(edition: str) -> publish.Published:
    """One table of every kind, over numbers that no rounding leaves as they are."""
    random = Random(3)
    n = 243
    units = Breakdown(name="u", groups=("a", "b", "c"), of=[i % 3 for i in range(n)])
    answers = [random.randrange(5) for _ in range(n - 2)] + [-1, -1]
    texts = tuple(
        ReviewedComment(
            text=f"{i}", quotable=True, redacted=True, topics=("x",) if i < 13 else ("y",)
        )
        for i in range(34)
    )
    tables = (
        Counted(
            variable="a",
            codes=tuple("12345"),
            answers=answers,
            favourable=("4", "5"),
            scores=(1.0, 2.0, 3.0, 4.0, 5.0),
            group_scores=(1.0, 2.0, 3.0, 4.0, 5.0),
            breakdown=units,
        ),
        Measured(variable="b", values=[random.gauss(3, 1) for _ in range(n)], breakdown=units),
        Composed(variable="c", questions=tuple([i % k % 2 for i in range(n)] for k in (5, 7, 9))),
        Rated(variable="d", groups=("a", "b"), invited=(203, 204), responded=(101, 142)),
        Crossed(
            variable="e",
            columns=("x", "y"),
            invited=((101, 102), (103, 101)),
            responded=((52, 49), (71, 71)),
            shown=frozenset({0, 1}),
        ),
        Commented(variable="f", comments=texts),
    )
    request = Request(
        members=[f"{i}".encode() for i in range(n)],
        tables=tables,
        edition=edition,  # type: ignore[arg-type]
    )
    return publish.publish(request, thresholds=Thresholds(), registry=registry.Registry())


def numbers(said: object) -> list[float]:
    """Every count, and every quartile in tenths."""
    if isinstance(said, Estimate):
        return [said.n, said.missing]
    if isinstance(said, Quartiles):
        return [said.n, *(50 * each for each in (said.lower, said.median, said.upper))]
    if isinstance(said, bool | str | bytes | float) or said is None:
        return []
    if isinstance(said, int):
        return [said]
    if isinstance(said, msgspec.Struct):
        names = [name for name in said.__struct_fields__ if name != "percent"]
        return [n for name in names for n in numbers(getattr(said, name))]
    assert isinstance(said, tuple)
    return [n for each in said for n in numbers(each)]


def rounded(n: float) -> bool:
    return abs(n / 5 - round(n / 5)) < 1e-6


def test_every_kind_of_table_is_rounded_for_the_public() -> None:
    public, house = (numbers(everything(kind).results) for kind in ("public", "house"))
    assert len(public) == len(house) > 40
    assert all(rounded(n) for n in public)
    assert sum(not rounded(n) for n in house) > 20
