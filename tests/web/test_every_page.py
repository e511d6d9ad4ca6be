"""Every page in every language: structure, size, headers, and nothing in the wrong language."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from httpx import Response

from survey.language import tags
from tests.web.pages import TO_SHOW, Sample, cookies, missing, opened, samples, shown
from tests.world import forms
from tests.world.world import World

LANGUAGES = tags.available()
QUESTIONS = tuple(question.id for question in forms.satisfaction().form.questions)
SAMPLES = [(language, each) for language in LANGUAGES for each in samples(language, QUESTIONS)]
VOID = {"meta", "link", "input", "path", "rect", "circle", "br"}
# Names and abbreviations that are the same in every script.
LATIN = re.compile(r"\b(BITV|WCAG|AA|JavaScript|Cookie|O|Kooperationsplan|Language)\b|[0-9.]+")


class Page(HTMLParser):
    """A page taken apart: what is open, ids, references, and text with its language."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.faults: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str, str]] = []
        self.within_labels: list[dict[str, str]] = []
        self.feed(html)
        self.close()
        self.faults += [f"never closed: {tag}" for tag, _ in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self.elements.append((tag, known))
        if any(each == "label" for each, _ in self.open):
            self.within_labels.append(known)
        language = known.get("lang", self.open[-1][1] if self.open else "")
        if tag not in VOID:
            self.open.append((tag, language))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            self.faults.append(f"closed too early or twice: {tag}")
            return
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip():
            tag, language = self.open[-1] if self.open else ("", "")
            self.texts.append((tag, language, data.strip()))

    def of(self, tag: str) -> list[dict[str, str]]:
        return [known for name, known in self.elements if name == tag]


@pytest.fixture(scope="module")
def held(world: World) -> dict[str, dict[str, str]]:
    return {language: cookies(world, language, "k1") for language in LANGUAGES}


@pytest.fixture(params=SAMPLES, ids=lambda found: f"{found[0]}-{found[1].name}")
def seen(request, world: World, held) -> tuple[str, Sample, Response]:
    language, sample = request.param
    return language, sample, opened(world, sample, held[language][sample.state])


def test_every_route_has_a_sample(world: World) -> None:
    assert missing(world.app, [*samples("de", QUESTIONS), *shown("de")]) == set()


def test_a_page_is_whole_small_and_says_its_language(seen) -> None:
    language, sample, reply = seen
    assert reply.status_code == sample.status
    page = Page(reply.text)
    assert page.faults == []
    _language_is_told(page, sample, language)
    _names_and_references(page)
    _size(reply)
    _policy(reply)


@pytest.fixture(scope="module")
def held_to_show(released: World) -> dict[str, dict[str, str]]:
    return {language: cookies(released, language, "k1", TO_SHOW) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sample", shown("de"), ids=lambda sample: sample.name)
def test_so_is_a_page_where_something_may_be_shown(
    released: World, held_to_show, language: str, sample: Sample
) -> None:
    own = next(each for each in shown(language) if each.name == sample.name)
    reply = opened(released, own, held_to_show[language][own.state])
    test_a_page_is_whole_small_and_says_its_language((language, own, reply))


def _language_is_told(page: Page, sample: Sample, language: str) -> None:
    of_page = "de" if sample.name in {"first", "qr", "unknown-language"} else language
    root = page.of("html")[0]
    assert root == {"lang": of_page, "dir": "rtl" if of_page == "ar" else "ltr"}
    if of_page != "ar":
        return
    for tag, of_text, text in page.texts:
        if of_text == "ar" and tag not in {"style", "title"}:
            left = re.findall(r"[A-Za-zÄÖÜäöüß]{2,}", LATIN.sub("", text))
            assert not left, text


def _names_and_references(page: Page) -> None:
    ids = [known["id"] for _, known in page.elements if "id" in known]
    assert len(ids) == len(set(ids))
    assert len(page.of("h1")) == 1
    assert len(page.of("main")) == 1
    named = {known["for"] for known in page.of("label") if "for" in known}
    for known in [*page.of("input"), *page.of("textarea")]:
        if known.get("type") != "hidden" and known not in page.within_labels:
            assert known.get("id") in named or known.get("aria-labelledby") in ids
    for _, known in page.elements:
        for reference in ("aria-describedby", "aria-labelledby", "for", "form"):
            assert set(known.get(reference, "").split()) <= set(ids)
        assert not {name for name in known if name == "style" or name.startswith("on")}
    for known in page.of("form"):
        assert known["autocomplete"] == "off"


def _size(reply: Response) -> None:
    """One request, at most 5 KB (5,120 bytes) with its headers; without them at most 4,600."""
    headers = sum(len(name) + len(value) + 4 for name, value in reply.headers.items())
    assert int(reply.headers["content-length"]) <= 4600
    assert headers + int(reply.headers["content-length"]) <= 5120


def _policy(reply: Response) -> None:
    style = re.search(r"<style>(.*?)</style>", reply.text, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = reply.headers["content-security-policy"]
    assert f"style-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    for rule in (
        "script-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ):
        assert rule in policy
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["referrer-policy"] == "same-origin"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert "server" not in reply.headers
    assert "date" not in reply.headers
