"""Staff pages of a programme that was ended while they were served, and after a new start."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from survey.actions import programme_end, wave_close
from survey.cli.main import main
from survey.staff_app import create_staff_app
from tests.world import staff
from tests.world.programmes import PROGRAMME

ID = PROGRAMME.programme_id
PAGES = (
    "/", "/programmes", f"/programmes/{ID}", "/waves", "/waves/w1", "/waves/new", "/fieldwork",
    "/fieldwork/w1", "/remarks", "/remarks/w1", "/reports", "/reports/w1", "/results/w1",
    "/oversight", "/oversight/told/w1", "/audit", "/audit?check=1",
)  # fmt: skip


@pytest.mark.parametrize("restarted", [False, True])
def test_no_staff_page_breaks_on_an_ended_programme(tmp_path, restarted):
    world = staff.build(tmp_path)
    wave_close.close(world.home.services(), "w1", actor="test", at=datetime.now(UTC))
    done = CliRunner().invoke(
        main, ["--home", str(tmp_path), "programme", "end", ID, "--yes-destroy", ID]
    )
    assert done.exit_code == 0, done.output
    if restarted:
        world.staff_app = create_staff_app(world.home)
    else:
        services = world.staff_app.dependencies["services"].dependency()
        programme_end.drop_ended_keys(services)
        programme_end.drop_ended_keys(services)
        assert services.keys == {}
    found = {}
    for login in ("dilan", "enno", "farah"):
        browser = world.browser(login)
        for page in PAGES:
            found[login, page] = browser.get(page).status_code
    assert {key: status for key, status in found.items() if status >= 500} == {}
    assert found["farah", "/audit?check=1"] == found["dilan", "/waves/w1"] == 200
    world.database.close()
