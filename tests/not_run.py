"""The end of a run in which tests were left out for want of a program: its status and last line."""

from collections import Counter

import pytest

from tests import tools


class NotRun:
    """Counts the tests that were left out, by the program that each needs."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._asked: set[str] = set(config.getoption("without"))
        self._tests: Counter[str] = Counter()
        self._status: int = pytest.ExitCode.OK

    @property
    def _unasked(self) -> list[tools.Tool]:
        return [tool for tool in tools.WHERE if tool in set(self._tests) - self._asked]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count it; of several processes this is called in the first one, for all of them."""
        if report.skipped and isinstance(report.longrepr, tuple):
            tool = tools.lacking(report.longrepr[2])
            if tool:
                self._tests[tool] += 1

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Tests left out although nobody asked for that are no success."""
        if self._unasked and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
        self._status = session.exitstatus

    def pytest_unconfigure(self) -> None:
        """Write the last line, below the one of pytest that speaks of skipped tests in green."""
        reporter = self._config.pluginmanager.get_plugin("terminalreporter")
        if not self._tests or reporter is None:
            return
        if self._unasked:
            for tool in self._unasked:
                reporter.write_line(tools.CURES[tool])
            told = f"INCOMPLETE: {_told(self._tests)}. To leave them out openly: make test "
            reporter.write_line(told + f'WITHOUT="{" ".join(self._unasked)}"', red=True, bold=True)
        else:
            word = "passed" if self._status == pytest.ExitCode.OK else "failed, and that"
            reporter.write_line(f"{word} WITHOUT {_told(self._tests)}", yellow=True, bold=True)


def _told(tests: Counter[str]) -> str:
    names = " and ".join(sorted(tests))
    return f"the {names} tests: {tests.total()} not run"
