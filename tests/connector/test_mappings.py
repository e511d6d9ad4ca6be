"""A mapping is refused with the place and the cure."""

import pytest

from connector import identifiers
from connector.errors import MappingError
from connector.imports import mapping as mappings
from tests.connector import export_maker

GOOD = export_maker.LAYOUTS["semicolons"].mapping()


@pytest.mark.parametrize("shipped", sorted(mappings.SHIPPED.glob("*.toml")), ids=lambda p: p.stem)
def test_every_shipped_mapping_loads(shipped):
    assert mappings.load(shipped).mapping.column("case_number")


@pytest.mark.parametrize("layout", export_maker.LAYOUTS)
def test_the_mappings_of_these_tests_load(layout, tmp_path):
    path = tmp_path / "m.toml"
    path.write_text(export_maker.LAYOUTS[layout].mapping(), "utf-8")
    loaded = mappings.load(path)
    assert loaded.mapping.source_system == "test"
    assert len(loaded.digest) == 64


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"Team" = "team"', '"Team" = "taem"', "Meinten Sie „team“"),
        ('"Team" = "team"', "", "(Team) fehlt"),
        ('"Kürzel" = "case_manager"', '"Kürzel" = "team"', "mehrfach belegt"),
        ('"Umzug" = "moved"', '"Umzug" = "movd"', "Meinten Sie „moved“"),
        ("[values.kind]", "[values.kinds]", "Meinten Sie „kind“"),
        ("lines_before_header", "lines_before_heder", "Meinten Sie „lines_before_header“"),
        ('source_system = "test"', 'source = "test"', "source"),
        ('source_system = "test"', 'source_system = " "', "source_system fehlt"),
        ('["%d.%m.%Y"]', '["%d.%m"]', "wird nicht verstanden"),
        ('["%d.%m.%Y"]', '"%d.%m.%Y"', "date_formats"),
        ('["%d.%m.%Y"]', "[]", "ist leer"),
        ("[columns]", "[columns", "kein gültiges TOML"),
        ("[columns]", '[constants]\nkind = "x"\n[columns]', "mehrfach belegt"),
        ("[columns]", '[letter]\n"PLZ" = "zip"\n[columns]', "„zip“ ist nicht bekannt"),
        ("[columns]", '[[filters]]\ncolumn = "Team"\n[columns]', "keep oder drop"),
        ('source_system = "test"', 'source_system = "test"\nformat = "pdf"', "„pdf“"),
        ('"Team" = "team"', '"Team" = "team"\n"Team " = "measure"', "nur verschieden geschrieben"),
        ('"N" = "no"', '"N" = "no"\n"n" = "yes"', "heißt Verschiedenes"),
    ],
)
def test_a_mistake_is_told_with_place_and_cure(tmp_path, old, new, said):
    path = tmp_path / "m.toml"
    assert old in GOOD
    path.write_text(GOOD.replace(old, new), "utf-8")
    with pytest.raises(MappingError) as refused:
        mappings.load(path)
    assert said in refused.value.said
    assert str(path) in refused.value.said


def test_a_mapping_that_is_missing_or_not_utf_8_is_told(tmp_path):
    path = tmp_path / "m.toml"
    with pytest.raises(MappingError, match="lässt sich nicht lesen"):
        mappings.load(path)
    path.write_bytes(GOOD.encode("cp1252"))
    with pytest.raises(MappingError, match="UTF-8"):
        mappings.load(path)


def test_any_change_of_a_mapping_changes_its_digest(tmp_path):
    path = tmp_path / "m.toml"
    path.write_text(GOOD, "utf-8")
    before = mappings.load(path).digest
    path.write_text(GOOD + "# a word\n", "utf-8")
    assert mappings.load(path).digest != before


def test_the_rule_of_spelling_stands_where_authors_of_mappings_read(tmp_path):
    told = (mappings.SHIPPED / "fallmanagement.toml").read_text("utf-8")
    rule = told.partition("How names and numbers are compared")[2].partition("\n\n")[0]
    for number in range(1, 6):
        assert f"#   {number}. " in rule
    examples = [("MUE", "mue"), ("Straße", "STRASSE"), ('="00123"', "00123"), ("'00123", "00123")]
    for one, other in examples:
        assert one in rule
        assert other in rule
        assert identifiers.compared(one) == identifiers.compared(other)


def test_the_last_examples_of_the_shipped_mapping_work_as_they_stand(tmp_path):
    told = (mappings.SHIPPED / "fallmanagement.toml").read_text("utf-8")
    before, _, examples = told.partition("# Another name for a team")
    path = tmp_path / "m.toml"
    path.write_text(before + examples.partition("\n")[2].replace("#     ", ""), "utf-8")
    mapping = mappings.load(path).mapping
    assert mapping.codes("case_manager") == {"mü": "MUE"}
    assert mapping.codes("team") == {"team müller": "FM 3"}
    assert [one.column for one in mapping.filters] == ["Team"]
