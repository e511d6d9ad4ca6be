"""Survey homes in a folder, made by the real actions: programme, keys, a wave and its letters.

world = homes.build(tmp_path, letters=40)       # wave w1 is open, forty people are invited
world.code()                                    # a code nobody has used
world.plan("w2", 2)                             # one more wave
world.closed("w3", 3, letters=40, answered=30)  # and one that is over
"""

import shutil
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from survey import settings as settings_file
from survey.actions import exchange, programmes
from survey.engine import migrate
from survey.form.load import Published
from survey.home import HOUSE_KEYS, MIGRATIONS, Home, open_database
from survey.linkage import keys
from survey.model.programmes import Programme
from survey.settings import Settings
from tests.world import connectors
from tests.world.programmes import BARRIERS, NOW, PROGRAMME
from tests.world.waves import WAVE
from tests.world.world import BASE, World

FILE = "survey.db"


def build(
    folder: Path,
    *,
    published: Published | None = None,
    programme: Programme = PROGRAMME,
    base_url: str = BASE,
    letters: int = 60,
    units: Mapping[str, str] = connectors.TEAM,
    days: tuple[int, int] = (-1, 30),
    opened: bool = True,
    database: str = FILE,
    at: datetime = NOW,
) -> World:
    """A home with one wave; `days` are its first and last, counted from `at`."""
    world = bare(folder, programme=programme, base_url=base_url, database=database, at=at)
    programmes.confirm_keys(world.database, programme.programme_id, actor="test", at=at)
    first, last = ((at + timedelta(days=day)).date() for day in days)
    world.plan(WAVE, 1, published, opens_on=first, closes_on=last)
    world.invite(WAVE, letters, units=units)
    if opened:
        world.open(WAVE)
    return world


def bare(
    folder: Path,
    *,
    programme: Programme = PROGRAMME,
    base_url: str = BASE,
    database: str = FILE,
    connector: str = "haus",
    at: datetime = NOW,
) -> World:
    """A home with a programme whose keys nobody has confirmed, and a connector that it trusts."""
    settings = Settings(
        tenant="musterstadt",
        name="Jobcenter Musterstadt",
        base_url=base_url,
        help_name="Beratungsstelle Musterhaus",
        help_phone="0800 000 00 00",
        barrier_address=BARRIERS,
        enforcement_body="Schlichtungsstelle Musterland, Musterweg 2, 12345 Musterstadt",
        database=database,
        demo=True,
    )
    settings_file.write(folder, settings)
    keys.create(folder / settings.evaluator_keys / HOUSE_KEYS, keys.EVALUATOR_HOUSE)
    keys.create(folder / settings.server_keys / HOUSE_KEYS, keys.SERVER_HOUSE)
    opened = open_database(folder, settings)
    migrate.migrate(opened, MIGRATIONS)
    home = Home(directory=folder, settings=settings, database=opened)
    programmes.create(
        opened,
        programme,
        server_keys=home.server_keys,
        evaluator_keys=home.evaluator_keys,
        barrier_address=BARRIERS,
        actor="test",
        at=at,
    )
    trusted = connectors.made(folder / "connector", connector)
    exchange.trust(opened, trusted.trusted, actor="test", at=at)
    return World(home=home, programme=programme, connector=trusted, at=at, codes={}, staff={})


def copied(world: World, folder: Path) -> World:
    """The same world at another place; the database of the first, a file, must be closed."""
    shutil.copytree(world.home.directory, folder, dirs_exist_ok=True)
    opened = open_database(folder, world.home.settings)
    return World(
        home=Home(directory=folder, settings=world.home.settings, database=opened),
        programme=world.programme,
        connector=replace(world.connector, directory=folder / "connector"),
        at=world.at,
        codes={wave_id: list(codes) for wave_id, codes in world.codes.items()},
        staff=dict(world.staff),
    )
