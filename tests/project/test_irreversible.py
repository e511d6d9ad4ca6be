"""Every command either asks before it does what cannot be undone, or says here why it need not."""

from collections.abc import Iterator

import click
import pytest

from connector.cli.main import main as connector
from survey.cli.main import main as survey

ASKING = {
    "survey keys confirm",
    "survey keys trust",
    "survey migrate",
    "survey programme end",
    "survey wave open",
    "survey wave close",
    "survey wave prolong",
    "survey wave withdraw",
    "survey wave withdraw-form",
    "survey kiosk revoke",
    "survey report satisfaction",
    "survey erase",
    "survey restore",
    "connector invite",
    "connector letters",
    "connector pull",
    "connector recall",
    "connector account disable",
}
# What each leaves as it was, or how it is undone.
HARMLESS = {
    "survey init": "writes into an empty place",
    "survey inspect": "opens the file for reading only",
    "survey settings": "shows",
    "survey keys show": "shows",
    "survey keys fingerprint": "shows",
    "survey account add": "undone by disable",
    "survey account list": "shows",
    "survey account password": "another one can be given",
    "survey account roles": "others can be given",
    "survey account disable": "undone by --undo",
    "survey serve": "does what pages and calendar ask for",
    "survey worker": "does what pages and calendar ask for",
    "survey programme example": "shows",
    "survey programme create": "undone by programme end",
    "survey programme list": "shows",
    "survey wave create": "a wave nobody was invited to harms nobody",
    "survey wave correct": "can be corrected again until somebody is invited",
    "survey wave rename": "another title can be given",
    "survey wave list": "shows",
    "survey kiosk add": "undone by kiosk revoke",
    "survey kiosk list": "shows",
    "survey release deliver": "what the worker does on that day",
    "survey backup": "writes a new file",
    "survey demo": "invented people, in folders that bear the demo's mark",
    "connector init": "writes into an empty place",
    "connector inspect": "opens the file for reading only",
    "connector settings": "shows",
    "connector keys": "makes what is missing",
    "connector import": "another import puts it right",
    "connector push": "sends what somebody agreed to",
    "connector account add": "undone by disable",
    "connector account list": "shows",
    "connector account password": "another one can be given",
    "connector serve": "shows",
}


def commands(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield name, command
        return
    context = click.Context(command)
    for each in command.list_commands(context):
        found = command.get_command(context, each)
        assert found is not None
        yield from commands(f"{name} {each}", found)


ALL = dict([*commands("survey", survey), *commands("connector", connector)])


def test_every_command_is_one_or_the_other():
    assert ASKING & HARMLESS.keys() == set()
    assert ASKING | HARMLESS.keys() == set(ALL)


@pytest.mark.parametrize("name", sorted(ALL))
def test_who_asks_can_be_told_not_to_and_nobody_else(name: str):
    options = {option for parameter in ALL[name].params for option in parameter.opts}
    assert bool(options & {"--yes", "--yes-destroy"}) == (name in ASKING)
