"""A whole house in a folder and a real server in front of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from survey.form.load import Published
from survey.model.programmes import Programme
from tests.load import servers
from tests.world import forms, homes
from tests.world.programmes import PROGRAMME
from tests.world.world import World


class Served(Struct, frozen=True):
    """A house, codes nobody used, and where it answers."""

    world: World
    origin: str

    def code(self) -> str:
        """A code nobody has used."""
        return self.world.code()

    @property
    def questions(self) -> tuple[str, ...]:
        """The ids of the questions people get, in order."""
        return tuple(each.id for each in self.published.form.questions)

    @property
    def published(self) -> Published:
        """The default form, as `homes.build` publishes it."""
        return forms.satisfaction()


@contextmanager
def serving(
    folder: Path,
    *,
    published: Published | None = None,
    programme: Programme = PROGRAMME,
    letters: int = 60,
    opened: bool = True,
    database: str = "survey.db",
    workers: int = 1,
) -> Iterator[Served]:
    """`survey serve` on a free port of the loopback, stopped at the end."""
    port = servers.free_port()
    origin = f"http://127.0.0.1:{port}"
    world = homes.build(
        folder,
        published=published,
        programme=programme,
        base_url=origin,
        letters=letters,
        opened=opened,
        database=database,
    )
    serve = ["serve", "--only", "public", "--port", str(port), "--workers", str(workers)]
    command = ["survey.cli.main", "--home", str(folder), *serve]
    with servers.running(command, port):
        yield Served(world, origin)
