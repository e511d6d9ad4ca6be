"""The programme of the test worlds, and the day on which they were made."""

from datetime import date

from msgspec import to_builtins
from msgspec.structs import replace

from survey import clock
from survey.model.programmes import Body, Contact, Programme

# Today: applications read the clock themselves. Where time is passed in, pass another moment.
NOW = clock.now()
BARRIERS = "barriere@musterstadt.example"
PROGRAMME = Programme(
    programme_id="zufriedenheit",
    title="Wie ist das Jobcenter für Sie?",
    level="linked",
    purpose={
        "de": "Das Jobcenter soll sehen, was den Menschen hilft und was es besser machen muss.",
        "de-simple": "Das Job-Center soll wissen, was den Menschen hilft.",
        "en": "The Jobcenter is to see what helps people and what it has to do better.",
        "ar": "ليرى الجوب سنتر ما الذي يساعد الناس وما الذي يجب أن يحسّنه.",
    },
    controller="Jobcenter Musterstadt",
    operator=Body(name="Rechenzentrum Nord"),
    key_holder=Body(name="Hochschule Musterstadt"),
    help=Contact(
        name="Beratungsstelle Musterhaus",
        phone="0800 000 00 00",
        hours={
            "de": "Montag bis Freitag, 9 bis 16 Uhr",
            "de-simple": "Montag bis Freitag von 9 bis 16 Uhr",
            "en": "Monday to Friday, 9 am to 4 pm",
            "ar": "من الاثنين إلى الجمعة، من الساعة 9 إلى 16",
        },
    ),
    complaint="Beschwerdestelle der Stadt Musterstadt, Rathausplatz 1, 12345 Musterstadt",
    legal_basis="§ 67c Abs. 4 SGB X in Verbindung mit Art. 6 Abs. 1 Buchst. e DSGVO",
    privacy_officer="Datenschutz der Stadt Musterstadt, Rathausplatz 1, 12345 Musterstadt",
    created_on=NOW.date(),
)
RELEASED = replace(PROGRAMME, level="released")


def programme(**changes: object) -> Programme:
    """The programme with other facts."""
    return replace(PROGRAMME, **changes)


def written(programme: Programme) -> dict[str, object]:
    """The programme as its file tells it."""
    told = to_builtins(programme, builtin_types=(date,))
    assert isinstance(told, dict)
    return told
