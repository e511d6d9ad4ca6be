"""Servers as processes, a client that costs them nothing, and their CPU time as the kernel counts
it.
"""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

ROOT = Path(__file__).resolve().parents[2]


class Server(Struct, frozen=True):
    """A running server."""

    process: subprocess.Popen[bytes]
    port: int

    def cpu(self) -> float:
        """Seconds of CPU of all its threads and children; nanosecond counts of the scheduler."""
        return sum(_cpu(each) for each in _family(self.process.pid))

    def memory(self) -> float:
        """Megabytes of resident memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        return int(found[1]) / 1024 if found else 0.0


class Reply(Struct, frozen=True):
    """What came back; `size` counts head and body as sent."""

    status: int
    headers: dict[str, str]
    body: bytes
    size: int


class Browser:
    """One kept-alive connection with its cookies."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Reply:
        """Ask for a page, compressed."""
        return self._ask("GET", path, None)

    def post(self, path: str, body: bytes) -> Reply:
        """Send a form."""
        return self._ask("POST", path, body)

    def close(self) -> None:
        """Hang up: the server keeps no line open for somebody who is gone."""
        self._connection.close()

    def _ask(self, method: str, path: str, body: bytes | None) -> Reply:
        headers = {"Accept-Encoding": "gzip", "Sec-Fetch-Site": "same-origin"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        content = answer.read()
        fields = {name.lower(): value for name, value in answer.getheaders()}
        for cookie in answer.headers.get_all("set-cookie", []):
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        head = sum(len(name) + len(value) + 4 for name, value in answer.getheaders()) + 19
        return Reply(answer.status, fields, content, head + len(content))


@contextmanager
def running(arguments: list[str], port: int, **environment: str) -> Iterator[Server]:
    """Start a server command and wait until it answers; stop it at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )
    try:
        wait_listening(process, port)
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait(20)


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _family(pid: int) -> Iterator[int]:
    """A process and all that it has started."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text("ascii").split():
            yield from _family(int(child))


def _cpu(pid: int) -> float:
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text("ascii").split()[0]) for task in tasks) / 1e9


def wait_listening(process: subprocess.Popen[bytes], port: int) -> None:
    """Return when the process takes connections on the port, or say that it ended."""
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with status {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not begin within 30 seconds")
