"""What both command lines share: commands that load late, and errors that a person can act on.

Importing a command's module only when it is called keeps `--help` fast and the web process free of
what only reports need.
"""

import errno
import importlib
from collections.abc import Mapping
from typing import Any

import click

from survey.errors import ResonanzError, SystemStopped


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
