"""Waves as they are planned; `World` brings them to where they can stand."""

from datetime import timedelta

from survey.form.load import Published
from survey.model import modes
from survey.model.waves import Thresholds, Wave
from tests.world import forms
from tests.world.programmes import NOW, PROGRAMME

WAVE = "w1"
TITLE = "Zufriedenheit, erste Welle"


def wave(
    wave_id: str = WAVE, number: int = 1, form: Published | None = None, **changes: object
) -> Wave:
    """A planned wave that opens yesterday and lasts a month, unless `changes` say otherwise."""
    form = form or forms.satisfaction()
    facts: dict[str, object] = {
        "wave_id": wave_id,
        "programme_id": PROGRAMME.programme_id,
        "number": number,
        "title": TITLE if wave_id == WAVE else f"Zufriedenheit {wave_id}",
        "form_id": form.form.id,
        "mode": modes.of_form(form.form.id),
        "form_version": form.version,
        "opens_on": (NOW - timedelta(days=1)).date(),
        "closes_on": (NOW + timedelta(days=30)).date(),
        "state": "planned",
        "thresholds": Thresholds(),
    }
    return Wave(**(facts | changes))  # type: ignore[arg-type]
