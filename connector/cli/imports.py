"""`connector import`: reads an export and prints the findings."""

import sys
from datetime import date, datetime
from pathlib import Path

import click
from msgspec import structs

from connector import settings as homes
from connector.cli import import_questions, summary
from connector.errors import MappingError, ReportFailed
from connector.imports import findings, mapping, pseudonyms, run
from connector.imports.outcome import ImportRequest, Outcome
from connector.imports.questions import Agreed
from connector.imports.source import kinds
from connector.imports.source.kinds import Source
from connector.letters import recall
from connector.letters.recall import Recall
from connector.settings import Home
from connector.state import database
from survey.command import Stopped, system_stopped
from survey.errors import ResonanzError


class FileStopped(click.ClickException):
    """The import stopped as a whole: exit status 2, since 1 means that rows were refused."""

    exit_code = 2

    def __init__(self, error: ResonanzError) -> None:
        if isinstance(error, MappingError | ReportFailed):
            message = error.said
        else:
            message = Stopped(error).message
        super().__init__(message)


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--mapping",
    "mapping_file",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="TOML file that says what the columns mean; copy one of connector/mappings.",
)
@click.option("--dry-run", is_flag=True, help="Check everything, change nothing.")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Day on which the export was made, YYYY-MM-DD; default: the day the file was written.",
)
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help="Write the findings as CSV (semicolons, UTF-8 with byte order mark, for a German Excel).",
)
@click.option(
    "--accept-changes",
    is_flag=True,
    help="Take it even if more than 10 % of the known cases vanished, changed end reasons, or may "
    "no longer or again be written to.",
)
@click.option(
    "--accept-older", is_flag=True, help="Take it even if it is older than what is known."
)
@click.option(
    "--lift",
    type=click.IntRange(min=1),
    metavar="PEOPLE",
    help="Let exactly so many people be written to again whom something protected until now.",
)
@click.option(
    "--accept-merges",
    is_flag=True,
    help="Let cases, people and names that were known in two spellings become one.",
)
@click.pass_context
def imports(
    ctx: click.Context,
    file: Path,
    mapping_file: Path,
    dry_run: bool,
    as_of: datetime | None,
    report: Path | None,
    accept_changes: bool,
    accept_older: bool,
    lift: int | None,
    accept_merges: bool,
) -> None:
    """Read an export of the case-management system.

    Columns that the mapping does not name are dropped while reading. The file is taken in one step
    or, if it is refused or anything fails, not at all. The last file again, as of the same day,
    changes nothing; as of another day it is another import and puts the last one right.

    What an older file, a lifted protection or a mass change would do is asked at the terminal;
    where there is none, the file is refused unless the option says that a person has agreed.

    Afterwards it names the printed letters and reminders that must not be posted any more.

    The report has the columns record;column;code;grade;value;message. Data records count from 1; of
    a value at most the last two characters are shown; at a terminal refusals also name the case and
    the word. Grades: file (refused), row (skipped), warning (kept), excluded (must not be written
    to), note.

    Exit status: 0 all taken, 1 rows were refused, 2 the file was refused or could not be tried.
    """
    if report:
        _refuse_report(report, (file, mapping_file))
    try:
        connector_home = homes.read(ctx.obj)
        today = connector_home.today()
        loaded = mapping.load(mapping_file)
        source = loaded.mapping.source(file)
        request = ImportRequest(
            source=source,
            loaded=loaded,
            as_of=_as_of(connector_home, source, as_of),
            today=today,
            dry_run=dry_run,
            agreed=Agreed(
                changes=accept_changes, older=accept_older, merges=accept_merges, lift=lift
            ),
        )
        outcome = _take_asking(connector_home, request)
        recalls = _recalls(connector_home, today)
    except ResonanzError as error:
        raise FileStopped(error) from error
    except OSError as error:
        raise FileStopped(system_stopped(error)) from error
    summary.tell(outcome, dry_run=dry_run)
    summary.tell_recalls(recalls)
    if report:
        _write(report, outcome)
    ctx.exit(outcome.status)


def _as_of(home: Home, source: Source, given: datetime | None) -> date:
    """The day of the export; a missing source is reported later."""
    if given:
        return given.date()
    made_on = kinds.made_on(source, home.settings.zone)
    return min(home.today(), made_on) if made_on else home.today()


def _take_asking(home: Home, request: ImportRequest) -> Outcome:
    """Import; at a terminal ask what has to be asked, and import again with what was agreed to."""
    outcome = _take(home, request)
    while outcome.questions and not request.dry_run and sys.stdin.isatty():
        agreed = import_questions.ask(outcome, request.agreed)
        if agreed is None:
            break
        request = structs.replace(request, agreed=agreed)
        outcome = _take(home, request)
    return outcome


def _recalls(home: Home, today: date) -> list[Recall]:
    """Letters that must be taken out by what is known now, whatever became of the import."""
    state = database.opened(home.database, tenant=home.settings.tenant)
    try:
        return recall.due(state, pseudonyms.read_keys(home.keys).case, today=today)
    finally:
        state.close()


def _refuse_report(report: Path, read: tuple[Path, ...]) -> None:
    """Before anything is taken: a folder that is there, and no file that is still needed."""
    if not report.absolute().parent.is_dir():
        raise click.BadParameter(f"the folder of {report} does not exist", param_hint="--report")
    if report.resolve() in [path.resolve() for path in read]:
        raise click.BadParameter(f"{report} would be overwritten", param_hint="--report")


def _write(report: Path, outcome: Outcome) -> None:
    try:
        findings.write(report, outcome.found)
    except OSError as error:
        raise FileStopped(ReportFailed(report, error.strerror)) from error
    click.echo(f"Bericht: {report}")


def _take(home: Home, request: ImportRequest) -> Outcome:
    """Import behind a progress bar of records, which only a terminal sees."""
    keys = pseudonyms.read_keys(home.keys)
    state = database.opened(home.database, tenant=home.settings.tenant)
    hidden = not sys.stderr.isatty()
    try:
        with click.progressbar(
            length=1, label="Export lesen", file=sys.stderr, hidden=hidden
        ) as bar:

            def read(records: int, expected: int | None) -> None:
                # Where nobody knows how many there are, the bar stays at its end and counts.
                bar.length = expected or records
                bar.update(records - bar.pos)

            return run.take(state, keys, request, read)
    finally:
        state.close()
