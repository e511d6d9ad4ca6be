"""A password on a command line: made, typed twice, or the first line of standard input.

Never an argument, which other users of the machine could see.
"""

import sys

import click

from survey.linkage import passwords


def password(*, generate: bool) -> str:
    """A password that was made, or that somebody gives; it may be a weak one."""
    if generate:
        return passwords.generate()
    if sys.stdin.isatty():
        plain: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        return plain
    return sys.stdin.readline().rstrip("\r\n")
