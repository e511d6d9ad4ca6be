"""Pages, staff pages and worker live together: one signal ends all, a dead one is replaced."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from survey.cli.main import main
from tests.load.servers import ROOT, Browser, free_port
from tests.world import homes
from tests.world.programmes import PROGRAMME


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    world = homes.build(tmp_path_factory.mktemp("house"))
    world.database.close()
    return world.home.directory


class Serving:
    """`survey serve` with its children."""

    def __init__(self, home: Path, *words: str) -> None:
        self.public, self.staff = free_port(), free_port()
        ports = ["--port", str(self.public), "--staff-port", str(self.staff)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "survey.cli.main", "--home", str(home), "serve", *ports, *words],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def children(self) -> dict[str, int]:
        """Process ids by what they do."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(
            "ascii"
        )
        found = {}
        for pid in listed.split():
            words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
            part = words[words.index("--only") + 1] if "--only" in words else "worker"
            found[part] = int(pid)
        return found

    def end(self, number: int = signal.SIGTERM) -> str:
        """Send a signal, wait, give what was said."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        said, _ = self.process.communicate(timeout=30)
        return said


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for(come, seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while not come():
        assert time.monotonic() < until
        time.sleep(0.05)


def alive(pid: int) -> bool:
    try:
        return "zombie" not in Path(f"/proc/{pid}/status").read_text("ascii")
    except OSError:
        return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_one_signal_ends_pages_staff_and_worker(home, number):
    serving = Serving(home)
    try:
        wait_for(lambda: answers(serving.public) and answers(serving.staff))
        children = serving.children()
        assert set(children) == {"public", "staff", "worker"}
        assert Browser(serving.public).get("/health").status == 200
        assert Browser(serving.staff).get("/health").status == 200
    finally:
        serving.end(number)
    assert serving.process.returncode == 0
    assert not any(alive(pid) for pid in children.values())


def test_a_child_that_dies_is_started_again_and_the_others_go_on(home):
    serving = Serving(home)
    try:
        wait_for(lambda: answers(serving.public) and answers(serving.staff))
        before = serving.children()
        os.kill(before["public"], signal.SIGKILL)
        wait_for(lambda: serving.children().get("public", before["public"]) != before["public"])
        wait_for(lambda: answers(serving.public))
        after = serving.children()
        assert (after["staff"], after["worker"]) == (before["staff"], before["worker"])
    finally:
        said = serving.end()
    assert "public has died (status -9); started again." in said


def test_a_child_that_cannot_begin_ends_everything_and_says_so(home):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        serving = Serving(home, "--staff-port", str(taken.getsockname()[1]))
        said, _ = serving.process.communicate(timeout=120)
    assert serving.process.returncode == 1
    assert "staff ended with status" in said
    assert "address already in use" in said
    assert not answers(serving.public)


def test_children_end_when_their_parent_is_killed(home):
    serving = Serving(home)
    wait_for(lambda: answers(serving.public) and answers(serving.staff))
    children = serving.children()
    serving.process.kill()
    serving.process.wait()
    serving.process.stdout.close()
    wait_for(lambda: not any(alive(pid) for pid in children.values()))


def test_parts_can_be_left_out_or_run_alone(home):
    serving = Serving(home, "--no-staff", "--no-worker")
    try:
        wait_for(lambda: answers(serving.public))
        assert set(serving.children()) == {"public"}
    finally:
        serving.end()
    alone = Serving(home, "--only", "staff")
    try:
        wait_for(lambda: answers(alone.staff))
        assert alone.children() == {}
        assert not answers(alone.public)
    finally:
        alone.end()


def test_a_missing_key_is_told_before_anything_is_started(home):
    key = home / "keys" / "server" / PROGRAMME.programme_id / "answer"
    kept = key.read_bytes()
    key.unlink()
    try:
        done = CliRunner().invoke(main, ["--home", str(home), "serve"])
    finally:
        key.write_bytes(kept)
    assert done.exit_code == 1
    assert "key-missing" in done.output
