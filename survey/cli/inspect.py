"""`survey inspect`: whether the database file is sound, and what is in it."""

from pathlib import Path

import click

from survey.engine import engines
from survey.engine.inspection import FileReport, report
from survey.errors import Refused
from survey.home import MIGRATIONS, load_settings


@click.command()
@click.option("--tables", is_flag=True, help="Every table with its columns, key and indexes.")
@click.pass_obj
def inspect(home: Path, tables: bool) -> None:
    """Check the SQLite file of the house and say what is in it; nothing is changed.

    Reads the whole file: damage, rows that point to nothing, tables that were changed by hand, the
    version of the database. Rows are not counted: the number of answers would tell when one comes
    or goes. Status 1 if anything is wrong.
    """
    settings = load_settings(home)
    if not engines.is_file(settings.database):
        raise Refused(
            reason="the database is PostgreSQL, which has tools of its own",
            cure=r"psql: \d+ for the tables; pg_amcheck for damage",
        )
    file = home / settings.database
    result = report(file, MIGRATIONS)
    click.echo(f"File: {file}, {_size(result.size)}, SQLite {result.sqlite}")
    click.echo(f"Write-ahead log: {_size(result.log_size)} ({result.journal})")
    click.echo(f"Version: {result.version} of {result.latest}, {len(result.tables)} tables")
    if tables:
        _tell_tables(result)
    problems = _problems(result)
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        raise SystemExit(1)
    click.echo(
        "Sound: no damage, nothing that points to nothing, tables as this version makes them."
    )


def _tell_tables(result: FileReport) -> None:
    for table in result.tables:
        click.echo(f"\n{table.name}  (key: {', '.join(table.key)})")
        for name, kind in table.columns.items():
            click.echo(f"  {name} {kind}")
        for columns in table.indexes:
            click.echo(f"  index: {', '.join(columns)}")
    click.echo()


def _problems(result: FileReport) -> list[str]:
    problems = [
        f"Damaged: {damage}. Use the last backup: survey restore" for damage in result.damaged
    ]
    problems += [f"Rows of {orphan} point to nothing." for orphan in result.orphans]
    problems += [f"Changed by hand: {difference}" for difference in result.differing]
    if result.version != result.latest:
        problems.append("Not at the version of this programme: survey migrate")
    return problems


def _size(count: int) -> str:
    return f"{-(-count // 1024)} kB"
