"""What both command lines share: commands that load late, and errors that a person can act on.

Importing a command's module only when it is called keeps `--help` fast and the web process free of
what only reports need.
"""

import errno
import importlib
import sys
from collections.abc import Mapping
from typing import Any

import click
from msgspec import Struct

from survey.errors import ResonanzError, SystemStopped


class Asking(Struct, frozen=True, kw_only=True):
    """How a command line asks before what cannot be undone; `agreed` are the answers that count."""

    choice: str
    agreed: tuple[str, ...]
    unasked: str
    refused: str


ENGLISH = Asking(
    choice="[y/N]",
    agreed=("y", "yes"),
    unasked="Nobody can be asked here: this is no terminal. If a person has decided so, repeat the "
    "command with {option}. Nothing was changed.",
    refused="Not agreed: nothing was changed.",
)


# Belongs on every command that cannot be undone; those that nothing is lost by have none.
YES = click.option("--yes", is_flag=True, help="Do not ask; without a terminal nothing is done.")


def agree(question: str, *, yes: bool, asking: Asking = ENGLISH) -> None:
    """Go on with what cannot be undone only on a person's word: here at the terminal, or `yes`.

    Call it after naming everything that is touched, and before anything is.

    Raises:
        click.ClickException: nobody agreed, or there is no terminal to ask at
    """
    if yes:
        return
    if _typed(question, f" {asking.choice}", "--yes", asking).casefold() not in asking.agreed:
        raise click.ClickException(asking.refused)


def agree_by_name(name: str, question: str, *, option: str, asking: Asking = ENGLISH) -> None:
    """The same for what destroys most: the name must be typed; `option` is what says it elsewhere.

    Raises:
        click.ClickException: another name was typed, or there is no terminal to type it at
    """
    if _typed(question, "", f"{option} {name}", asking) != name:
        raise click.ClickException(asking.refused)


def _typed(question: str, choice: str, option: str, asking: Asking) -> str:
    if not sys.stdin.isatty():
        raise click.ClickException(f"{question}\n{asking.unasked.format(option=option)}")
    try:
        # To standard error: what the command writes may go elsewhere.
        typed = click.prompt(question + choice, default="", show_default=False, err=True)
    except click.Abort as error:
        raise click.ClickException(asking.refused) from error
    return str(typed).strip()


class LazyGroup(click.Group):
    """A group whose commands are named by "module:attribute" and imported on first use."""

    def __init__(self, *args: Any, lazy: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lazy = dict(lazy or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order in which a house needs them."""
        return [*self._lazy, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command, None when there is none of this name."""
        if cmd_name not in self._lazy:
            return super().get_command(ctx, cmd_name)
        module, attribute = self._lazy[cmd_name].split(":")
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)  # noqa: S101 - a wrong table in main.py
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run; what stops the work becomes a message on standard error and exit status 1."""
        try:
            return super().invoke(ctx)
        except ResonanzError as error:
            raise Stopped(error) from error
        except OSError as error:
            if error.errno == errno.EPIPE:  # somebody's `| head`; click ends quietly
                raise
            raise Stopped(system_stopped(error)) from error


def system_stopped(error: OSError) -> SystemStopped:
    """What the operating system refused, with the file where it names one."""
    reason = error.strerror or type(error).__name__
    return SystemStopped(**({"file": error.filename} if error.filename else {}), reason=reason)


class Stopped(click.ClickException):
    """An error of ours, as lines that say what is wrong, where, and what to do."""

    def __init__(self, error: ResonanzError) -> None:
        facts = [f"  {name}: {value}" for name, value in error.facts.items()]
        said = (error.__doc__ or "").splitlines()[0]
        super().__init__("\n".join([f"{error.message}: {said}", *facts]))
