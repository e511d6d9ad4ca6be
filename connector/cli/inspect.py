"""`connector inspect`: whether the house's own database file is sound, and what is in it."""

from pathlib import Path

import click

from connector import settings as homes
from connector.state import database
from survey.engine.inspection import FileReport, report


@click.command()
@click.option("--tables", is_flag=True, help="Every table with its columns, key and indexes.")
@click.pass_obj
def inspect(home: Path, tables: bool) -> None:
    """Check the database file of the house and say what is in it; nothing is changed.

    Reads the whole file: damage, rows that point to nothing, tables that were changed by hand, the
    version of the database. Status 1 if anything is wrong.
    """
    connector_home = homes.read(home)
    file_report = report(connector_home.database, database.MIGRATIONS)
    click.echo(
        f"Datei: {connector_home.database}, {-(-file_report.size // 1024)} kB, "
        f"SQLite {file_report.sqlite}"
    )
    click.echo(
        f"Stand: {file_report.version} von {file_report.latest}, {len(file_report.tables)} Tabellen"
    )
    if tables:
        _tell_tables(file_report)
    problems = _problems(file_report)
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        raise SystemExit(1)
    click.echo("In Ordnung: nichts beschädigt, kein Verweis ins Leere, Tabellen wie ausgeliefert.")


def _tell_tables(file_report: FileReport) -> None:
    for table in file_report.tables:
        click.echo(f"\n{table.name}  (Schlüssel: {', '.join(table.key)})")
        for name, kind in table.columns.items():
            click.echo(f"  {name} {kind}")
        for columns in table.indexes:
            click.echo(f"  Index: {', '.join(columns)}")
    click.echo()


def _problems(file_report: FileReport) -> list[str]:
    problems = [
        f"Beschädigt: {damage}. Bitte die letzte Sicherung einspielen."
        for damage in file_report.damaged
    ]
    problems += [f"Zeilen von {orphan} verweisen ins Leere." for orphan in file_report.orphans]
    problems += [f"Von Hand geändert: {table}" for table in file_report.differing]
    if file_report.version != file_report.latest:
        problems.append(
            "Nicht auf dem Stand dieses Programms: Das nächste connector-Kommando bringt ihn."
        )
    return problems
