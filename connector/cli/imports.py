"""`connector import`: reads an export and says what it found."""

import sys
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from connector import codes, findings, intake, mapping, pseudonyms, settings
from connector.intake import Outcome, Wish
from connector.state import database

SHOWN = 20
BERLIN = ZoneInfo("Europe/Berlin")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--mapping",
    "mapping_file",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="TOML file that says what the columns mean; see connector/mappings for one to copy.",
)
@click.option("--dry-run", is_flag=True, help="Check everything, write nothing.")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Day on which the export was made, YYYY-MM-DD; default: today.",
)
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the findings as CSV (semicolons, UTF-8 with byte order mark, for a German Excel).",
)
@click.option(
    "--accept-changes",
    is_flag=True,
    help="Take the export even if more than 10 % of the known cases vanished or changed end reasons.",
)
@click.pass_context
def command(
    context: click.Context,
    file: Path,
    mapping_file: Path,
    dry_run: bool,
    as_of: datetime | None,
    report: Path | None,
    accept_changes: bool,
) -> None:
    """Read an export of the case-management system.

    Columns that the mapping does not name are dropped while reading. All of the file is taken in one
    step or, if the file is refused or anything fails, nothing. The last file again changes nothing.

    The report has the columns record;column;code;grade;value;message. Data records count from 1; of a
    value only the last two characters are shown. Grades: file (refused), row (skipped), warning
    (kept), excluded (must not be written to), note.

    Exit status: 0 all taken, 1 rows were refused, 2 the file or the mapping was refused.
    """
    home = settings.read(context.obj)
    today = datetime.now(BERLIN).date()
    wish = Wish(
        path=file,
        loaded=mapping.load(mapping_file),
        as_of=as_of.date() if as_of else today,
        today=today,
        dry_run=dry_run,
        accept_changes=accept_changes,
    )
    keys = pseudonyms.read_keys(home.keys)
    state = database.opened(home.database, tenant=home.settings.tenant)
    try:
        outcome = _take(state, keys, wish)
    finally:
        state.close()
    if report:
        findings.write(report, outcome.found)
    _tell(outcome, wish, report)
    context.exit(outcome.status)


def _take(state: database.SqliteDatabase, keys: pseudonyms.Keys, wish: Wish) -> Outcome:
    """Import behind a progress bar of bytes; only a terminal sees one."""
    size = wish.path.stat().st_size if wish.path.is_file() else 0
    with click.progressbar(
        length=size, label="Export lesen", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        return intake.take(state, keys, wish, lambda read: bar.update(read - bar.pos))


def _tell(outcome: Outcome, wish: Wish, report: Path | None) -> None:
    grave = [one for one in outcome.found if one.grade in ("file", "row")]
    for one in grave[:SHOWN]:
        place = f"Datensatz {one.record}" if one.record else "Datei"
        column = f", Spalte „{one.column}“" if one.column else ""
        click.echo(f"{one.code}  {place}{column}: {one.message}", err=True)
    if len(grave) > SHOWN:
        click.echo(f"… und {len(grave) - SHOWN} weitere (siehe --report).", err=True)
    if outcome.status == 2:
        click.echo("Die Datei wurde nicht übernommen; es wurde nichts geändert.", err=True)
        return
    for line in _summary(outcome):
        click.echo(line)
    for line in _ending(outcome, wish):
        click.echo(line)
    if report:
        click.echo(f"Bericht: {report}")


def _summary(outcome: Outcome) -> list[str]:
    difference = outcome.difference
    assert difference is not None  # noqa: S101  (only a refused file has none)
    lines = [
        f"Gelesen: {outcome.records} Datensätze ({outcome.encoding}, "
        f"Trennzeichen {outcome.delimiter!r})",
        f"Fälle übernommen: {difference.taken} (neu {difference.added}, geändert "
        f"{difference.changed}, verschwunden {difference.vanished})",
        f"Zurückgewiesen: {outcome.count('row')}   Warnungen: {outcome.count('warning')}   "
        f"Ausgeschlossen: {outcome.count('excluded')}   Hinweise: {outcome.count('note')}",
    ]
    if outcome.filtered:
        lines.append(f"Durch Filter der Zuordnung ausgelassen: {outcome.filtered}")
    for code, times in sorted(Counter(one.code for one in outcome.found).items()):
        lines.append(f"  {times:>6} × {code}  {_short(code)}")
    return lines


def _short(code: str) -> str:
    return codes.MESSAGES[code].split(". ")[0].split(": ")[0].removesuffix(".")


def _ending(outcome: Outcome, wish: Wish) -> list[str]:
    if outcome.earlier:
        day: date = outcome.earlier.imported_on
        return [f"Diese Datei wurde am {day:%d.%m.%Y} schon eingelesen; es wurde nichts geändert."]
    return ["Probelauf: Es wurde nichts geändert."] if wish.dry_run else []
