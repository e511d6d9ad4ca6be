"""Programs that tests need beside Python; a run that lacks one of them does not count as passed.

    tools.need("browser")     # in a fixture or a test, before the program is used

A test whose program is missing is not run, and the whole run then ends with a word and a status
that say so. Who wants that leaves them out openly: `make test WITHOUT=browser`.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Literal, TypeAlias

import pytest

Tool: TypeAlias = Literal["browser", "java", "node", "poppler", "postgresql"]

OLDEST_NODE = (18, 19)
_NOT_RUN = re.compile(r"not run without (\w+)")
# Set once, from the command line: `--without`.
_left_out: set[str] = set()


def browser() -> str | None:
    """Where the browser is; CHROMIUM left empty counts as not given."""
    given = os.environ.get("CHROMIUM", "")
    return shutil.which(given) if given else shutil.which("chromium")


def java() -> str | None:
    """Where Java is; JAVA names another than the first."""
    return shutil.which(os.environ.get("JAVA", "java"))


def node() -> str | None:
    """Where Node.js is, if it is new enough for html-validate."""
    path = shutil.which("node")
    if path is None:
        return None
    version = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
    numbers = tuple(int(number) for number in re.findall(r"\d+", version)[:2])
    return path if numbers >= OLDEST_NODE else None


def poppler() -> str | None:
    """Where poppler's reader of PDF texts is."""
    return shutil.which("pdftotext")


def postgresql() -> str | None:
    """The newest PostgreSQL server of this system."""
    servers = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3])
    )
    return str(servers[-1]) if servers else shutil.which("postgres")


WHERE: Mapping[Tool, Callable[[], str | None]] = {
    "browser": browser,
    "java": java,
    "node": node,
    "poppler": poppler,
    "postgresql": postgresql,
}
CURES: Mapping[Tool, str] = {
    "browser": (
        "no Chromium here: .ci/setup test installs it on Debian; elsewhere (on Ubuntu it is a "
        "snap) install any Chromium and give its path: make test CHROMIUM=/path/to/chromium"
    ),
    "java": "no Java here: .ci/setup test installs it (package default-jre-headless)",
    "node": "no Node.js 18.19 or newer here, which html-validate needs",
    "poppler": "no pdftotext here: .ci/setup test installs it (package poppler-utils)",
    "postgresql": "no PostgreSQL here: .ci/setup test installs it (package postgresql)",
}


def leave_out(names: Collection[str]) -> None:
    """Treat these programs as missing, by wish of whoever started the run."""
    _left_out.update(names)


def need(tool: Tool) -> str:
    """The path of a program, or the end of this test: it cannot be run here."""
    found = None if tool in _left_out else WHERE[tool]()
    if found is None:
        pytest.skip(f"not run without {tool}")
    return found


def lacking(reason: str) -> str | None:
    """The program for want of which a test was skipped, if that is the reason."""
    found = _NOT_RUN.search(reason)
    return found[1] if found else None
