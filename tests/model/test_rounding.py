"""One rule of rounding for everything that is printed: halves go away from zero."""

import ast

import pytest

from survey import paths
from survey.language import formats
from survey.model import rounding
from survey.model.estimates import Estimate
from survey.report.render.notation import notation
from survey.statistics.disclosure import rounding as published

HALVES = [
    (0.5, 0, 1),
    (1.5, 0, 2),
    (2.5, 0, 3),
    (-0.5, 0, -1),
    (-2.5, 0, -3),
    (12.5, 0, 13),
    (0.25, 1, 0.3),
    (2.25, 1, 2.3),
    (-2.25, 1, -2.3),
    (0.125, 2, 0.13),
    # The machine's number lies a hair below the half that a person reads.
    (0.285 * 100, 0, 29),
    (2.675, 2, 2.68),
    (1.005, 2, 1.01),
    (8.575 * 10, 1, 85.8),
    (0.15, 1, 0.2),
    # A hair is not a hundredth.
    (28.499, 0, 28),
    (2.249, 1, 2.2),
    (0.0, 0, 0),
    (-0.4, 0, 0),
]


@pytest.mark.parametrize(("number", "digits", "expected"), HALVES)
def test_halves_go_away_from_zero(number: float, digits: int, expected: float) -> None:
    assert rounding.rounded(number, digits) == expected


def test_nothing_is_never_negative() -> None:
    assert str(rounding.rounded(-0.2)) == "0.0"


@pytest.mark.parametrize("half", [0.005 + whole / 100 for whole in range(100)])
def test_report_page_and_file_print_a_half_per_cent_alike(half: float) -> None:
    up = round(100 * half + 0.5)
    marks = notation("de")
    assert marks.percent(half) == f"{up}\u202f%"
    assert marks.bare(marks.percent(half)) == str(up)
    assert marks.whole(100 * half) == str(up)
    assert formats.percent(half, "de") == f"{up}\u00a0%"
    assert formats.number(100 * half, "de") == str(up)


@pytest.mark.parametrize("grade", [1.05 + step / 10 for step in range(49)])
def test_report_and_page_print_half_a_tenth_of_a_grade_alike(grade: float) -> None:
    up = f"{(round(100 * grade) + 5) // 10 / 10:.1f}".replace(".", ",")
    assert notation("de").decimal(grade) == up
    assert formats.number(grade, "de", digits=1) == up


@pytest.mark.parametrize(("hits", "n"), [(25, 200), (57, 200), (1, 8), (3, 8), (115, 200)])
def test_what_is_published_is_rounded_as_it_is_printed(hits: int, n: int) -> None:
    share = Estimate(value=hits / n, low=0.0, high=1.0, n=n)
    printed = published.share(share).value
    assert round(100 * printed) == (200 * hits + n) // (2 * n)
    mean = Estimate(value=2.25, low=2.0, high=2.5, n=n)
    assert published.mean(mean).value == 2.3


# Where places on paper are rounded, which are no figures.
DRAWN = {
    "survey/document/structure.py",
    "survey/document/chart/funnel.py",
    "survey/web/staff/results/pictures.py",
}
REPORTED = ("survey/report", "survey/web/staff", "survey/statistics/disclosure", "survey/document")


def test_no_figure_is_rounded_by_another_rule() -> None:
    found = []
    for folder in REPORTED:
        for file in sorted((paths.ROOT / folder).rglob("*.py")):
            name = str(file.relative_to(paths.ROOT))
            calls = (n for n in ast.walk(ast.parse(file.read_text())) if isinstance(n, ast.Call))
            found += [
                f"{name}:{call.lineno}"
                for call in calls
                if isinstance(call.func, ast.Name) and call.func.id == "round" and name not in DRAWN
            ]
    assert found == []
