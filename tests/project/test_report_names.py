"""Reports are known by their registry: no other module has the name of one, or a media type."""

import ast

import pytest

from survey import paths, report_types
from survey.model.file_formats import PDF
from survey.report import registry

PACKAGES = ("survey", "connector")
# The entry itself, the tag of its snapshot; and the form of that name, where one is a default.
NAMING = {
    "survey/report_types.py",
    "survey/model/snapshots.py",
    "survey/cli/wave.py",
}
FORMATS = {"survey/model/file_formats.py"}


def constants() -> dict[str, set[str]]:
    """By module, every string that stands in it as a value."""
    found = {}
    for package in PACKAGES:
        for module in (paths.ROOT / package).rglob("*.py"):
            tree = ast.parse(module.read_text("utf-8"))
            found[module.relative_to(paths.ROOT).as_posix()] = {
                node.value
                for node in ast.walk(tree)
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            }
    return found


@pytest.mark.parametrize("name", report_types.REPORT_TYPES)
def test_only_its_entry_has_the_name_of_a_report(name):
    assert {module for module, strings in constants().items() if name in strings} <= NAMING


@pytest.mark.parametrize("folder", ["staff", "cases", "report"])
def test_no_template_decides_by_the_name_of_a_report(folder):
    words = [f'"{name}"' for name in report_types.REPORT_TYPES]
    for template in (paths.TEMPLATES / folder).rglob("*.html"):
        assert not any(word in template.read_text("utf-8") for word in words)


def test_a_media_type_of_a_file_stands_in_one_module():
    assert {m for m, strings in constants().items() if PDF.media_type in strings} == FORMATS


@pytest.mark.parametrize("name", report_types.REPORT_TYPES)
def test_two_formats_of_a_report_are_two_files(name):
    """A document is named by its ending: with one ending the second would replace the first."""
    formats = report_types.REPORT_TYPES[name].formats
    assert len({file_format.ending for file_format in formats}) == len(formats)


@pytest.mark.parametrize("name", registry.REPORTS)
def test_an_entry_of_the_registry_is_one_of_the_types_and_writes_its_formats(name):
    report = registry.REPORTS[name]
    assert report.type == report_types.REPORT_TYPES[name]
    assert set(report.render) == {file_format.name for file_format in report.type.formats}
    assert set(registry.REPORTS) == set(report_types.REPORT_TYPES)
