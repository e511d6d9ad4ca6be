"""The PDF checkers, in an environment of their own: outloud brings parts under the AGPL.

`findings(pdf)` is what both say about a file; `python tests/checkers.py FILE...` prints it. The
environment is made from `checkers.lock` on first use, below `.tools/`.
"""

import fcntl
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
LOCK = HERE / "checkers.lock"
HOME = HERE.parent / ".tools" / "checkers"
PYTHON = HOME / "bin" / "python"
VALIDATE = """
import sys, page
for profile in ("3a", "ua1"):
    report = page.validate_pdf(sys.argv[1], profile=profile)
    for failure in report.failures:
        print(f"page-validation {profile}: {failure}")
    if not report.is_compliant and not report.failures:
        print(f"page-validation {profile}: not compliant")
"""


def prepare() -> Path:
    """The environment's Python; made, or brought to the lock file, where needed.

    Tests run in several processes: the first one makes it, the others wait until it is whole.
    """
    stamp = HOME / "checkers.lock"
    with _alone():
        if not (stamp.exists() and stamp.read_bytes() == LOCK.read_bytes()):
            _make(stamp)
    return PYTHON


@contextmanager
def _alone() -> Iterator[None]:
    HOME.parent.mkdir(exist_ok=True)
    with HOME.with_suffix(".turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def _make(stamp: Path) -> None:
    venv.create(HOME, with_pip=True, clear=True)
    install = [str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(LOCK)]
    subprocess.run(install, check=True)
    shutil.copyfile(LOCK, stamp)


def findings(pdf: Path) -> list[str]:
    """One line per finding of page-validation (PDF/A-3a, PDF/UA-1) or outloud; empty when clean."""
    python = prepare()
    validated = subprocess.run(
        [str(python), "-c", VALIDATE, str(pdf)], capture_output=True, text=True, check=True
    )
    found = validated.stdout.splitlines()
    read = subprocess.run(
        [str(python.with_name("outloud")), "--fail-on", "warning", "--no-info", str(pdf)],
        capture_output=True,
        text=True,
        check=False,
    )
    if read.returncode != 0:
        found += [f"outloud: {line.strip()}" for line in read.stdout.splitlines() if line.strip()]
    return found


if __name__ == "__main__":
    told = {path: findings(Path(path)) for path in sys.argv[1:]}
    for path, found in told.items():
        print(f"{path}: {len(found)} findings", *found, sep="\n  ")
    sys.exit(any(told.values()))
