"""A whole house in a folder and a real server in front of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from survey.form.load import Published
from survey.model.programmes import Programme
from tests.load import servers
from tests.web import houses
from tests.web.houses import Street


class Served(Struct, frozen=True):
    """A house, codes nobody used, and where it answers."""

    street: Street
    origin: str

    def code(self) -> str:
        """A code nobody has used."""
        return self.street.code()

    @property
    def questions(self) -> tuple[str, ...]:
        """The ids of the questions people get, in order."""
        return tuple(each.id for each in self.published.form.questions)

    @property
    def published(self) -> Published:
        """The default form, as `houses.build` publishes it."""
        return houses.satisfaction()


@contextmanager
def serving(
    folder: Path,
    *,
    published: Published | None = None,
    programme: Programme = houses.PROGRAMME,
    letters: int = 60,
    opened: bool = True,
    database: str = "survey.db",
    workers: int = 1,
) -> Iterator[Served]:
    """`survey serve` on a free port of the loopback, stopped at the end."""
    port = servers.free_port()
    origin = f"http://127.0.0.1:{port}"
    street = houses.build(
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
        yield Served(street, origin)
