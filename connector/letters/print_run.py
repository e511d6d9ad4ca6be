"""One printing: invitations and reminders with the same codes, whole files or none.

Where a file with codes will lie is written down before it exists, so that `letters --finish` finds
it even after a power cut. Names live in memory only; file names, messages and metadata carry none.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from connector import letter_settings
from connector.imports import findings
from connector.imports.mapping import Loaded
from connector.imports.source import kinds
from connector.imports.source.kinds import Source
from connector.imports.source.records import Progress, unwatched
from connector.letter_errors import LettersRefused
from connector.letter_settings import LetterSettings
from connector.letters import files as letters_files
from connector.letters import pdf, recipients
from connector.letters.address import Recipient
from connector.letters.page import Run
from connector.letters.recipients import FoundRecipients, RecipientRequest
from connector.settings import Home
from connector.state import invitations, letter_files, print_runs, waves
from connector.state.invitations import Letter
from connector.state.letter_files import LetterFile
from survey.engine.database import Database, Transaction
from survey.errors import KeyMissing
from survey.linkage import codes, keys, pseudonyms
from survey.model.assurances import Assurances
from survey.model.exchange import LetterFacts, WaveOffer

SHOWN = 10
FORBIDDEN = "darf inzwischen nicht mehr angeschrieben werden"


# (pages drawn so far, of how many)
Drawing: TypeAlias = Callable[[int, int], None]


def unseen(_: int, __: int) -> None:
    """Progress that nobody watches."""


class PrintRequest(Struct, frozen=True, kw_only=True):
    """The request for a print run: source and targets; `leave_out` skips missing addresses."""

    wave_id: str
    source: Source
    loaded: Loaded
    out: Path
    reminders: Path | None
    today: date
    leave_out: bool = False

    @property
    def targets(self) -> list[tuple[Path, bool]]:
        """Absolute path of each file, and whether it holds reminders."""
        targets = [(self.out.absolute(), False)]
        return targets if self.reminders is None else [*targets, (self.reminders.absolute(), True)]


class Printed(Struct, frozen=True, kw_only=True):
    """Letters in each file, and how many people got none for which reason.

    `unknown`: of how many the export, but not yet the database, says that nobody may write to them.
    """

    letters: int
    left_out: dict[str, int]
    unknown: int


class Due(Struct, frozen=True, kw_only=True):
    """The letters due in a print run, before any name is read."""

    offer: WaveOffer
    told: LetterFacts
    assured: Assurances
    letters: tuple[tuple[Letter, str], ...]
    excluded: int
    files: frozenset[str]


def write(
    database: Database,
    home: Home,
    request: PrintRequest,
    *,
    reading: Progress = unwatched,
    drawing: Drawing = unseen,
) -> Printed:
    """Print the letters of a wave; the same again gives the same codes.

    Raises:
        LettersRefused: something is missing; no file was written or changed
        NotFound: no such wave
        FileRefused: the export cannot be read
    """
    settings = home.letter
    with database.read() as tx:
        due = _due(tx, home, request.wave_id)
    letter_settings.refuse_unready(settings, due.told, home.survey_url)
    letters_files.refuse([path for path, _ in request.targets], due.files)
    asked = RecipientRequest(
        source=request.source,
        loaded=request.loaded,
        index_key=keys.read(home.keys, "index"),
        cases=frozenset(letter.case_index for letter, _ in due.letters),
        today=request.today,
    )
    addressed = recipients.read(asked, reading)
    with database.read() as tx:
        forbidden = recipients.forbidden(tx, addressed, [letter for letter, _ in due.letters])
    allowed = [pair for pair in due.letters if pair[0].case_index not in forbidden]
    problems = _problems(addressed, allowed)
    if problems and not request.leave_out:
        raise _missing(problems, len(due.letters), keys.read(home.keys, "case"))
    people = [
        (addressed.recipients[letter.case_index], code)
        for letter, code in allowed
        if letter.case_index in addressed.recipients
    ]
    if not people:
        raise LettersRefused(
            "Für niemanden wurde eine Anschrift gefunden. "
            f"Ist es {kinds.words(request.source).right}?"
        )
    drawn = _drawn(home, request, settings, due, people, drawing)
    printed = [
        letter.case_index for letter, _ in allowed if letter.case_index in addressed.recipients
    ]
    with database.write() as tx:
        for path in drawn:
            letter_files.keep(tx, LetterFile(wave_id=request.wave_id, path=str(path)))
        # Before there is a file: a letter must not lie in the house without being known here.
        invitations.note_printed(tx, request.wave_id, printed, on=request.today)
    try:
        letters_files.store(drawn)
    except LettersRefused:
        _forget(database, request.wave_id, [path for path in drawn if str(path) not in due.files])
        raise
    with database.write() as tx:
        invitations.note_pages(tx, request.wave_id, printed, on=request.today)
    left_out = Counter(reason for _, reason in problems)
    left_out[FORBIDDEN] += due.excluded + len(forbidden)
    return Printed(letters=len(people), left_out=dict(+left_out), unknown=len(forbidden))


def _forget(database: Database, wave_id: str, new: Sequence[Path]) -> None:
    """Files that did not come into being: --finish must not take them for printed letters."""
    with database.write() as tx:
        for path in new:
            if not path.exists():
                letter_files.forget(tx, LetterFile(wave_id=wave_id, path=str(path)))


def _due(tx: Transaction, home: Home, wave_id: str) -> Due:
    offer = waves.find(tx, wave_id)
    runs = print_runs.of_wave(tx, wave_id)
    still_open = [run for run in runs if run.finished_on is None]
    if not runs:
        raise LettersRefused(
            "Für diese Welle ist noch niemand eingeladen. Bitte zuerst `connector invite` aufrufen."
        )
    if not still_open:
        raise LettersRefused(
            "Der Druck dieser Welle ist abgeschlossen: Die Codes kann niemand mehr berechnen. "
            "Verlorene Briefe bekommen neue Codes in einem Druck für sich."
        )
    if offer.state == "closed":
        raise LettersRefused(
            "Auf diese Welle kann niemand antworten: Sie ist geschlossen, oder der Wortlaut ihres "
            "Fragebogens ist zurückgezogen. Es wird nichts gedruckt; schon gedruckte Briefe bitte "
            "nicht verschicken."
        )
    if offer.told is None or offer.told.assured is None:
        raise LettersRefused(
            "Der Befragungsserver hat nicht gesagt, wer fragt und wer hineinsehen könnte. Bitte "
            "mit `connector push` die Angaben neu holen; hilft das nicht, ist der Server veraltet."
        )
    letters = []
    for run in still_open:
        key = _print_key(home, run.print_run_id)
        letters += [
            (letter, codes.derive(key, letter.number))
            for letter in invitations.letters(tx, run.print_run_id)
        ]
    return Due(
        offer=offer,
        told=offer.told,
        assured=offer.told.assured,
        letters=tuple(letters),
        excluded=sum(run.letters for run in still_open) - len(letters),
        files=frozenset(file.path for file in letter_files.of_wave(tx, wave_id)),
    )


def _print_key(home: Home, print_run_id: str) -> bytes:
    try:
        return keys.read(home.print_keys, print_run_id)
    except KeyMissing as error:
        raise LettersRefused(
            "Der Schlüssel dieses Drucks fehlt; von ihm gibt es keine zweite Fassung. Wurde er "
            "absichtlich vernichtet, bitte mit `connector letters WAVE --finish` abschließen. "
            "Sonst ist diese Welle verloren: bitte eine neue anlegen.",
            key=error.facts["path"],
        ) from error


def _problems(
    addressed: FoundRecipients, allowed: Sequence[tuple[Letter, str]]
) -> list[tuple[Letter, str]]:
    """Cases without a usable address, with the reason."""
    return [
        (letter, reason)
        for letter, _ in allowed
        if (reason := addressed.problems.get(letter.case_index))
    ]


def _missing(
    problems: Sequence[tuple[Letter, str]], invited: int, case_key: bytes
) -> LettersRefused:
    """The cases without an address, as far as a terminal may show them."""
    lines = [
        f"  Aktenzeichen {findings.masked(pseudonyms.open_case(case_key, letter.sealed_case))}: "
        f"{reason}"
        for letter, reason in problems[:SHOWN]
    ]
    if len(problems) > SHOWN:
        lines.append(f"  … und {len(problems) - SHOWN} weitere")
    return LettersRefused(
        f"{len(problems)} von {invited} Eingeladenen können keinen Brief bekommen:\n"
        + "\n".join(lines)
        + "\nBitte im Fachverfahren klären und neu exportieren, oder mit --leave-out ohne sie "
        "drucken. Es wurde nichts geschrieben."
    )


def _drawn(
    home: Home,
    request: PrintRequest,
    settings: LetterSettings,
    due: Due,
    people: Sequence[tuple[Recipient, str]],
    drawing: Drawing,
) -> dict[Path, bytes]:
    drawn: dict[Path, bytes] = {}
    for path, reminder in request.targets:
        run = Run(
            offer=due.offer,
            told=due.told,
            assured=due.assured,
            settings=settings,
            survey_url=home.survey_url,
            day=request.today,
            reminder=reminder,
        )
        progress = _Counting(drawing, len(drawn) * len(people), len(request.targets) * len(people))
        drawn[path] = pdf.drawn(run, people, progress)
    return drawn


class _Counting(Struct, frozen=True):
    """Counts the pages of one file on top of those of the files before."""

    drawing: Drawing
    before: int
    total: int

    def __call__(self, done: int) -> None:
        self.drawing(self.before + done, self.total)
