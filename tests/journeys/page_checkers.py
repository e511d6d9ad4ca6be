"""Checkers of pages that others wrote, beside axe: what each finds, as sentences.

IBM's engine and HTML_CodeSniffer look at a page in the browser; html-validate and the Nu checker of
the W3C read the markup of all pages at once, in a process of their own. `.ci/setup test` installs
them from `static/package-lock.json`.
"""

import json
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

from survey import paths
from tests import tools

MODULES = paths.STATIC / "node_modules"
IBM = MODULES / "accessibility-checker-engine" / "ace.js"
SNIFFER = MODULES / "html_codesniffer" / "build" / "HTMLCS.js"
VALIDATE = MODULES / "html-validate" / "bin" / "html-validate.mjs"
NU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
# Its rules about accessibility; that a button of a form sends it is left unsaid everywhere.
VALIDATE_RULES = {
    "root": True,
    "extends": ["html-validate:a11y"],
    "rules": {"no-implicit-button-type": "off"},
}
# Its own advice for small stacks makes it overflow on long pages.
NU_STACK = "-Xss8m"

_IBM_RUN = """async () => {
  const report = await new ace.Checker().check(document, ["IBM_Accessibility", "WCAG_2_2"]);
  return report.results
    .filter((one) => one.value[1] === "FAIL")
    .map((one) => [one.value[0].toLowerCase(), one.ruleId, one.message, one.snippet]);
}"""
_SNIFFER_RUN = """() => new Promise((resolve) => {
  HTMLCS.process("WCAG2AA", document, () => resolve(
    HTMLCS.getMessages()
      .filter((one) => one.type === HTMLCS.ERROR)
      .map((one) => [one.code, one.msg, (one.element && one.element.outerHTML) || ""])
  ));
})"""


def found(page: Page) -> list[str]:
    """What both of the checkers in the browser are sure of; IBM's recommendations count too."""
    return ibm(page) + sniffed(page)


def ibm(page: Page) -> list[str]:
    """Violations and recommendations of IBM's engine that it does not leave to a person."""
    page.evaluate(_source(IBM))
    return [
        f"IBM {rule} ({level}): {message} {snippet[:120]}"
        for level, rule, message, snippet in page.evaluate(_IBM_RUN)
    ]


def sniffed(page: Page) -> list[str]:
    """Errors of HTML_CodeSniffer by WCAG 2 AA."""
    page.evaluate(_source(SNIFFER))
    return [
        f"HTML_CodeSniffer {code}: {message} {markup[:120]}"
        for code, message, markup in page.evaluate(_SNIFFER_RUN)
    ]


@cache
def _source(file: Path) -> str:
    return file.read_text("utf-8")


def written(pages: Mapping[str, bytes], folder: Path) -> None:
    """Lay markup as it was sent into a folder, a file for each name."""
    for name, markup in pages.items():
        (folder / f"{name}.html").write_bytes(markup)


def validated(folder: Path) -> list[str]:
    """Faults in accessibility that html-validate finds in the pages of a folder."""
    path = tools.need("node")
    rules = folder / "rules.json"
    rules.write_text(json.dumps(VALIDATE_RULES), "utf-8")
    command = [path, str(VALIDATE), "--config", str(rules), "--formatter", "json"]
    ended = subprocess.run(
        [*command, *map(str, _pages(folder))], capture_output=True, text=True, check=False
    )
    return [
        f"{Path(each['filePath']).stem}: html-validate {one['ruleId']}: {one['message']}"
        f" {one['selector'] or ''}"
        for each in json.loads(ended.stdout)
        for one in each["messages"]
    ]


def conforming(folder: Path) -> list[str]:
    """What the Nu checker says against the markup of the pages of a folder, its warnings too."""
    java = tools.need("java")
    ended = subprocess.run(
        [java, NU_STACK, "-jar", str(NU), "--format", "json", *map(str, _pages(folder))],
        capture_output=True,
        text=True,
        check=False,
    )
    return [
        f"{Path(one['url']).stem}: Nu {one['type']}: {one['message']} {one.get('extract', '')}"
        for one in json.loads(ended.stderr)["messages"]
    ]


def _pages(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.html"))
