"""`survey demo`: a synthetic jobcenter, lived through from export to report."""

from pathlib import Path

import click

from survey.demo import demo as lived
from survey.demo.homes import Place


@click.command()
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("var"),
    show_default=True,
    help="Folder for the demo's homes; below it survey, connector, demo.",
)
@click.option("--port", type=click.IntRange(1024, 65535), default=8000, show_default=True)
@click.option("--fresh", is_flag=True, help="Delete what an earlier demo made there, begin anew.")
def demo(home: Path, port: int, fresh: bool) -> None:
    """Live through it all with invented people, then serve the survey.

    Makes an export, imports it, invites, prints letters, lets simulated people answer through the
    pages, closes the wave, writes the report and opens a second wave. All by the commands a
    jobcenter uses. A second start finds everything there and serves at once.
    """
    lived.live(Place(home=home, port=port), fresh=fresh)
