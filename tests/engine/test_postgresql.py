"""The engine with a server: what only it can do wrong."""

import logging
import threading
from contextlib import suppress

import psycopg
import pytest
from msgspec import Struct

from survey import settings
from survey.engine import engines, postgresql_words
from survey.errors import DatabaseError, ResonanzError
from tests import databases
from tests.engine import pots
from tests.engine.pots import Pot

SECRET = "n0t-for-anybody"  # noqa: S105


@pytest.fixture
def place(tmp_path):
    pots.folder(tmp_path)
    return pots.place("postgresql")


@pytest.fixture
def database(place, tmp_path):
    opened = pots.opened(place, tmp_path)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("sql", "spelled"),
    [
        ("a = :a AND b = :b_2", "a = %(a)s AND b = %(b_2)s"),
        ("x::text = :a", "x::text = %(a)s"),
        (":a::bytea", "%(a)s::bytea"),
        ("':no' || ':it''s :no' || :a", "':no' || ':it''s :no' || %(a)s"),
        ('"a:b" = :a', '"a:b" = %(a)s'),
        ("-- it's :no\n:a", "-- it's :no\n%(a)s"),
        ("/* 'it :no\n*/ :a", "/* 'it :no\n*/ %(a)s"),
        ("a % 2 LIKE '5 %' AND :a", "a %% 2 LIKE '5 %%' AND %(a)s"),
        ("s[1:2] = :a", "s[1:2] = %(a)s"),
    ],
)
def test_only_names_of_values_are_translated(sql, spelled):
    assert postgresql_words.spelled(sql) == spelled


def test_tenants_do_not_wait_for_each_other(database, place, tmp_path):
    other = pots.opened(place, tmp_path, "anderswo")
    with database.write() as tx:
        tx.run("INSERT INTO pot (tenant, name, coins) VALUES (:tenant, 'amber', 1)")
        pots.put(other, "beryl", 2)
    assert pots.pots(database) == [Pot("amber", 1)]
    other.close()


def test_savers_run_beside_each_other(database):
    with database.save() as tx:
        tx.run("INSERT INTO pot (tenant, name, coins) VALUES (:tenant, 'amber', 1)")
        other = threading.Thread(target=save, args=[database, "beryl"])
        other.start()
        other.join(5)
        assert not other.is_alive()
    assert pots.pots(database) == [Pot("amber", 1), Pot("beryl", 1)]


def test_a_writer_sees_no_saver_in_its_block(database):
    with database.write() as tx:
        other = threading.Thread(target=save, args=[database, "beryl"])
        other.start()
        other.join(0.3)
        assert other.is_alive()
        assert tx.all("SELECT name, coins FROM pot", into=Pot) == []
    other.join(5)
    assert pots.pots(database) == [Pot("beryl", 1)]


def save(database, name: str) -> None:
    with database.save() as tx:
        tx.run("INSERT INTO pot (tenant, name, coins) VALUES (:tenant, :name, 1)", {"name": name})


def test_a_reader_waits_for_no_writer(database):
    pots.put(database, "amber", 1)
    seen = []
    with database.write() as tx:
        tx.run("UPDATE pot SET coins = 2 WHERE tenant = :tenant")
        reader = threading.Thread(target=lambda: seen.extend(pots.pots(database)))
        reader.start()
        reader.join(5)
    assert seen == [Pot("amber", 1)]


def test_a_commit_waits_for_the_disk_whatever_the_role_was_set_to(place, tmp_path):
    alter(place, "synchronous_commit = off")
    database = pots.opened(place, tmp_path)

    class Said(Struct):
        synchronous_commit: str

    with database.read() as tx:
        assert tx.one("SHOW synchronous_commit", into=Said) == Said("on")
    database.close()


def test_connections_that_died_are_replaced_unseen(database):
    pots.put(database, "amber", 1)
    databases.server().run(
        "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity"
        " WHERE application_name = 'resonanz'"
    )
    assert pots.pots(database) == [Pot("amber", 1)]


def test_a_failed_statement_that_somebody_swallows_is_not_taken_for_a_commit(database):
    def swallowing() -> None:
        with database.write() as tx:
            tx.run("INSERT INTO pot (tenant, name, coins) VALUES (:tenant, 'amber', 1)")
            with suppress(psycopg.Error):
                tx.run("INSERT INTO pot (tenant, name, coins) VALUES (:tenant, 'amber', 1)")

    with pytest.raises(DatabaseError):
        swallowing()
    assert pots.pots(database) == []


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://amira:{SECRET}@127.0.0.1:1/nowhere",
        f"postgresql://amira:{SECRET}/{SECRET}@127.0.0.1:1/nowhere",
        f"postgresql://amira:{SECRET}@{SECRET}@127.0.0.1:1/nowhere",
        f"postgresql://amira:{SECRET}#{SECRET}@127.0.0.1:1/nowhere",
        f"postgresql://amira@127.0.0.1:1/nowhere?password={SECRET}",
        f"postgresql://amira@127.0.0.1:1/nowhere?passwort={SECRET}",
        f"postgresql://amira:%zz{SECRET}@127.0.0.1:1/nowhere",
        f"mysql://amira:{SECRET}@127.0.0.1/nowhere",
        f"postgresql:/amira:{SECRET}@127.0.0.1/nowhere",
    ],
)
def test_no_error_and_no_log_shows_a_password(address, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    with pytest.raises(ResonanzError) as caught:
        engines.open_database(address, home=tmp_path, tenant="musterstadt")
    assert SECRET not in f"{caught.value} {caught.value.facts} {caplog.text}"
    assert caught.value.__cause__ is None
    assert SECRET not in settings.without_password(address)


def test_a_server_that_is_away_is_told_with_its_host(tmp_path):
    with pytest.raises(DatabaseError, match=r"127\.0\.0\.1.*refused"):
        engines.open_database("postgresql://amira@127.0.0.1:1/x", home=tmp_path, tenant="m")


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        ("ENCODING 'LATIN1' LOCALE 'C'", "UTF8"),
        ("ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'de' LOCALE 'C'", "sorts text"),
    ],
)
def test_a_database_that_would_sort_or_spell_otherwise_is_refused(tmp_path, made, reason):
    server = databases.server()
    name = f"odd_{next(databases.NUMBERS)}"
    server.run(f"CREATE DATABASE {name} TEMPLATE template0 {made}")
    with pytest.raises(DatabaseError, match=reason):
        engines.open_database(server.place(name), home=tmp_path, tenant="m")


@pytest.mark.parametrize(
    "setting",
    [
        "log_statement = 'all'",
        "log_min_duration_statement = 0",
        "log_parameter_max_length_on_error = -1",
    ],
)
def test_a_server_that_would_log_what_people_send_is_refused(place, tmp_path, setting):
    alter(place, setting)
    with pytest.raises(DatabaseError, match="log_parameter_max_length = 0"):
        pots.opened(place, tmp_path)


@pytest.mark.parametrize(
    "setting",
    [
        "log_statement = 'all'",
        "log_statement = 'mod'",
        "log_duration = on",
        "log_min_duration_statement = 250",
        "log_min_duration_sample = 0",
        "log_transaction_sample_rate = 0.5",
    ],
)
def test_a_server_that_would_log_when_somebody_answers_is_refused(place, tmp_path, setting):
    alter(place, "log_parameter_max_length = 0")
    alter(place, setting)
    with pytest.raises(DatabaseError, match="what people send and when"):
        pots.opened(place, tmp_path)


def test_a_log_of_statements_without_parameters_holds_no_value(place, tmp_path):
    database = pots.opened(place, tmp_path)
    database.close()
    # Somebody wants to see statements while we run; new connections log them.
    alter(place, "log_statement = 'all'")
    alter(place, "log_parameter_max_length = 0")
    pots.put(database, "geheimes-wort", 1)
    database.close()
    text = (databases.server().folder / "log").read_text("utf-8")
    logged = [line for line in text.splitlines() if "INSERT INTO pot" in line]
    assert logged
    assert "geheimes-wort" not in text


def alter(place: str, setting: str) -> None:
    """Set it for everybody who connects to this database from here on."""
    with psycopg.connect(place, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {connection.info.dbname} SET {setting}")
