"""What differs between our portable SQL and PostgreSQL: names of values, days, numbers, errors."""

import re
from datetime import date, datetime
from functools import lru_cache

import psycopg
from psycopg import errors
from psycopg.adapt import AdaptersMap, Buffer, Dumper, Loader

from survey.engine.database import iso
from survey.errors import DatabaseError, DatabaseFull, RuleBroken

# What is no name of a value: text, quoted names, comments, casts; and a percent sign anywhere.
PIECE = re.compile(
    r"""'(?:[^']|'')*' | "(?:[^"]|"")*" | --[^\n]* | /\*.*?\*/ | ::\w+ | :([a-z_]\w*) | %""",
    re.VERBOSE | re.DOTALL,
)


class Iso(Dumper):
    """Days and moments as ISO text of no declared type, as SQLite keeps them."""

    def dump(self, obj: date) -> Buffer:
        """The text of a day or moment."""
        return iso(obj).encode("ascii")


class Number(Loader):
    """What sums and means give is a whole number or a float, as on SQLite, never a Decimal."""

    def load(self, data: Buffer) -> int | float:
        """PostgreSQL's `numeric` as int or float."""
        text = bytes(data).decode("ascii")
        return int(text) if text.lstrip("-").isdigit() else float(text)


ADAPTERS = AdaptersMap(psycopg.adapters)
ADAPTERS.register_dumper(date, Iso)
ADAPTERS.register_dumper(datetime, Iso)
ADAPTERS.register_loader("numeric", Number)


@lru_cache(maxsize=1024)
def spelled(sql: str) -> str:
    """The statement with `:name` as psycopg wants it."""

    def piece(match: re.Match[str]) -> str:
        return f"%({match[1]})s" if match[1] else match[0].replace("%", "%%")

    return PIECE.sub(piece, sql)


def told(error: psycopg.Error) -> DatabaseError:
    """A driver's error as ours, without the server's message where it may quote a row."""
    if isinstance(error, errors.DiskFull):
        return DatabaseFull()
    facts = {"table": error.diag.table_name, "rule": error.diag.constraint_name}
    known = {name: value for name, value in facts.items() if value}
    if isinstance(error, psycopg.IntegrityError):
        return RuleBroken(reason=type(error).__name__, **known)
    # Class 42: a wrong statement or a missing right; names tables and columns only.
    wrong = error.diag.message_primary if (error.sqlstate or "").startswith("42") else None
    return DatabaseError(reason=wrong or type(error).__name__, **known)
