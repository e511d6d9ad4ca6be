"""What stops the printing of letters; `said` is the German sentence for who prints them."""

from survey.errors import ResonanzError


class LettersRefused(ResonanzError):
    """Letters cannot be printed or finished as things are; nothing was written."""

    status, message = 409, "letters-refused"

    def __init__(self, message: str, **facts: object) -> None:
        self.said = message
        super().__init__(**facts)
