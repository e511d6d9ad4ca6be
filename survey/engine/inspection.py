"""A database file through sqlite-utils, for operators and tests.

Not in `survey.engine.sqlite`: sqlite-utils loads pandas where that is installed, which costs every
command two seconds and the web process 60 MB.
"""

import sqlite_utils

from survey.engine.sqlite import SqliteDatabase


def inspect(database: SqliteDatabase) -> sqlite_utils.Database:
    """The tables of this file; not for hot paths."""
    return sqlite_utils.Database(database.path)
