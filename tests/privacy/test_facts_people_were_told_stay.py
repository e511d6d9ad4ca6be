"""What people were told when they answered cannot be changed afterwards: level, purpose, who holds
what. There is no statement, command or message that does it.
"""

import re
import tomllib

import msgspec
import pytest
import tomli_w
from click.testing import CliRunner

from survey.cli.main import COMMANDS, main
from survey.paths import ROOT
from survey.store import programmes, waves
from tests.facts import filled
from tests.world.jobcenter import PROGRAMME, WAVE

CHANGES = re.compile(r"\b(UPDATE|DELETE FROM|REPLACE INTO|DROP TABLE|ALTER TABLE)\s+(\w+)", re.I)
# What may change at all, and by which column.
ALLOWED = {
    ("programme", "ceremony_on"),
    ("programme", "ended_on"),
    ("form_version", "withdrawn"),
    ("wave", "state"),
    ("wave", "print_destroyed"),
    # What was read off the form before is written down once, by a migration, and says the same.
    ("wave", "mode"),
    # A name for staff; the day it really ended; a later last day, with the one that letters say.
    ("wave", "title"),
    ("wave", "closed_on"),
    ("wave", "closes_on"),
    ("wave", "prolonged_from"),
}
# Nobody has been told anything yet of a wave that is only planned.
UNTOLD = "state = 'planned'"
# After three years entries of the audit are forgotten by retention, and by nothing else; their hash
# stays as the anchor of the chain (tests/staff/test_audit_chain.py).
FORGOTTEN = ROOT / "survey" / "store" / "retention_rules.py"
FIXED = ("programme", "form_version", "wave", "unit", "sample", "snapshot", "audit", "invitation")


def statements():
    for path in [*(ROOT / "survey").rglob("*.py"), *(ROOT / "survey").rglob("*.sql")]:
        text = path.read_text("utf-8")
        for found in CHANGES.finditer(text):
            yield path, found[1].upper(), found[2].lower(), text[found.end() : found.end() + 400]


def test_no_statement_anywhere_changes_what_people_were_told():
    touched = set()
    for path, verb, table, rest in statements():
        if table not in FIXED or verb == "ALTER TABLE":
            continue
        if (table, path) == ("audit", FORGOTTEN):
            continue
        if verb == "DELETE FROM":
            assert table == "invitation", path
            continue
        assert verb == "UPDATE", (path, verb, table)
        changed, _, where = rest.partition("WHERE")
        if table == "wave" and UNTOLD in where.partition('"""')[0]:
            continue
        columns = re.findall(r"(\w+)\s*=", changed)
        touched |= {(table, column) for column in columns if column != "set"}
    assert touched == ALLOWED


def test_a_programme_of_the_same_id_is_refused_and_the_first_stays(world, tmp_path):
    file = tmp_path / "other.toml"
    facts = tomllib.loads(filled(world.survey("programme", "example")))
    facts["level"] = "released"
    facts["operator"]["is_jobcenter"] = True
    file.write_text(tomli_w.dumps(facts), "utf-8")
    ran = CliRunner().invoke(main, ["--home", str(world.server), "programme", "create", str(file)])
    assert ran.exit_code != 0
    with world.home.database.read() as tx:
        found = programmes.find(tx, PROGRAMME)
    assert (found.level, found.operator.is_jobcenter) == ("linked", False)


def test_a_programme_put_in_again_by_the_store_changes_nothing(world):
    with world.home.database.read() as tx:
        found = programmes.find(tx, PROGRAMME)
    changed = msgspec.structs.replace(found, level="released", purpose="Kontrolle")
    with world.home.database.write() as tx:
        assert programmes.add(tx, changed) is False
        assert programmes.find(tx, PROGRAMME) == found


def test_a_wave_put_in_again_changes_no_threshold(world):
    with world.home.database.read() as tx:
        found = waves.find(tx, WAVE)
    lower = msgspec.structs.replace(found.thresholds, k=11)
    with world.home.database.write() as tx:
        assert waves.add(tx, msgspec.structs.replace(found, thresholds=lower)) is False
        assert waves.find(tx, WAVE).thresholds == found.thresholds


@pytest.mark.parametrize("column", ["k", "k_sensitive", "k_up", "comments"])
def test_the_database_itself_refuses_thresholds_below_their_floor(world, column):
    with world.home.database.write() as tx, pytest.raises(Exception, match="CHECK"):
        tx.run(f"UPDATE wave SET {column} = 5 WHERE tenant = :tenant")


def test_no_command_offers_to_change_a_level():
    said = "".join(CliRunner().invoke(main, [command, "--help"]).output for command in COMMANDS)
    assert not re.search(r"--level|--set-level|programme (edit|change|update)", said)
