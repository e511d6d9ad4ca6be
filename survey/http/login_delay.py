"""The delay after wrong passwords: slows guessing, locks nobody out, stores nothing.

After failures in a row the next try for the same login waits longer, the right password among
them; then it gets in. Known and unknown logins wait alike, so that waiting tells nobody who works
here. Counts live in memory and are gone with the process.
"""

from collections import OrderedDict

SLOWEST = 4.0
# Doublings after which the wait does not grow any more.
_ENOUGH = 16


class LoginDelay:
    """Seconds to wait before the next try of a login, doubling with every failure in a row."""

    def __init__(self, most: int = 4096) -> None:
        self._failures: OrderedDict[str, int] = OrderedDict()
        self._most = most

    def seconds(self, login: str) -> float:
        """How long this try must wait."""
        failures = self._failures.get(login, 0)
        return min(SLOWEST, 0.25 * 2**failures) if failures else 0.0

    def failed(self, login: str) -> None:
        """Count one more; of too many logins the one that was tried longest ago is forgotten."""
        self._failures[login] = min(_ENOUGH, self._failures.pop(login, 0) + 1)
        while len(self._failures) > self._most:
            self._failures.popitem(last=False)

    def succeeded(self, login: str) -> None:
        """Forget the failures."""
        self._failures.pop(login, None)
