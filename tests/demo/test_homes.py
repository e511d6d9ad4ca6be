"""The demo deletes nothing but what it made, and says what is in its way."""

import socket
from datetime import date

import pytest

from survey.demo import commands, demo, homes
from survey.demo.errors import DemoStopped
from survey.demo.homes import Lived, Place


@pytest.fixture
def place(tmp_path) -> Place:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return Place(home=tmp_path / "var", port=free.getsockname()[1])


def _lived(port: int, closes_on: date, *codes: str) -> Lived:
    return Lived(
        port=port,
        closes_on=closes_on,
        codes=codes,
        passwords={"dilan": "ein langes Kennwort"},
        signs={"bernd": "ABC"},
        token="ABCD",  # noqa: S106
    )


def test_a_home_of_somebody_else_is_never_touched(place):
    place.survey.mkdir(parents=True)
    (place.survey / "settings.toml").write_text('tenant = "real"')
    for fresh in (False, True):
        with pytest.raises(DemoStopped):
            demo.live(place, fresh=fresh)
    assert (place.survey / "settings.toml").read_text() == 'tenant = "real"'
    assert not place.own.exists()


def test_nothing_is_deleted_when_one_of_the_folders_is_not_ours(place):
    homes.begin(place)
    (place.connector / homes.MARK).unlink()
    (place.connector / "connector.db").write_text("real")
    with pytest.raises(DemoStopped, match="demo-stopped"):
        homes.clear(place)
    assert (place.survey / homes.MARK).is_file()
    assert (place.connector / "connector.db").is_file()


def test_what_the_demo_made_can_be_cleared(place):
    homes.begin(place)
    homes.clear(place)
    assert not homes.begun(place)


def test_an_unfinished_demo_is_told_with_its_cure(place):
    homes.begin(place)
    with pytest.raises(DemoStopped) as stopped:
        demo.live(place, fresh=False)
    assert "--fresh" in str(stopped.value.facts["cure"])


def test_a_demo_whose_wave_is_over_is_told(place):
    homes.begin(place)
    homes.save(place, _lived(place.port, date(2020, 1, 1), "X"))
    with pytest.raises(DemoStopped) as stopped:
        demo.live(place, fresh=False)
    assert "2020-01-01" in str(stopped.value.facts["reason"])


def test_what_was_lived_is_read_back(place):
    homes.begin(place)
    lived = _lived(8000, date(2027, 1, 31), "A", "B")
    homes.save(place, lived)
    assert homes.lived(place) == lived


def test_a_port_in_use_is_told_before_anything_is_made(place):
    with socket.create_server(("127.0.0.1", place.port)):
        with pytest.raises(DemoStopped) as stopped:
            demo.live(place, fresh=False)
        assert "in use" in str(stopped.value.facts["reason"])
    assert not place.home.exists()


def test_a_command_that_fails_is_told_with_its_own_words(place):
    with pytest.raises(DemoStopped) as stopped:
        commands.survey(place, "wave", "list")
    assert stopped.value.facts["said"]
    assert "wave list" in str(stopped.value.facts["reason"])
