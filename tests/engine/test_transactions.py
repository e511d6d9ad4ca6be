"""What both engines promise: whole or not at all, one writer at a time, one state for a reader."""

import threading
from datetime import UTC, date, datetime

import pytest
from msgspec import Struct

from survey.engine.database import Database
from survey.errors import DatabaseError, RuleBroken
from tests.engine import pots
from tests.engine.pots import Pot, put


class Whole(Struct, frozen=True):
    sealed: bytes | None
    lid: bool
    weight: float | None
    filled_on: date | None


class Counted(Struct, frozen=True):
    number: int
    coins: int | None
    mean: float | None


def test_a_struct_goes_in_and_comes_out(database):
    put(database, "amber", 3)
    assert pots.pots(database) == [Pot("amber", 3)]


@pytest.mark.parametrize(
    "said",
    [
        Whole(sealed=bytes(range(256)), lid=True, weight=0.1, filled_on=date(2026, 11, 2)),
        Whole(sealed=b"", lid=False, weight=None, filled_on=None),
    ],
)
def test_every_kind_of_value_comes_back_as_it_was(database, said):
    with database.write() as tx:
        tx.run(
            """
            INSERT INTO pot (tenant, name, coins, sealed, lid, weight, filled_on)
            VALUES (:tenant, 'amber', 9223372036854775807, :sealed, :lid, :weight, :filled_on)
            """,
            said,
        )
        found = tx.one("SELECT sealed, lid, weight, filled_on FROM pot", into=Whole)
    assert found == said


def test_flags_are_tested_bare_and_days_compared(database):
    put(database, "amber", 3)
    with database.write() as tx:
        changed = tx.run(
            """
            UPDATE pot SET lid = TRUE, filled_on = :on
            WHERE tenant = :tenant AND NOT lid
            """,
            {"on": date(2026, 11, 2)},
        )
        found = tx.all(
            "SELECT name, coins FROM pot WHERE tenant = :tenant AND lid AND filled_on < :day",
            {"day": date(2026, 11, 10)},
            into=Pot,
        )
    assert (changed, found) == (1, [Pot("amber", 3)])


def test_moments_sort_as_they_follow_each_other(database):
    moments = [datetime(2026, 11, 2, 8, 0, 0, number, tzinfo=UTC) for number in (0, 1, 999_999)]
    with database.write() as tx:
        for number, moment in enumerate(moments):
            tx.run(
                """
                INSERT INTO pot (tenant, name, coins, filled_on)
                VALUES (:tenant, :name, :number, :at)
                """,
                {"name": str(9 - number), "number": number, "at": moment},
            )
        found = tx.all("SELECT name, coins FROM pot ORDER BY filled_on", into=Pot)
    assert [each.coins for each in found] == [0, 1, 2]


def test_sums_counts_and_means_are_numbers(database):
    for name, coins in (("amber", 3), ("beryl", 4)):
        put(database, name, coins)
    with database.read() as tx:
        found = tx.one(
            """
            SELECT count(*) FILTER (WHERE coins > 3) AS number, sum(coins) AS coins,
                   avg(coins) AS mean
            FROM pot WHERE tenant = :tenant
            """,
            into=Counted,
        )
    assert found == Counted(1, 7, 3.5)


def test_colons_and_percent_signs_in_text_are_left_alone(database):
    put(database, "amber: 5 % :tenant", 3)
    with database.read() as tx:
        found = tx.all(
            """
            SELECT name, coins FROM pot -- a note: with 'an open quote, 5 % and :nothing
            WHERE tenant = :tenant AND name LIKE 'amber: 5 % :ten%' AND 7 % 4 = :coins
              AND CAST(coins AS TEXT) = :text
            """,
            {"coins": 3, "text": "3"},
            into=Pot,
        )
    assert found == [Pot("amber: 5 % :tenant", 3)]


def test_many_rows_give_how_many_were_new(database):
    put(database, "amber", 3)
    with database.write() as tx:
        added = tx.many(
            """
            INSERT INTO pot (tenant, name, coins) VALUES (:tenant, :name, :coins)
            ON CONFLICT (tenant, name) DO NOTHING
            """,
            (Pot(name, 1) for name in ("amber", "beryl", "coral")),
        )
    assert added == 2


def test_an_exception_undoes_the_whole_block(database):
    def broken() -> None:
        with database.write() as tx:
            tx.run("INSERT INTO pot (tenant, name, coins) VALUES (:tenant, 'amber', 1)")
            raise KeyError("the work behind it failed")

    with pytest.raises(KeyError):
        broken()
    assert pots.pots(database) == []


def test_a_broken_rule_of_the_database_undoes_the_whole_block(database):
    def two() -> None:
        put_in = "INSERT INTO pot (tenant, name, coins) VALUES (:tenant, :name, :coins)"
        with database.write() as tx:
            tx.run(put_in, Pot("amber", 1))
            tx.run(put_in, Pot("beryl", -1))

    with pytest.raises(RuleBroken):
        two()
    assert pots.pots(database) == []


def test_an_error_repeats_no_value(database):
    put(database, "geheim", 1)
    with pytest.raises(RuleBroken) as caught:
        put(database, "geheim", 4711)
    said = f"{caught.value} {caught.value.facts}"
    assert "geheim" not in said
    assert "4711" not in said


def test_another_tenant_sees_nothing(kitchen):
    put(kitchen.database, "amber", 3)
    other = pots.opened(kitchen.place, kitchen.folder, "anderswo")
    assert pots.pots(other) == []
    put(other, "amber", 7)
    assert pots.pots(kitchen.database) == [Pot("amber", 3)]
    other.close()


def test_many_threads_that_read_and_then_write_lose_no_coin(database):
    put(database, "amber", 0)

    def add() -> None:
        for _ in range(25):
            with database.write() as tx:
                pot = tx.one("SELECT name, coins FROM pot WHERE tenant = :tenant", into=Pot)
                assert pot is not None
                tx.run(
                    "UPDATE pot SET coins = :coins WHERE tenant = :tenant",
                    {"coins": pot.coins + 1},
                )

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert pots.pots(database) == [Pot("amber", 200)]


def test_what_a_writer_has_read_still_holds_when_it_ends(database):
    """Also for rows that are not there: two who both find none must not both add one."""
    added = []

    def add_if_none(name: str) -> None:
        with database.write() as tx:
            if not tx.all("SELECT name, coins FROM pot WHERE tenant = :tenant", into=Pot):
                tx.run(
                    "INSERT INTO pot (tenant, name, coins) VALUES (:tenant, :name, 1)",
                    {"name": name},
                )
                added.append(name)

    threads = [threading.Thread(target=add_if_none, args=[name]) for name in "abcdefgh"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(added) == 1


def test_a_reader_sees_one_state_from_beginning_to_end(database):
    put(database, "amber", 3)
    with database.read() as tx:
        before = tx.one("SELECT name, coins FROM pot", into=Pot)
        writer = threading.Thread(target=put, args=[database, "beryl", 1])
        writer.start()
        writer.join()
        found = tx.all("SELECT name, coins FROM pot ORDER BY name", into=Pot)
    assert found == [before]
    assert len(pots.pots(database)) == 2


def test_rows_are_handed_out_one_after_another(database):
    with database.write() as tx:
        tx.many(
            "INSERT INTO pot (tenant, name, coins) VALUES (:tenant, :name, :coins)",
            (Pot(f"{number:05}", number) for number in range(5000)),
        )
    with database.read() as tx:
        rows = tx.each("SELECT name, coins FROM pot ORDER BY name", into=Pot)
        assert next(rows) == Pot("00000", 0)
        assert tx.one("SELECT name, coins FROM pot WHERE name = '00009'", into=Pot) is not None
        assert sum(1 for _ in rows) == 4999


def test_a_database_that_was_closed_opens_again(database):
    put(database, "amber", 3)
    database.close()
    assert pots.pots(database) == [Pot("amber", 3)]


def test_forgetting_and_rewriting_lose_nothing(database):
    for number in range(50):
        put(database, f"{number:02}", number)
    before = pots.pots(database)
    database.forget()
    database.rewrite()
    assert pots.pots(database) == before


def test_a_statement_that_is_wrong_is_told(database: Database):
    with pytest.raises(DatabaseError), database.write() as tx:
        tx.run("UPDATE nowhere SET coins = 1 WHERE tenant = :tenant")
