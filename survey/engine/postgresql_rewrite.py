"""Takes the order of writing out of PostgreSQL's tables.

A row's place (ctid) and its transaction (xmin) tell who came after whom, and long values lie in a
side table under numbers handed out in turn. CLUSTER alone puts rows in order but keeps xmin and
these numbers; so all rows are deleted and put back in the order of their keys by one statement,
which gives all of them one xmin and new numbers, and then CLUSTER lays them down in that order and
frees what they were before. Readers that began earlier still see every row: neither step empties
a table as TRUNCATE would.
"""

import psycopg
from msgspec import Struct
from psycopg import sql

# Tables that no other points at: all that recipients leave, and most of what staff do. Those that
# are pointed at (programmes, waves, forms, units, accounts) have days of their own anyway.
TABLES = """
SELECT c.relname AS name, k.relname AS index,
       (SELECT array_agg(a.attname ORDER BY array_position(i.indkey::int2[], a.attnum))
        FROM pg_attribute AS a
        WHERE a.attrelid = c.oid AND a.attnum = ANY (i.indkey::int2[])) AS columns
FROM pg_class AS c
JOIN pg_index AS i ON i.indrelid = c.oid AND i.indisprimary
JOIN pg_class AS k ON k.oid = i.indexrelid
WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
  AND NOT EXISTS (SELECT 1 FROM pg_constraint AS f WHERE f.contype = 'f' AND f.confrelid = c.oid)
ORDER BY c.relname
"""


class Table(Struct, frozen=True, kw_only=True):
    """A table with its primary key: name of the index, its columns in order."""

    name: str
    index: str
    columns: list[str]


def tables(connection: psycopg.Connection) -> list[Table]:
    """Every table that can be rewritten."""
    rows = connection.execute(TABLES).fetchall()
    return [Table(name=name, index=index, columns=columns) for name, index, columns in rows]


def rewrite(connection: psycopg.Connection, table: Table) -> None:
    """Give every row of the table a new place and transaction; writers wait, readers do not."""
    name = sql.Identifier(table.name)
    order = sql.SQL(", ").join(sql.Identifier(column) for column in table.columns)
    again = sql.SQL(
        "WITH gone AS (DELETE FROM {name} RETURNING *) "
        "INSERT INTO {name} SELECT * FROM gone ORDER BY {order}"
    )
    with connection.transaction():
        connection.execute(sql.SQL("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE").format(name))
        connection.execute(again.format(name=name, order=order))
    connection.execute(sql.SQL("CLUSTER {} USING {}").format(name, sql.Identifier(table.index)))


def vacuum(connection: psycopg.Connection, *, within: int = 0) -> None:
    """Clear away what rows were before; `within` milliseconds if that is not 0."""
    known = tables(connection)
    if not known:
        return
    names = sql.SQL(", ").join(sql.Identifier(table.name) for table in known)
    connection.execute(sql.SQL("SET statement_timeout = {}").format(sql.Literal(within)))
    try:
        connection.execute(
            sql.SQL("VACUUM (SKIP_LOCKED, TRUNCATE FALSE, ANALYZE) {}").format(names)
        )
    finally:
        connection.execute("RESET statement_timeout")
