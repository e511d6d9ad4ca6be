"""`survey erase`: what a code deletes, for somebody who stands at the counter without a browser."""

import sys
import time
from pathlib import Path

import click

from survey.actions import erasure
from survey.command import YES, agree
from survey.errors import Refused
from survey.home import Home
from survey.linkage import codes
from survey.wrong_codes import USUAL

SAID = "If there were answers with this code, they are deleted now."


@click.command()
@YES
@click.pass_obj
def erase(directory: Path, yes: bool) -> None:
    """Delete everything that was answered with a code: answers, texts, drafts, releases.

    For a person who has her letter with her and no device. She types the code herself; it is read
    from standard input, shown nowhere and kept nowhere. The reply is the same whether there was
    anything, so nobody learns here whether she took part. Nothing is written into the audit.
    """
    home = Home.enter(directory)
    services = home.services()
    # Asked before the code is typed, and of everybody: it must not tell what is there.
    agree("What a code has answered cannot be brought back. Go on to the code?", yes=yes)
    typed = click.prompt("Code", hide_input=True) if sys.stdin.isatty() else sys.stdin.readline()
    code = codes.read(typed)
    if code is None:
        raise Refused(reason="that is no code: a letter is missing or mistyped", cure="try again")
    began = time.monotonic()
    erasure.erase(services, codes.digest(code))
    # What it took would tell whether there was something.
    time.sleep(max(0.0, USUAL - (time.monotonic() - began)))
    click.echo(SAID)
