import pytest

from tests.privacy import season as seasons
from tests.world import jobcenter

FIGURES = pytest.StashKey[list[str]]()


def pytest_terminal_summary(terminalreporter, config):
    """Hit rates and the adversary matrix, for everybody who runs the tests."""
    said = config.stash.get(FIGURES, [])
    if said:
        terminalreporter.section("attacks and what they learned")
        terminalreporter.write_line("\n".join(said))


@pytest.fixture(scope="session")
def figures(request):
    """Lines to be shown at the end of the run."""
    return request.config.stash.setdefault(FIGURES, [])


@pytest.fixture(scope="session")
def season(tmp_path_factory):
    """A wave with 600 invited people, lived through once for all tests that only look."""
    folder = tmp_path_factory.mktemp("season")
    yield seasons.live(folder, count=600, share=0.6, steps=60)
    seasons.forget([folder])


@pytest.fixture(scope="session")
def showing(tmp_path_factory):
    """A wave with 400 invited people in which four in ten show something."""
    folder = tmp_path_factory.mktemp("showing")
    yield seasons.live(folder, count=400, share=0.6, steps=40, seed=31, level="released")
    seasons.forget([folder])


@pytest.fixture(scope="session")
def opened(tmp_path_factory):
    """A world whose wave is open and which nobody has entered: copy it before changing it."""
    folder = tmp_path_factory.mktemp("opened")
    yield jobcenter.build(folder / "world", count=320, seed=11)
    seasons.forget([folder])


@pytest.fixture
def world(opened, tmp_path):
    """An open wave of one's own."""
    return jobcenter.again(opened, tmp_path / "world")
