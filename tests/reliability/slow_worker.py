"""A real worker process whose one kind of work takes as long as somebody wants it to.

Writes the attempt's number into a file when it has begun, and goes on when the file `go` is there.
"""

import sys
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

from survey import worker
from survey.home import Home

GONE = timedelta(seconds=2)


def slow(home, job, told):
    folder = Path(home.directory)
    told("begun")
    (folder / f"begun-{job.attempts}").touch()
    while not (folder / "go").exists():
        time.sleep(0.02)
    told("nearly done")


if __name__ == "__main__":
    worker.jobs.BEAT = timedelta(seconds=0.3)
    worker.run(
        Home.enter(Path(sys.argv[1])),
        lambda: datetime.now().astimezone(),
        threading.Event(),
        kinds={**worker.KINDS, "slow": slow},
        gone=GONE,
    )
