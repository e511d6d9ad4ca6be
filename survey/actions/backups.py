"""Copies of the database for the day on which its disk breaks, and the list of where they lie.

Left out: keys, which never lie beside what they open; drafts, which must not outlive their wave;
sessions of staff, which a restore would open again; jobs. What lies in a copy is as sealed as in
the database itself, and what was deleted since is deleted again by a restore.
"""

from datetime import date, datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from survey import settings as settings_file
from survey.actions import audit
from survey.engine import copies
from survey.engine.sqlite import SqliteDatabase
from survey.errors import Refused
from survey.home import Home
from survey.settings import Settings
from survey.store import programmes

LEFT_OUT = ("draft", "staff_session", "job")
# Beside the server's keys: a list in the database would be as old as the backup it came from.
LIST = "backups.log"


class Backup(Struct, frozen=True, kw_only=True):
    """A copy that was written, or a database that a restore put aside."""

    file: str
    made_on: date
    programmes: tuple[str, ...]


def write(home: Home, file: Path, *, actor: str, at: datetime) -> Backup:
    """Copy the database into a new file, as it is at one moment, while others write.

    Raises:
        Refused: there is a file of this name, or a server's database is to be copied
        SettingsError: the folder is missing
    """
    database = needs_file(home, file)
    if file.exists():
        raise Refused(file=file, reason="is there already", cure="choose another name")
    with home.database.write() as tx:
        ids = tuple(programme.programme_id for programme in programmes.list_all(tx))
        audit.note(tx, actor, "backup", str(file.resolve()), at=at, programmes=ids)
    backup = Backup(file=str(file.resolve()), made_on=at.date(), programmes=ids)
    # Before the copy: a crash in between leaves a line too many, never a copy that nobody knows of.
    note(home.server_keys, backup)
    copies.write(database, file, without=LEFT_OUT)
    return backup


def note(server_keys: Path, backup: Backup) -> None:
    """Write down where a copy lies."""
    path = server_keys / LIST
    with path.open("ab") as list_file:
        list_file.write(msgspec.json.encode(backup) + b"\n")
    path.chmod(0o600)
    copies.sync(path)


def known(server_keys: Path, programme_id: str) -> list[Backup]:
    """The copies that hold rows of a programme, oldest first, whether they still exist or not."""
    path = server_keys / LIST
    if not path.exists():
        return []
    listed = [msgspec.json.decode(line, type=Backup) for line in path.read_bytes().splitlines()]
    return [backup for backup in listed if programme_id in backup.programmes]


def needs_file(home: Home, file: Path) -> SqliteDatabase:
    """The database as a file.

    Raises:
        Refused: it is a server's, which has tools of its own
    """
    if isinstance(home.database, SqliteDatabase):
        return home.database
    place = for_tools(home.settings)
    without = " ".join(f"--exclude-table-data={table}" for table in LEFT_OUT)
    raise Refused(
        database=place,
        reason="a PostgreSQL database is copied by its own tools",
        cure=f"pg_dump --format=custom {without} --file={file} '{place}'",
    )


def for_tools(settings: Settings) -> str:
    """A server's address as its tools take it; the password they ask for, or find where they do."""
    return settings_file.without_password(settings.database).replace(":...@", "@")
