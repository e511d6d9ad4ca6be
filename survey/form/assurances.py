"""What people are assured of in a wave, read off programme, wave and the form they are asked."""

from survey.form import release
from survey.model.assurances import Assurances
from survey.model.form import Form, Text
from survey.model.programmes import Programme
from survey.model.waves import Wave


def may_show(programme: Programme, form: Form) -> bool:
    """Whether people may show their case manager something of what they answer."""
    return programme.level == "released" and bool(release.releasable(form))


def of_wave(programme: Programme, wave: Wave, form: Form) -> Assurances:
    """The facts that every sentence about a wave is chosen by."""
    texts = any(isinstance(question, Text) for question in form.questions)
    return Assurances(
        custody=programme.custody,
        k=wave.thresholds.k,
        # A wave that is closed early keeps its texts in reach until the day people were told.
        texts_until=wave.closes_on if texts else None,
        shown_until=wave.shown_until if may_show(programme, form) else None,
    )
