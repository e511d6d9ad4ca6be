"""Summary printed at the end of an import, in German: people in the jobcenter read it.

Case numbers and words of the export are shown at a terminal only: output that goes elsewhere may
become a log.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator

import click

from connector.imports import messages
from connector.imports.findings import Finding
from connector.imports.outcome import Outcome
from connector.letters.recall import Piece, Recall
from connector.state.staged import Difference

SHOWN = 20
# Codes of which the summary names the words, so that they can be put into the mapping.
WORDS = ("E-EP-006", "E-EP-014", "W-EP-002", "N-EP-003")
WORDS_SHOWN = 5
# What a question is about, one by one.
ABOUT = {
    "F-LA-003": ("W-PE-003",),
    "F-LA-004": ("N-ID-004", "N-ID-005", "N-ID-006"),
}


def tell(outcome: Outcome, *, dry_run: bool) -> None:
    """Refusals to standard error, the summary to standard output."""
    words = outcome.words
    _tell_some([finding for finding in outcome.found if finding.grade == "row"], words.name)
    tell_stopping(outcome, [finding for finding in outcome.found if finding.grade == "file"])
    if outcome.difference is not None:
        kept = outcome.status < 2 and not outcome.earlier and not dry_run
        for line in _lines(outcome, outcome.difference, kept=kept):
            click.echo(line)
    if outcome.status == 2:
        click.echo(f"{words.the} wurde nicht übernommen; es wurde nichts geändert.", err=True)
    elif outcome.earlier:
        day = f"{outcome.earlier.imported_on:%d.%m.%Y}"
        click.echo(f"{words.this} wurde am {day} schon eingelesen; es wurde nichts geändert.")
    elif dry_run:
        click.echo("Probelauf: Es wurde nichts geändert.")


def tell_recalls(recalls: list[Recall]) -> None:
    """Which printed letters must not leave the house any more, to standard error."""
    for recall in recalls:
        click.echo(
            f"Welle {recall.wave_id}: {len(recall.pieces)} gedruckte Briefe sind für Menschen, die "
            "nicht mehr angeschrieben werden dürfen. Bitte Einladung und Erinnerung "
            "herausnehmen, soweit sie nicht in der Post sind. Die Nummer steht auf dem Blatt "
            "unten rechts.",
            err=True,
        )
        for piece in recall.pieces:
            click.echo(f"  {_place(piece)}", err=True)
        if not sys.stderr.isatty():
            click.echo("  Die Aktenzeichen zeigt derselbe Befehl an einem Terminal.", err=True)
        click.echo(f"Danach bitte: connector recall {recall.wave_id} --taken-out", err=True)


def _place(piece: Piece) -> str:
    """Where it lies in the pile; whose it is, a terminal alone shows."""
    if piece.page is None or piece.printed_on is None:
        place = "Blatt ohne Nummer"
    else:
        place = f"Blatt {piece.page} (Druck vom {piece.printed_on:%d.%m.%Y})"
    if sys.stderr.isatty():
        place += f": Aktenzeichen {_harmless(piece.case_number)}"
    return place


def tell_stopping(outcome: Outcome, stops: list[Finding]) -> None:
    """Print the findings that stop the file, and those that each question is about."""
    _tell_some(stops, outcome.words.name)
    for question in stops:
        about = ABOUT.get(question.code, ())
        _tell_some(
            [finding for finding in outcome.found if finding.code in about], outcome.words.name
        )


def _tell_some(findings: list[Finding], source: str) -> None:
    for finding in findings[:SHOWN]:
        click.echo(line(finding, source, clear=sys.stderr.isatty()), err=True)
    if len(findings) > SHOWN:
        click.echo(f"… und {len(findings) - SHOWN} weitere, alle mit --report.", err=True)


def line(finding: Finding, source: str, *, clear: bool) -> str:
    """A finding as printed; clear: with case number and word, for a terminal alone.

    `source`: the name of what was read, for findings about all of it.
    """
    place = [f"Datensatz {finding.record}" if finding.record else source]
    if finding.column:
        place.append(f"Spalte „{finding.column}“")
    if clear and finding.case:
        place.append(f"Aktenzeichen {_harmless(finding.case)}")
    shown = f" [{_harmless(finding.shown)}]" if clear and finding.shown else ""
    return f"{finding.code}  {', '.join(place)}: {finding.message}{shown}"


def _harmless(text: str) -> str:
    """Without what a terminal would obey."""
    return "".join(sign for sign in text if sign.isprintable())


def _lines(outcome: Outcome, difference: Difference, *, kept: bool) -> Iterator[str]:
    yield (
        f"{outcome.records} Datensätze gelesen ({outcome.description}), "
        f"Stichtag {outcome.as_of:%d.%m.%Y}"
    )
    yield (
        f"{difference.taken} Fälle {'übernommen' if kept else 'lesbar'}: {difference.added} neu, "
        f"{difference.changed} geändert; {outcome.vanished} nicht mehr im Export"
    )
    yield (
        f"{outcome.count('row')} Datensätze zurückgewiesen, {outcome.count('excluded')} "
        f"ausgeschlossen, {outcome.count('warning')} mit Warnung, {outcome.count('note')} mit "
        "Hinweis"
    )
    if outcome.filtered:
        yield f"{outcome.filtered} durch die Filter der Zuordnung ausgelassen"
    for code, times in sorted(Counter(finding.code for finding in outcome.found).items()):
        yield f"  {times:>6} x {code}  {messages.CODES[code].title}{_words(outcome.found, code)}"


def _words(findings: Iterable[Finding], code: str) -> str:
    if code not in WORDS or not sys.stdout.isatty():
        return ""
    words = Counter(_harmless(finding.shown) for finding in findings if finding.code == code)
    counts = [f"„{word}“ ({times})" for word, times in words.most_common(WORDS_SHOWN)]
    return ": " + ", ".join(counts) + (" …" if len(words) > WORDS_SHOWN else "")
