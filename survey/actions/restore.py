"""Putting a backup in the place of the database, without bringing back what people took away.

Everything is prepared in a file beside the database: migrated, deletions done again, ended
programmes ended again, what was published since kept. Then one rename puts it in place. Broken off
or refused before, the home is as it was.
"""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from survey.actions import audit, backups, erasure, programme_end
from survey.actions.backups import Backup
from survey.engine import copies, engines, migrate, sqlite
from survey.engine.database import Database, Transaction
from survey.errors import DatabaseError, Refused
from survey.home import MIGRATIONS
from survey.model.waves import State
from survey.settings import Settings
from survey.store import free_texts, programmes, releases, responses, waves
from survey.store import restore as stored_restore

PREPARED = ".restoring"


class Restored(Struct, frozen=True, kw_only=True):
    """What a restore did; `carried` if what was published since the backup could be kept."""

    aside: Path | None
    migrated: tuple[str, ...]
    carried: bool
    open_waves: tuple[str, ...]
    programmes: tuple[str, ...]


class Turned(Struct, frozen=True, kw_only=True):
    """A wave that stands in another state after a restore; None where it is not known."""

    wave_id: str
    now: State | None
    then: State | None


class _Ready(Struct, frozen=True, kw_only=True):
    migrated: tuple[str, ...]
    open_waves: tuple[str, ...]
    programmes: tuple[str, ...]


def restore(
    home: Path,
    settings: Settings,
    file: Path,
    *,
    actor: str,
    at: datetime,
    progress: Callable[[str], None],
    agreed: Callable[[list[Turned]], None],
) -> Restored:
    """Put the backup in place; the database that was there is kept beside it.

    Args:
        progress: called with a message at each step
        agreed: called with the waves that change; if it raises, the home stays as it is
    Raises:
        Refused: it is another tenant's, or the database of this home is a server's
        DatabaseError: the file is no whole database of ours, or the present one is in use
        DatabaseNewer: the backup, or the present database, was written by a newer programme
    """
    current = _place(home, settings)
    keys = home / settings.server_keys
    prepared = current.with_name(current.name + PREPARED)
    progress("reading the backup through")
    copies.refuse_damaged(file)
    with copies.alone(current):
        pass
    _clear(prepared)
    try:
        progress("bringing a copy of it up to date")
        _copy(file, prepared)
        ran = _migrate(prepared, file, settings)
        carried = _carry(prepared, current, settings)
        progress("deleting again what people have deleted since")
        ready = _finish(prepared, keys, settings, ran, actor=actor, at=at)
        agreed(_turned(current if carried else None, prepared, settings))
        aside = _aside(current, keys, ready, at)
        with copies.alone(current):
            copies.swap(current, prepared, aside)
    finally:
        _clear(prepared)
    return Restored(
        aside=aside,
        migrated=ready.migrated,
        carried=carried,
        open_waves=ready.open_waves,
        programmes=ready.programmes,
    )


def replay(database: Database, server_keys: Path) -> None:
    """Do again what the logs beside the keys say: erasures by code, ends of programmes."""
    for log in sorted(server_keys.glob(f"*/{erasure.LOG}")):
        handles = _handles(log)
        with database.write() as tx:
            for handle in handles:
                responses.erase(tx, handle)
                free_texts.erase(tx, handle)
                releases.erase(tx, handle)
    with database.write() as tx:
        for programme in programmes.list_all(tx):
            mark = programme_end.marked(server_keys / programme.programme_id)
            if mark is not None:
                programme_end.purge(tx, programme.programme_id, mark)


def _place(home: Path, settings: Settings) -> Path:
    if engines.is_file(settings.database):
        return home / settings.database
    place = backups.for_tools(settings)
    raise Refused(
        database=place,
        reason="a PostgreSQL database is restored by its own tools",
        cure=f"pg_restore --clean --if-exists --dbname='{place}' FILE, then survey migrate, then "
        "survey restore --replay, and only then survey serve",
    )


def _copy(file: Path, prepared: Path) -> None:
    with file.open("rb") as source, prepared.open("xb") as target:
        prepared.chmod(0o600)
        shutil.copyfileobj(source, target)


def _migrate(prepared: Path, file: Path, settings: Settings) -> tuple[str, ...]:
    database = sqlite.open_database(prepared, tenant=settings.tenant)
    try:
        migrate.refuse_newer(migrate.version(database), MIGRATIONS)
        tenants = migrate.tenants(database)
        if not tenants:
            raise DatabaseError(file=file, reason="is not a database of this programme")
        if tenants != [settings.tenant]:
            raise Refused(file=file, reason="belongs to another tenant", tenant=tenants[0])
        return tuple(migrate.migrate(database, MIGRATIONS))
    finally:
        database.close()


def _carry(prepared: Path, current: Path, settings: Settings) -> bool:
    """Keep what was published since; False when the present database cannot be read."""
    if not current.exists():
        return False
    try:
        copies.refuse_damaged(current)
    except DatabaseError:
        return False
    database = sqlite.open_database(current, tenant=settings.tenant)
    try:
        have = migrate.version(database)
    finally:
        database.close()
    migrate.refuse_newer(have, MIGRATIONS)
    if have < migrate.latest(MIGRATIONS):
        return False
    copies.carry(prepared, current, stored_restore.STATEMENTS, tenant=settings.tenant)
    return True


def _finish(
    prepared: Path,
    keys: Path,
    settings: Settings,
    ran: tuple[str, ...],
    *,
    actor: str,
    at: datetime,
) -> _Ready:
    database = sqlite.open_database(prepared, tenant=settings.tenant)
    try:
        replay(database, keys)
        with database.write() as tx:
            ready = _ready(tx, ran)
            audit.note(tx, actor, "restore", settings.tenant, at=at, migrated=ran)
        database.rewrite()
    finally:
        # The last connection takes the write-ahead log along.
        database.close()
    return ready


def _ready(tx: Transaction, ran: tuple[str, ...]) -> _Ready:
    return _Ready(
        migrated=ran,
        open_waves=tuple(wave.wave_id for wave in waves.list_all(tx) if wave.state == "open"),
        programmes=tuple(programme.programme_id for programme in programmes.list_all(tx)),
    )


def _turned(current: Path | None, prepared: Path, settings: Settings) -> list[Turned]:
    """Waves whose state differs; all of the backup where the present database cannot be read."""
    now = _states(current, settings) if current else {}
    then = _states(prepared, settings)
    return [
        Turned(wave_id=wave_id, now=now.get(wave_id), then=then.get(wave_id))
        for wave_id in sorted(now.keys() | then.keys())
        if now.get(wave_id) != then.get(wave_id)
    ]


def _states(file: Path, settings: Settings) -> dict[str, State]:
    database = sqlite.open_database(file, tenant=settings.tenant)
    try:
        with database.read() as tx:
            return {wave.wave_id: wave.state for wave in waves.list_all(tx)}
    finally:
        database.close()


def _aside(current: Path, keys: Path, ready: _Ready, at: datetime) -> Path | None:
    if not current.exists():
        return None
    aside = current.with_name(f"{current.name}.before-{at:%Y%m%dT%H%M%S}")
    noted = Backup(file=str(aside.resolve()), made_on=at.date(), programmes=ready.programmes)
    backups.note(keys, noted)
    return aside


def _handles(log: Path) -> list[bytes]:
    """The handles of a log; a last line that was cut short was never answered, so it goes."""
    erased = []
    for line in log.read_text("ascii", "replace").splitlines():
        try:
            erased.append(bytes.fromhex(line))
        except ValueError:
            continue
    return erased


def _clear(prepared: Path) -> None:
    for left in prepared.parent.glob(prepared.name + "*"):
        left.unlink()
