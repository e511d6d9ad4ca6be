"""The checkers that others wrote find what is planted; the markup of every page passes them.

What they see in the browser is asked where the pages are visited: `test_staff_pages`,
`test_work_pages`, `test_case_pages`, and of a selection in `test_every_page`.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.connector import case_houses
from tests.journeys import cases_served, page_checkers
from tests.web import pages, staff_pages, work_pages
from tests.world import forms, homes, staff

GOOD = """<!DOCTYPE html>
<html lang="de"><head><meta charset="utf-8"><title>Wellen</title></head>
<body><main><h1>Wellen</h1>
<form action="/a" aria-label="Suche"><label for="q">Suchen</label><input id="q" name="q">
<button>Los</button></form>
<table><caption>Wellen</caption><thead><tr><th scope="col">Welle</th><th scope="col">Stand</th></tr>
</thead><tbody><tr><th scope="row">1</th><td>offen</td></tr></tbody></table></main></body></html>
"""
NAMELESS = "<form action='/b'><button>B</button></form><form action='/c'><button>C</button></form>"
# What was found on pages of ours once: (what of the good page, by what, how a checker tells it).
IN_BROWSER = [
    ("</main>", f"{NAMELESS}</main>", "aria_form_label_unique"),
    ("<main>", "<main><div tabindex=0 role=region aria-label=R>x</div>", "tabbable_role_valid"),
    ("</main>", "</main><aside aria-label=R><p>x</p></aside>", "complementary_label_visible"),
    ("<thead>", "<thead><tr><th scope=colgroup colspan=2>P</th></tr>", "table_headers_related"),
    ("<tbody>", "<tbody><tr><th scope=rowgroup colspan=2>P</th></tr>", "H43.HeadersRequired"),
    ('<label for="q">Suchen</label>', "", "1_3_1.F68"),
]
VALIDATED = [
    ("<td>", '<td role="cell">', "no-redundant-role"),
    ("<main>", '<main><div role="region" aria-label="R">x</div>', "prefer-native-element"),
    ("</h1>", '</h1><ul aria-label="R"><li>a</li></ul>', "aria-label-misuse"),
]
CONFORMING = [
    ("<td>", '<td role="cell">', "must not be used on a “td” element"),
    ("<form ", '<form hx-get="/a" ', "Attribute “hx-get” not allowed"),
    ('lang="de"', 'lang="deutsch"', "Bad value “deutsch”"),
    ("</main>", '<p id="q">x</p></main>', "Duplicate ID “q”"),
]


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def test_a_good_page_passes_all(tab: Page, tmp_path: Path) -> None:
    tab.set_content(GOOD)
    page_checkers.written({"good": GOOD.encode()}, tmp_path)
    assert page_checkers.found(tab) == []
    assert page_checkers.validated(tmp_path) == []
    assert page_checkers.conforming(tmp_path) == []


@pytest.mark.parametrize(("what", "by", "told"), IN_BROWSER, ids=lambda each: each[:24])
def test_a_fault_is_seen_in_the_browser(tab: Page, what: str, by: str, told: str) -> None:
    tab.set_content(GOOD.replace(what, by, 1))
    assert told in "\n".join(page_checkers.found(tab))


@pytest.mark.parametrize(("what", "by", "told"), VALIDATED, ids=lambda each: each[:24])
def test_html_validate_finds_a_fault(tmp_path: Path, what: str, by: str, told: str) -> None:
    page_checkers.written({"bad": GOOD.replace(what, by, 1).encode()}, tmp_path)
    assert told in "\n".join(page_checkers.validated(tmp_path))


@pytest.mark.parametrize(("what", "by", "told"), CONFORMING, ids=lambda each: each[:24])
def test_the_nu_checker_finds_a_fault(tmp_path: Path, what: str, by: str, told: str) -> None:
    page_checkers.written({"bad": GOOD.replace(what, by, 1).encode()}, tmp_path)
    assert told in "\n".join(page_checkers.conforming(tmp_path))


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The markup of every page of staff, case managers and recipients, as it goes over the line."""
    folder = tmp_path_factory.mktemp("markup")
    every = {
        **_of_staff(tmp_path_factory.mktemp("world")),
        **_of_cases(tmp_path_factory.mktemp("cases") / "house"),
        **_of_recipients(tmp_path_factory.mktemp("world")),
    }
    assert len(every) > 150
    page_checkers.written(every, folder)
    return folder


def _of_staff(folder: Path) -> dict[str, bytes]:
    world = staff.build(folder)
    every = [*staff_pages.samples(world), *work_pages.samples(world)]
    return {f"staff-{each.name}": staff_pages.opened(world, each).content for each in every}


def _of_cases(folder: Path) -> dict[str, bytes]:
    found = {}
    with case_houses.standing(folder) as house:
        house.take(cases_served.caseload(70))
        house.pull(*cases_served.shown(house), reports=[cases_served.report()])
        for name, (login, address) in cases_served.PAGES.items():
            with house.browser(login) as client:
                page = client.get(cases_served.place(house, address))
                found[f"case-{name}"] = page.content
    return found


def _of_recipients(folder: Path) -> dict[str, bytes]:
    world, found = homes.build(folder), {}
    asked = tuple(each.id for each in forms.satisfaction().form.questions)
    for language in ("de", "ar"):
        known = pages.cookies(world, language, "k1")
        for sample in pages.samples(language, asked):
            page = pages.opened(world, sample, known[sample.state])
            found[f"recipient-{language}-{sample.name}"] = page.content
    return found


def test_html_validate_finds_nothing_on_any_page(sent: Path) -> None:
    found = page_checkers.validated(sent)
    assert not found, "\n".join(found)


def test_the_nu_checker_finds_nothing_on_any_page(sent: Path) -> None:
    found = page_checkers.conforming(sent)
    assert not found, "\n".join(found)
