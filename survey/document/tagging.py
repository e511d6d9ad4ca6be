"""Adds languages and whole tables to the tags of a PDF, which WeasyPrint knows but leaves out.

`/Lang` is written for the document alone, so a German voice would read an Arabic column; a table
over several pages becomes one table for each, with nothing that says so. Both are known only while
the tags are made, so the function that makes them is wrapped here; `structure` reads the marks.
"""

from collections.abc import Iterator
from typing import Any

import pydyf  # type: ignore[import-untyped]
from weasyprint.formatting_structure.boxes import Box
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import tags

# Attribute of the HTML table, and key of its tags in the file until `structure` has read it.
TABLE = "data-table"
TABLE_KEY = "ResonanzTable"

_build = tags._build_box_tree


def number_tables(tree: Any) -> None:
    """Give every table of the HTML a number of its own, in the order of the document."""
    for number, table in enumerate(tree.iter("table")):
        table.set(TABLE, str(number))


def _marked(box: Box, *rest: Any) -> Iterator[pydyf.Dictionary]:
    """The tags of a box, with the language its element names and the number of its table."""
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    for tag in _build(box, *rest):
        # The tags of a page, of html and of body are those of what lies in them.
        if box.element is not None and box.element_tag not in ("html", "body"):
            _mark(tag, box.element)
        yield tag


def _mark(tag: pydyf.Dictionary, element: Any) -> None:
    language = element.get("lang")
    if language:
        tag["Lang"] = pydyf.String(language)
    if tag["S"] == "/Table":
        tag[TABLE_KEY] = int(element.get(TABLE))


tags._build_box_tree = _marked
