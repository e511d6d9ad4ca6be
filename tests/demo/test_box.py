"""What stands in the frame at the end of the demo."""

from datetime import date
from pathlib import Path

import pytest

from survey.demo import commands, demo
from survey.demo.foundation import STAFF
from survey.demo.homes import SECOND, Place
from survey.demo.letters_reader import Letter
from survey.demo.world import World


def test_it_says_that_the_demo_does_in_minutes_what_takes_weeks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = Place(home=tmp_path, port=8000)
    world = World(
        place=place,
        server=commands.survey_server(place),
        cases=commands.cases_server(place),
        today=date(2026, 11, 30),
        letters={SECOND: [Letter(name="Amira", street="Weg 1", code="0000-0000-0000")]},
        passwords=dict.fromkeys((*STAFF, "bernd", "clara", "frieda-jc"), "geheim"),
    )
    demo.invite(world)
    told = " ".join(line.strip("│ ") for line in capsys.readouterr().out.splitlines())
    assert "in minutes what takes weeks in a real house" in told
    assert "only after the last day for deleting them" in told
    assert "only from the Monday that the person was told" in told
