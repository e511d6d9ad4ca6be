"""What all tests share: how hypothesis looks for counter-examples, and which programs are here."""

import gc
import os

import pytest
from hypothesis import HealthCheck, settings

from tests import tools
from tests.not_run import NotRun

# The machines are noisy: how long an example takes there says nothing about the code. Where a
# change is judged the examples are the same each time: a new find is for whoever develops, who
# meets it by drawing at random and keeps it as an example of its test.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("judged", settings.get_profile("busy"), derandomize=True)
settings.load_profile("judged" if os.environ.get("CI") else "busy")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--without",
        action="append",
        default=[],
        choices=sorted(tools.WHERE),
        metavar="TOOL",
        help=f"leave out the tests that need it: {', '.join(sorted(tools.WHERE))}",
    )


def pytest_configure(config: pytest.Config) -> None:
    tools.leave_out(config.getoption("without"))
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(NotRun(config))


def pytest_collection_finish() -> None:
    """Look for garbage less often: modules stay anyway, and tests make much that is short-lived."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
