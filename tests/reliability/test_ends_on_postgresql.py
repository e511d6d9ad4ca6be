"""Backup, restore and end where the database is a server's: its own tools, and our replay."""

import shlex
import subprocess

import pytest
from click.testing import CliRunner
from msgspec import Struct

from survey import clock
from survey.actions import drafts, erasure, programme_end, responses, wave_close
from survey.cli.main import main
from survey.linkage import codes
from survey.model.answers import Chosen
from survey.store import programme_end as tables
from tests import databases
from tests.world import homes
from tests.world.programmes import PROGRAMME

ID = PROGRAMME.programme_id


class Count(Struct, frozen=True):
    number: int


@pytest.fixture
def world(tmp_path):
    world = homes.build(tmp_path / "home", database=databases.place("postgresql"))
    yield world
    world.database.close()


def answer(world):
    services, code = world.home.services(), world.code()
    entered = drafts.enter(services, codes.digest(code), before=None, language="de")
    drafts.keep(services, entered.session, "w1", Chosen(codes=("1",)), language="de")
    assert responses.submit(services, entered.session) == "sent"
    return code


def rows(world, table, where="TRUE"):
    with world.database.read() as tx:
        found = tx.one(
            f"SELECT count(*) AS number FROM {table} WHERE tenant = :tenant AND {where}",
            into=Count,
        )
    return found.number


def run(world, *words, status=0):
    done = CliRunner().invoke(main, ["--home", str(world.home.directory), *words])
    assert done.exit_code == status, done.output
    return done.output


def cure(said):
    """The command an error tells to run."""
    [line] = [line for line in said.splitlines() if line.strip().startswith("cure:")]
    return line.partition("cure:")[2].strip()


def test_the_commands_we_tell_bring_back_answers_and_nothing_that_was_deleted(world, tmp_path):
    mine = answer(world)
    answer(world)
    drafts.enter(world.home.services(), codes.digest(world.code()), before=None, language="de")
    file = tmp_path / "backup.dump"
    told = cure(run(world, "backup", str(file), status=1))
    assert "pg_dump" in told
    subprocess.run(shlex.split(told), check=True)
    both = rows(world, "response", "length(body) > 0")
    erasure.erase(world.home.services(), codes.digest(mine))
    one = rows(world, "response", "length(body) > 0")
    assert one == both // 2
    world.database.close()
    told = cure(run(world, "restore", str(file), "--yes", status=1)).partition(",")[0]
    subprocess.run(shlex.split(told.replace("FILE", str(file))), check=True)
    assert rows(world, "response", "length(body) > 0") == both
    assert rows(world, "draft") == 0
    run(world, "restore", "--replay", "--yes")
    assert rows(world, "response", "length(body) > 0") == one


def test_a_programme_ends_on_a_server_as_in_a_file(world):
    answer(world)
    wave_close.close(world.home.services(), "w1", actor="test", at=clock.now())
    run(world, "programme", "end", ID, "--yes-destroy", ID)
    assert {table: rows(world, table) for table in tables.TABLES} == dict.fromkeys(tables.TABLES, 0)
    assert programme_end.standing(world.home, ID).mark is not None
    assert len(list((world.home.directory / "protocols").glob("*.pdf"))) == 2
    with world.database.write() as tx:
        tx.run("UPDATE programme SET ended_on = NULL WHERE tenant = :tenant")
    run(world, "restore", "--replay", "--yes")
    with world.database.read() as tx:
        assert tables.ended(tx) == [ID]
