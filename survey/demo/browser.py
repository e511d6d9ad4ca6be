"""A small browser: follows what the pages offer, presses their buttons, keeps its cookie.

No script runs in it, so whoever answers with it proves that none is needed.
"""

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from types import TracebackType
from urllib.parse import urlsplit

import httpx
from msgspec import Struct, field

from survey.demo.errors import DemoStopped

TYPED = {"text", "hidden", "", "tel", "number"}


class Input(Struct, frozen=True, kw_only=True):
    """One thing of a form that can be filled in, chosen or pressed."""

    kind: str
    name: str
    value: str
    on: bool = False


class Form(Struct, kw_only=True):
    """A form with its fields and buttons in the order of the page."""

    action: str
    inputs: list[Input] = field(default_factory=list)

    def choices(self, name: str) -> list[str]:
        """The values offered under this name, without the blanks that make them of one length."""
        return [control.value.strip() for control in self.inputs if control.name == name]


class Page(Struct, kw_only=True):
    """What a person sees, and what she can do there."""

    url: str
    status: int
    text: str = ""
    language: str = ""
    direction: str = ""
    forms: list[Form] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        """The page's path without query."""
        return urlsplit(self.url).path

    @property
    def form(self) -> Form:
        """The form of a page that has one.

        Raises:
            DemoStopped: it has none
        """
        for form in self.forms:
            return form
        raise DemoStopped("a page has no form", page=self.path, status=self.status)


class Browser:
    """One person's browser with the languages she asks for."""

    def __init__(self, base_url: str, languages: str = "de") -> None:
        self._client = httpx.Client(
            base_url=base_url,
            follow_redirects=True,
            timeout=30,
            trust_env=False,  # a proxy has no business with a server on this machine
            headers={"Accept-Language": languages, "Sec-Fetch-Site": "same-origin"},
        )
        self.requests = 0

    def __enter__(self) -> "Browser":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def open(self, path: str) -> Page:
        """Follow a link or type an address."""
        return self._asked("GET", path)

    def press(
        self,
        page: Page,
        filled: Mapping[str, str | list[str]],
        *,
        button: tuple[str, str] | None = None,
    ) -> Page:
        """Send the page's form as it stands, with what was filled in and the button pressed."""
        form = page.form
        sent: dict[str, str | list[str]] = {
            control.name: control.value for control in _standing(form)
        }
        sent |= filled
        if button:
            sent[button[0]] = button[1]
        target = httpx.URL(page.url).join(form.action) if form.action else page.url
        return self._asked("POST", target, sent)

    def _asked(
        self, method: str, target: httpx.URL | str, sent: dict[str, str | list[str]] | None = None
    ) -> Page:
        try:
            response = self._client.request(method, target, data=sent)
        except httpx.HTTPError as error:
            raise DemoStopped("the server does not answer", why=error, address=target) from error
        self.requests += 1 + len(response.history)
        page = Page(url=str(response.url), status=response.status_code)
        _Reader(page).feed(response.text)
        return page


def _standing(form: Form) -> Iterator[Input]:
    """The controls of a form that a browser sends untouched."""
    for control in form.inputs:
        if not control.name or control.kind == "submit":
            continue
        if control.on or control.kind in TYPED or control.kind == "textarea":
            yield control


class _Reader(HTMLParser):
    """Fills a page; what stands outside a form is not looked at."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._form: Form | None = None
        self._hidden = 0  # within style or script

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "html":
            self._page.language, self._page.direction = (
                attributes.get("lang", ""),
                attributes.get("dir", ""),
            )
        elif tag == "a":
            self._page.links.append(attributes.get("href", ""))
        elif tag == "form":
            self._form = Form(action=attributes.get("action", ""))
            self._page.forms.append(self._form)
        elif tag in {"input", "textarea", "button"} and self._form:
            self._form.inputs.append(_input(tag, attributes))
        elif tag in {"style", "script"}:
            self._hidden += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag in {"style", "script"}:
            self._hidden -= 1

    def handle_data(self, data: str) -> None:
        if self._hidden == 0 and data.strip():
            self._page.text += data.strip() + "\n"


def _input(tag: str, attributes: dict[str, str]) -> Input:
    default = "submit" if tag == "button" else tag if tag == "textarea" else ""
    kind = attributes.get("type", default)
    chosen = kind in {"radio", "checkbox"}
    return Input(
        kind=kind,
        name=attributes.get("name", ""),
        value=attributes.get("value", "on" if chosen else ""),
        on="checked" in attributes,
    )
