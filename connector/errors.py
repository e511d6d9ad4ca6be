"""Errors of the connector, beside those of the survey server."""

from pathlib import Path

from survey.errors import Refused, ResonanzError, SettingsError


class MappingError(SettingsError):
    """The mapping cannot be used. `said` is the German sentence for the person who wrote it."""

    message = "mapping-unusable"

    def __init__(self, message: str, **facts: object) -> None:
        self.said = message
        super().__init__(said=message, **facts)


class ReportFailed(ResonanzError):
    """The findings could not be written. `said` is the German sentence for the person."""

    message = "report-not-written"

    def __init__(self, path: Path, reason: str | None) -> None:
        self.said = (
            f"Der Bericht {path} ließ sich nicht schreiben: {reason or 'unbekannt'}. Was oben "
            "steht, gilt trotzdem; bitte mit einem anderen --report wiederholen."
        )
        super().__init__(file=path)


class FileRefused(Refused):
    """The export cannot be read; `code` is the finding's, `facts` fill its message.

    `shown` is what only a terminal may show: facts get into logs.
    """

    message = "export-refused"

    def __init__(self, code: str, *, column: str = "", shown: str = "", **facts: object) -> None:
        self.code = code
        self.column = column
        self.shown = shown
        self.filling = facts
        super().__init__(code=code, **facts)


class NothingToInvite(ResonanzError):
    """No sample, unit or cell can be formed; nothing was changed."""

    status, message = 409, "nothing-to-invite"


class ServerUnreachable(ResonanzError):
    """The survey server did not answer. What was to be sent waits in the outbox."""

    status, message = 503, "server-unreachable"


class ServerRefused(ResonanzError):
    """The survey server does not take this. What was to be sent waits in the outbox."""

    status, message = 502, "server-refused"


class ServerNotPinned(ResonanzError):
    """The server's key is not the one whose fingerprint is in the settings; nothing was changed."""

    status, message = 409, "server-key-not-pinned"


class KeyNotPinned(ResonanzError):
    """The evaluator's key is not the one whose fingerprint is in the settings; nothing was sent."""

    status, message = 409, "evaluator-key-not-pinned"
