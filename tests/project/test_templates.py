"""Every template is used, and every one that is named is there."""

import re

from jinja2 import Environment

from survey import paths

NAMED = re.compile(r"""["']((?:[a-z]+/)[a-z_]+\.html)["']""")
SOURCES = [
    *paths.ROOT.glob("survey/**/*.py"),
    *paths.ROOT.glob("connector/**/*.py"),
    *paths.TEMPLATES.glob("**/*.html"),
]
THERE = {str(path.relative_to(paths.TEMPLATES)) for path in paths.TEMPLATES.glob("**/*.html")}


def _named() -> set[str]:
    return {name for path in SOURCES for name in NAMED.findall(path.read_text("utf-8"))}


def test_every_template_is_used():
    assert THERE - _named() == set()


def test_every_template_that_is_named_is_there():
    assert _named() - THERE == set()


def test_no_template_carries_style_or_script_of_its_own():
    """A strict content policy forbids both; the one style block is filled by the page."""
    loose = re.compile(r"<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|<style>(?!\{\{ css \}\})")
    found = [name for name in sorted(THERE) if loose.search((paths.TEMPLATES / name).read_text())]
    assert found == []


def test_every_template_can_be_parsed():
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    for name in sorted(THERE):
        environment.parse((paths.TEMPLATES / name).read_text("utf-8"), name)
