"""Keeping the catalogues complete: recipients are spoken to in every language, staff in two.

`python -m survey.language.catalogues` brings every catalogue up to date with what templates and
code say: new originals are added empty, what nobody says any more goes. A test refuses what is
missing, empty or too much, so that a new sentence cannot be forgotten in one language. With the tag
of a known language it also begins the catalogue that makes recipients be spoken to in that one.
"""

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import write_po
from jinja2.ext import babel_extract

from survey import paths
from survey.language import tags, translator

Method: TypeAlias = str | Callable[..., Any]

# By domain: folder, pattern, method. Letters have their words beside their template, one file for
# each language. What shows recipients' words to staff too (questions, notices) is the first's.
SOURCES: Mapping[str, tuple[tuple[str, str, Method], ...]] = {
    tags.DOMAIN: (
        ("templates/answer", "*.html", babel_extract),
        ("templates/kiosk", "*.html", babel_extract),
        ("templates/notice", "*.html", babel_extract),
        ("templates/question", "*.html", babel_extract),
        ("survey/web/answer", "*.py", "python"),
        ("survey/web/kiosk", "*.py", "python"),
        ("survey/web/notices", "*.py", "python"),
        ("survey/language", "assurances.py", "python"),
    ),
    tags.STAFF: (
        ("templates/staff", "*.html", babel_extract),
        ("survey/web/staff", "*.py", "python"),
        ("survey", "report_types.py", "python"),
    ),
    tags.CASES: (
        ("templates/cases", "*.html", babel_extract),
        ("connector/web", "*.py", "python"),
    ),
    tags.REPORT: (
        ("templates/report", "*.html", babel_extract),
        ("survey/report", "*.py", "python"),
        ("survey/document", "*.py", "python"),
    ),
}
LANGUAGES: Mapping[str, tuple[str, ...]] = {
    tags.DOMAIN: tuple(tag for tag in tags.available() if tag != tags.SOURCE),
    **dict.fromkeys(
        (tags.STAFF, tags.CASES, tags.REPORT),
        tuple(tag for tag in tags.STAFF_LANGUAGES if tag != tags.SOURCE),
    ),
}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "later": None,
    "ngettext": (1, 2),
    "plural": (1, 2),
    "say": None,
}
OPTIONS = {"extensions": "jinja2.ext.i18n", "newstyle_gettext": "true"}
HEAD = "# Marked fuzzy: translated by a machine and checked by nobody; shown, and the page says so."
# Heads that Babel fills with advice to the reader.
EMPTY_HEADS = ('"Project-Id', '"Report-', '"Last-', '"Language-Team', '"Generated-')
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
# Dates in the head would make every update a change.
WRITTEN = datetime(2026, 11, 22, tzinfo=UTC)


def used(domain: str = tags.DOMAIN) -> Catalog:
    """Every original of a domain, without translations, with the files it stands in."""
    catalog = Catalog(locale=tags.SOURCE, domain=domain, creation_date=WRITTEN)
    for folder, pattern, method in SOURCES[domain]:
        for path in sorted((paths.ROOT / folder).rglob(pattern)):
            place = path.relative_to(paths.ROOT).as_posix()
            for _, message, _, context in extract_from_file(method, path, KEYWORDS, (), OPTIONS):
                catalog.add(message, locations=[(place, 1)], context=context)
    return catalog


def gaps(tag: str, domain: str = tags.DOMAIN) -> list[str]:
    """Problems that keep a catalogue from being complete, one line each; empty when it is."""
    wanted = {str(message.id): message for message in used(domain) if message.id}
    held = {str(message.id): message for message in translator.read(tag, domain) if message.id}
    problems = [f"{tag}: missing: {entry}" for entry in wanted if entry not in held]
    problems += [
        f"{tag}: nobody says this any more: {entry}" for entry in held if entry not in wanted
    ]
    for message in held.values():
        problems += [f"{tag}: {fault}: {message.id}" for fault in _faults(message)]
    return problems


def _faults(message: Message) -> Iterator[str]:
    texts = forms(message.string)
    originals = forms(message.id)
    names = set(PLACEHOLDER.findall(originals[-1]))
    if not all(text.strip() for text in texts):
        yield "empty"
        return
    # A form for exactly one or two may say so in words; the last is never for so few.
    if set(PLACEHOLDER.findall(texts[-1])) != names:
        yield "other placeholders"
    if any(set(PLACEHOLDER.findall(text)) - names for text in texts):
        yield "unknown placeholders"
    if any(text != text.strip() for text in texts):
        yield "blank at an end"


def forms(text: str | Sequence[str] | None) -> list[str]:
    """The one text of an entry, or one for each plural form."""
    return [text or ""] if isinstance(text, str) or text is None else list(text)


def file(tag: str, domain: str = tags.DOMAIN) -> Path:
    """Where the catalogue of a language lies."""
    return paths.LOCALE / tag / "LC_MESSAGES" / f"{domain}.po"


def update(tag: str, domain: str = tags.DOMAIN) -> None:
    """Write a catalogue anew, in the order of the pages, with what is translated already."""
    target = file(tag, domain)
    before = translator.read(tag, domain) if target.exists() else ()
    held = {str(message.id): message for message in before}
    fresh = Catalog(
        locale=tags.KNOWN[tag].babel,
        domain=domain,
        creation_date=WRITTEN,
        revision_date=WRITTEN,
        fuzzy=False,
        header_comment=HEAD,
    )
    for message in used(domain):
        if message.id:
            known = held.get(str(message.id))
            fresh.add(
                message.id,
                known.string if known else "",
                locations=message.locations,
                flags=known.flags if known else (),
            )
    target.parent.mkdir(parents=True, exist_ok=True)
    out = io.BytesIO()
    write_po(out, fresh, width=100, include_lineno=False)
    lines = out.getvalue().decode().splitlines(keepends=True)
    target.write_text("".join(line for line in lines if not line.startswith(EMPTY_HEADS)))


@click.command()
@click.argument("begun", required=False, metavar="[TAG]", type=click.Choice([*tags.KNOWN]))
def main(begun: str | None) -> None:
    """Bring the catalogues up to date, begin that of TAG, and say what is left to translate."""
    for domain, languages in LANGUAGES.items():
        added = (begun,) if begun and domain == tags.DOMAIN and begun != tags.SOURCE else ()
        for tag in dict.fromkeys((*languages, *added)):
            update(tag, domain)
            for line in gaps(tag, domain):
                click.echo(f"{domain}: {line}")


if __name__ == "__main__":
    main()
