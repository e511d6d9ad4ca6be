"""The protocol of a programme's end: what was destroyed, what is left, what people must still do.

A paper to be signed and filed. It says nothing about an answer, and no number of anything that
recipients left: they are gone, and how many there were stands in the published reports.
"""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from survey.actions.programme_end import EndStatus, Proof
from survey.document import pdf, templates
from survey.language import formats, tags
from survey.language.later import later
from survey.language.translator import translator

LANGUAGES = tags.STAFF_LANGUAGES

LEVELS: Mapping[str, str] = {
    "anonymous": later("anonym: Codes ohne Fall"),
    "linked": later(
        "verbunden: Befragungen einer Person lassen sich nur mit den Schlüsseln paaren"
    ),
    "released": later("mit Freigabe: Menschen können einzelne Antworten zeigen"),
}
# In the order of the key directories; what each one opened, for people who sign.
EVALUATOR: Mapping[str, str] = {
    "link": later("paarte die Befragungen einer Person"),
    "code": later("machte aus einem Code seinen Eintrag"),
    "ticket": later("versiegelte das Pseudonym einer Einladung"),
    "pair": later("die äußere Schicht um jede Antwort"),
    "cookie": later("versiegelte begonnene Sitzungen"),
}
SERVER: Mapping[str, str] = {
    "answer": later("die innere Schicht um jede Antwort"),
    "sensitive": later("die innere Schicht um Antworten zu Gesundheit und Ähnlichem"),
    "handle": later("fand zu einem Code, was damit gelöscht werden sollte"),
}


class Key(Struct, frozen=True, kw_only=True):
    """One key; `gone` if it was destroyed on this machine."""

    name: str
    purpose: str
    gone: bool


class Round(Struct, frozen=True, kw_only=True):
    """One wave with its days."""

    name: str
    days: str
    reported: bool


class Copy(Struct, frozen=True, kw_only=True):
    """One backup and where it was written."""

    file: str
    made_on: str


class View(Struct, frozen=True, kw_only=True):
    """What the paper shows."""

    language: str
    controller: str
    example: bool
    title: str
    programme_id: str
    level: str
    operator: str
    key_holder: str
    begun_on: str
    ended_on: str
    issued_on: str
    evaluator: tuple[Key, ...]
    server: tuple[Key, ...]
    elsewhere: bool
    waves: tuple[Round, ...]
    backups: tuple[Copy, ...]
    entry: int
    digest: tuple[str, ...]


def render(
    status: EndStatus,
    proof: Proof,
    *,
    issued: date,
    language: str,
    example: bool,
) -> bytes:
    """The protocol as PDF/A-3a and PDF/UA-1; equal input gives equal bytes.

    Args:
        issued: the day printed on it
    Raises:
        NotFound: no papers are written in this language
        ValueError: the programme has not ended
    """
    view = _view(status, proof, issued=issued, language=language, example=example)
    environment = templates.translated(translator(language, tags.REPORT))
    html = environment.get_template("report/protocol.html").render(view=view)
    return pdf.render(html, language=language, created=issued)


def _view(
    status: EndStatus,
    proof: Proof,
    *,
    issued: date,
    language: str,
    example: bool,
) -> View:
    if status.mark is None:
        raise ValueError("a protocol of a programme that has not ended")
    words, programme = translator(language, tags.REPORT), status.programme
    elsewhere = not status.mark.evaluator_here

    def said(purposes: Mapping[str, str], here: bool) -> tuple[Key, ...]:
        return tuple(
            Key(name=name, purpose=words.gettext(text), gone=here)
            for name, text in purposes.items()
        )

    return View(
        language=language,
        controller=programme.controller,
        example=example,
        title=programme.title,
        programme_id=programme.programme_id,
        level=words.gettext(LEVELS[programme.level]),
        operator=programme.operator.name,
        key_holder=programme.key_holder.name,
        begun_on=formats.day(programme.created_on, language),
        ended_on=formats.day(status.mark.ended_on, language),
        issued_on=formats.day(issued, language),
        evaluator=said(EVALUATOR, not elsewhere),
        server=said(SERVER, True),
        elsewhere=elsewhere,
        waves=tuple(
            Round(
                name=wave.title or wave.wave_id,
                days=f"{formats.brief(wave.opens_on, language)} – "
                f"{formats.brief(wave.last_day, language)}",
                reported=wave.wave_id in status.reported,
            )
            for wave in status.waves
        ),
        backups=tuple(
            Copy(file=backup.file, made_on=formats.brief(backup.made_on, language))
            for backup in status.backups
        ),
        entry=proof.number,
        digest=tuple(proof.digest[place : place + 8] for place in range(0, 64, 8)),
    )
