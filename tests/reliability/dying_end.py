"""`survey programme end` that is killed after a step: python -m ... HOME PROGRAMME STEP."""

import os
import signal
import sys
from functools import wraps

from survey.actions import programme_end
from survey.cli import programme_end as command
from survey.cli.main import main
from survey.linkage import keys

STEPS = {
    "mark": (programme_end, "begin"),
    "rows": (programme_end, "empty"),
    "first-key": (keys, "destroy"),
    "keys": (programme_end, "destroy_keys"),
    "first-paper": (command, "_replace"),
}


def dying(work):
    @wraps(work)
    def die(*arguments, **named):
        work(*arguments, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    return die


if __name__ == "__main__":
    home, programme_id, step = sys.argv[1:]
    module, name = STEPS[step]
    setattr(module, name, dying(getattr(module, name)))
    main(["--home", home, "programme", "end", programme_id, "--yes-destroy", programme_id])
