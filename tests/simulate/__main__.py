"""`make simulate`: what reports say by chance, against what they promise.

Every line names its seeds. It takes minutes; a few runs of each are tests in `test_simulations`.
"""

import sys
from time import monotonic

from tests.simulate import units, waves

PARTS = (waves.lines, units.lines)


def main() -> int:
    """Prints a line per promise; 1 where one is missed."""
    began, kept = monotonic(), True
    for part in PARTS:
        for line in part():
            print(line, flush=True)
            kept = kept and line.kept
    print(f"{monotonic() - began:.0f} seconds")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
