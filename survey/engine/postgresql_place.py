"""Where a PostgreSQL is, and whether it is set up so that what people are told stays true."""

import re

import psycopg
from msgspec import Struct
from psycopg.conninfo import conninfo_to_dict

from survey.errors import DatabaseError

# A commit is on disk before it is acknowledged, whatever the role's own settings say; who waits
# half a minute for a lock is told (100,000 letters are taken in less); a process that hangs in a
# transaction does not stop the others for ever.
OPTIONS = (
    "-c synchronous_commit=on -c lock_timeout=30s -c idle_in_transaction_session_timeout=600s "
    "-c client_encoding=UTF8 -c client_min_messages=warning"
)
HOST, PORT = re.compile(r"[\w.:/%,-]*"), re.compile(r"[\d,]*")
ADDRESS = "postgresql://user:password@host:5432/name; in a password write @ as %40, / as %2F"


class Need(Struct, frozen=True):
    """A required property of the database, with its test and its cure in SQL."""

    holds: str
    reason: str
    cure: str


# In this order; the first that does not hold is told.
NEEDS = (
    Need(
        "current_setting('server_version_num')::int >= 130000",
        "it is older than PostgreSQL 13",
        "Debian 12 has 15",
    ),
    Need(
        "current_setting('server_encoding') = 'UTF8'",
        "its encoding is not UTF8",
        "createdb --template=template0 --encoding=UTF8 --locale=C <name>",
    ),
    # Ids and moments are text: both engines must sort them alike, and an index must not go wrong
    # when the operating system learns to sort a language in another way.
    Need(
        "'Z' < 'a' AND 'a b' < 'ab' AND 'a.' < 'a:'",
        "it sorts text by a language",
        "createdb --template=template0 --encoding=UTF8 --locale=C <name>",
    ),
    Need(
        "current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on'",
        "it acknowledges answers that a power cut would take away",
        "fsync = on and full_page_writes = on in postgresql.conf",
    ),
    Need(
        "current_setting('track_commit_timestamp') = 'off'",
        "it keeps the moment of every answer",
        "track_commit_timestamp = off in postgresql.conf",
    ),
    # Values travel apart from statements, but the server may be told to log both; a line for every
    # statement, without its values, still has the moment in which somebody answered.
    Need(
        "current_setting('log_parameter_max_length_on_error') = '0'"
        " AND current_setting('log_statement') IN ('none', 'ddl')"
        " AND current_setting('log_duration') = 'off'"
        " AND current_setting('log_min_duration_statement') = '-1'"
        " AND current_setting('log_min_duration_sample') = '-1'"
        " AND current_setting('log_transaction_sample_rate') = '0'",
        "its log would hold what people send and when",
        "log_statement = none, log_duration = off, log_min_duration_statement = -1, "
        "log_min_duration_sample = -1, log_transaction_sample_rate = 0, "
        "log_parameter_max_length = 0 and log_parameter_max_length_on_error = 0",
    ),
)


def parts(place: str) -> dict[str, str]:
    """Connection parameters of a PostgreSQL address.

    Raises:
        DatabaseError: not an address; its text is not repeated, because a password may be in it
    """
    try:
        parameters = {name: str(value) for name, value in conninfo_to_dict(place).items()}
    except psycopg.ProgrammingError:
        parameters = {"port": "wrong"}
    # What libpq does not understand it quotes in its errors: nothing of a password may get there.
    if not (
        HOST.fullmatch(parameters.get("host", "")) and PORT.fullmatch(parameters.get("port", ""))
    ):
        raise DatabaseError(
            setting="database", reason="is no address of a PostgreSQL", cure=ADDRESS
        ) from None
    options = f"{parameters.get('options', '')} {OPTIONS}".strip()
    return {
        "connect_timeout": "5",
        "application_name": "resonanz",
        **parameters,
        "options": options,
    }


def check(known: dict[str, str]) -> None:
    """Connect once and look.

    Raises:
        DatabaseError: cannot be reached, or one of NEEDS does not hold
    """
    facts = {"host": known.get("host", "local"), "database": known.get("dbname", "")}
    try:
        with psycopg.connect(**known) as connection:  # type: ignore[arg-type]
            lacking = next((need for need in NEEDS if not _holds(connection, need)), None)
    except psycopg.OperationalError as error:
        # Before there is a session, the words are about host, user and database only.
        raise DatabaseError(**facts, reason=" ".join(str(error).split())) from None
    if lacking:
        raise DatabaseError(**facts, reason=lacking.reason, cure=lacking.cure)


def _holds(connection: psycopg.Connection, need: Need) -> bool:
    row = connection.execute(f"SELECT {need.holds}").fetchone()
    return row is not None and bool(row[0])
