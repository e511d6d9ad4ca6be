"""The real application behind a wire on which replies to a submission can be held back.

The window between commit and reply is a fraction of a millisecond; holding the reply back (not the
work) makes it wide enough to be killed in. The file named by HELD is written when a reply waits.
"""

import asyncio
import os
from pathlib import Path

from litestar.types import ASGIApp, Receive, Scope, Send

from survey.app import from_home


def application() -> ASGIApp:
    """The application of SURVEY_HOME, its replies to sent questionnaires held for half a second."""
    inner = from_home()
    held = Path(os.environ["HELD"])

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        async def later(message: object) -> None:
            if held.with_suffix(".wanted").exists() and message["type"] == "http.response.start":
                held.touch()
                await asyncio.sleep(0.5)
            await send(message)

        is_submission = scope["type"] == "http" and scope["method"] == "POST"
        wanted = is_submission and scope["path"].endswith("/check")
        await inner(scope, receive, later if wanted else send)

    return slow
