"""Backup, restore and end where the database is a server's: its own tools, and our replay."""

import shlex
import subprocess

import pytest
from click.testing import CliRunner
from msgspec import Struct

from survey import clock
from survey.actions import drafts, erasure, house, programme_end, responses, wave_close
from survey.cli.main import main
from survey.linkage import codes
from survey.model.answers import Chosen
from survey.store import programme_end as tables
from tests import databases
from tests.web import houses

ID = houses.PROGRAMME.programme_id


class Count(Struct, frozen=True):
    number: int


@pytest.fixture
def street(tmp_path):
    street = houses.build(tmp_path / "home", database=databases.place("postgresql"))
    yield street
    street.here.database.close()


def answer(street):
    desk, code = house.desk(street.here), street.code()
    entered = drafts.enter(desk, codes.digest(code), before=None, language="de")
    drafts.keep(desk, entered.session, "w1", Chosen(codes=("1",)), language="de")
    assert responses.submit(desk, entered.session) == "sent"
    return code


def rows(street, table, where="TRUE"):
    with street.here.database.read() as tx:
        found = tx.one(
            f"SELECT count(*) AS number FROM {table} WHERE tenant = :tenant AND {where}",
            into=Count,
        )
    return found.number


def run(street, *words, status=0):
    done = CliRunner().invoke(main, ["--home", str(street.here.home), *words])
    assert done.exit_code == status, done.output
    return done.output


def cure(said):
    """The command an error tells to run."""
    [line] = [line for line in said.splitlines() if line.strip().startswith("cure:")]
    return line.partition("cure:")[2].strip()


def test_the_commands_we_tell_bring_back_answers_and_nothing_that_was_deleted(street, tmp_path):
    mine = answer(street)
    answer(street)
    drafts.enter(house.desk(street.here), codes.digest(street.code()), before=None, language="de")
    file = tmp_path / "backup.dump"
    told = cure(run(street, "backup", str(file), status=1))
    assert "pg_dump" in told
    subprocess.run(shlex.split(told), check=True)
    both = rows(street, "response", "length(body) > 0")
    erasure.erase(house.desk(street.here), codes.digest(mine))
    one = rows(street, "response", "length(body) > 0")
    assert one == both // 2
    street.here.database.close()
    told = cure(run(street, "restore", str(file), "--yes", status=1)).partition(",")[0]
    subprocess.run(shlex.split(told.replace("FILE", str(file))), check=True)
    assert rows(street, "response", "length(body) > 0") == both
    assert rows(street, "draft") == 0
    run(street, "restore", "--replay", "--yes")
    assert rows(street, "response", "length(body) > 0") == one


def test_a_programme_ends_on_a_server_as_in_a_file(street):
    answer(street)
    wave_close.close(house.desk(street.here), "w1", actor="test", at=clock.now())
    run(street, "programme", "end", ID, "--yes-destroy", ID)
    assert {table: rows(street, table) for table in tables.TABLES} == dict.fromkeys(
        tables.TABLES, 0
    )
    assert programme_end.standing(street.here, ID).mark is not None
    assert len(list((street.here.home / "protocols").glob("*.pdf"))) == 2
    with street.here.database.write() as tx:
        tx.run("UPDATE programme SET ended_on = NULL WHERE tenant = :tenant")
    run(street, "restore", "--replay", "--yes")
    with street.here.database.read() as tx:
        assert tables.ended(tx) == [ID]
