"""What stops the demo: one line that says what was expected and what was found."""

from survey.errors import ResonanzError


class DemoStopped(ResonanzError):
    """The demo cannot go on."""

    message = "demo-stopped"

    def __init__(self, reason: str, **facts: object) -> None:
        super().__init__(reason=reason, **facts)
