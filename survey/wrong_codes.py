"""Wrong codes: counted in memory, slowed, told to the operator; never tied to an address.

All visitors of a jobcenter share one address, so a limit per address would lock out the people it
should protect. The 50 bits of a code are the protection; this makes guessing slow and seen. A right
code is never slowed.
"""

import logging
from collections import deque
from collections.abc import Callable

log = logging.getLogger("resonanz.alarm")

HOUR = 3600.0
MANY = 200
# Every wrong, used or expired code is answered after the same time, longer than any work it causes.
USUAL = 0.4
SLOWEST = 5.0


class Alarm:
    """Counts the wrong codes of the last hour; `clock` gives monotonic seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._seen: deque[float] = deque(maxlen=50 * MANY)
        self._told = False

    def note(self) -> float:
        """Count one; gives the seconds that the reply must have taken."""
        now = self._clock()
        self._seen.append(now)
        while self._seen and self._seen[0] < now - HOUR:
            self._seen.popleft()
        many = len(self._seen) > MANY
        if many and not self._told:
            log.warning("more than %d wrong codes within an hour", MANY)
        self._told = many
        return min(SLOWEST, USUAL * max(1.0, len(self._seen) / MANY))
