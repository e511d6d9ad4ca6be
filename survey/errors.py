"""Everything that stops the work: one small tree, turned into a page or a line in one place.

What a person can put right is not here but a value (`survey.model.problems.Problem`). A message key
names the text for the person; `facts` are for the log and may hold ids, counts and paths, never an
answer, a name, an address, a case number or a code.
"""


class ResonanzError(Exception):
    """Stops the work; `message` is the key of the sentence shown to the person."""

    status = 500
    message = "went-wrong"

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.message)

    @property
    def told(self) -> str:
        """What a page may be told later on: the key, and what its sentence names, tabs between."""
        return self.message

    def __str__(self) -> str:
        said = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.message} ({said})" if said else self.message


class SettingsError(ResonanzError):
    """A setting, or a file that was named, is missing or cannot be used."""

    message = "settings"


class KeyMissing(SettingsError):
    """A key file that the work needs is not there or not readable."""

    message = "key-missing"


class FormError(ResonanzError):
    """A form cannot be used.

    Args:
        problems: what its author has to mend, each with file, path in the file, and cure
    """

    message = "form-unusable"

    def __init__(self, *problems: object) -> None:
        self.problems = problems
        super().__init__(**{f"problem_{n}": str(problem) for n, problem in enumerate(problems, 1)})


class DocumentError(ResonanzError):
    """A document cannot be drawn as it is meant; nothing of it is kept.

    Its page is told which character (by number) or that it is a picture, and under which heading.
    """

    message = "document"

    @property
    def told(self) -> str:
        """The key, the kind of fault, the character and the heading."""
        named = (str(self.facts.get(name, "")) for name in ("fault", "character", "chapter"))
        return "\t".join((self.message, *named))


class SystemStopped(ResonanzError):
    """The operating system does not let us: no room, no permission, or no such place."""

    message = "system"


class DatabaseError(ResonanzError):
    """The database cannot be used as it stands."""

    message = "database"


class DatabaseFull(DatabaseError):
    """No room is left; nothing of the transaction was kept."""

    status, message = 507, "database-full"


class RuleBroken(DatabaseError):
    """A rule of the database forbids this; nothing of the transaction was kept."""


class DatabaseNewer(DatabaseError):
    """The database was written by a newer version of the programme."""

    message = "database-newer"


class Refused(ResonanzError):
    """What was given is not taken; nothing of it was kept."""

    status, message = 400, "refused"


class SecondPerson(Refused):
    """Somebody else must agree to this than who asked for it, or whom it is about."""

    status, message = 403, "second-person"


class RequestOver(Refused):
    """It was agreed to, refused or withdrawn, or has waited too long."""

    status, message = 409, "request-over"


class NotSealedForUs(Refused):
    """A sealed or signed thing does not open: tampered, truncated, or made for other keys."""

    message = "not-sealed-for-us"


class NotFound(ResonanzError):
    """There is no such thing."""

    status, message = 404, "not-found"


class WaveNotReady(ResonanzError):
    """The wave is in a state in which this cannot be done."""

    status, message = 409, "wave-state"


class ClaimLost(ResonanzError):
    """Another worker has taken over this job."""

    status, message = 409, "job-lost"
