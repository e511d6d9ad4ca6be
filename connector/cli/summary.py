"""What an import says at its end, in German: people in the jobcenter read it."""

from collections import Counter
from collections.abc import Iterator

import click

from connector import codes
from connector.findings import Finding
from connector.intake import Outcome
from connector.state.staged import Difference

SHOWN = 20


def tell(outcome: Outcome, *, dry_run: bool) -> None:
    """Refusals to standard error, the summary to standard output; values never."""
    grave = [one for one in outcome.found if one.grade in ("file", "row")]
    for one in grave[:SHOWN]:
        click.echo(f"{one.code}  {_place(one)}: {one.message}", err=True)
    if len(grave) > SHOWN:
        click.echo(f"… und {len(grave) - SHOWN} weitere, alle mit --report.", err=True)
    if outcome.status == 2 or outcome.difference is None:
        click.echo("Die Datei wurde nicht übernommen; es wurde nichts geändert.", err=True)
        return
    for line in _lines(outcome, outcome.difference):
        click.echo(line)
    if outcome.earlier:
        day = f"{outcome.earlier.imported_on:%d.%m.%Y}"
        click.echo(f"Diese Datei wurde am {day} schon eingelesen; es wurde nichts geändert.")
    elif dry_run:
        click.echo("Probelauf: Es wurde nichts geändert.")


def _place(one: Finding) -> str:
    place = f"Datensatz {one.record}" if one.record else "Datei"
    return f"{place}, Spalte „{one.column}“" if one.column else place


def _lines(outcome: Outcome, difference: Difference) -> Iterator[str]:
    sign = {"\t": "Tabulator"}.get(outcome.delimiter, outcome.delimiter)
    yield f"{outcome.records} Datensätze gelesen ({outcome.encoding}, Trennzeichen {sign})"
    yield (
        f"{difference.taken} Fälle übernommen: {difference.added} neu, "
        f"{difference.changed} geändert; {difference.vanished} nicht mehr im Export"
    )
    yield (
        f"{outcome.count('row')} Datensätze zurückgewiesen, {outcome.count('excluded')} "
        f"ausgeschlossen, {outcome.count('warning')} mit Warnung, {outcome.count('note')} mit "
        "Hinweis"
    )
    if outcome.filtered:
        yield f"{outcome.filtered} durch die Filter der Zuordnung ausgelassen"
    for code, times in sorted(Counter(one.code for one in outcome.found).items()):
        yield f"  {times:>6} x {code}  {codes.CODES[code].title}"
