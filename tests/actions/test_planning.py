"""Planning a wave from what was before."""

from datetime import date

from survey.actions import exchange, wave_plans
from survey.form import load
from survey.model.waves import Thresholds
from tests.actions.conftest import AT, PROGRAMME, TEAMS
from tests.world import connectors


def test_recipients_forms_are_offered_with_their_sizes():
    (form,) = [each for each in wave_plans.forms() if each.form_id == "satisfaction"]
    sizes = dict(form.selections)
    assert sizes["default"] < sizes["full"]
    assert "kiosk" not in {each.form_id for each in wave_plans.forms()}


def test_a_first_wave_has_nothing_before_it(services):
    with services.database.read() as tx:
        assert wave_plans.before(tx, "p") is None
        assert wave_plans.next_number(tx, "p") == 2
        assert wave_plans.next_number(tx, "another") == 1


def test_units_of_the_last_sample_are_the_guess_for_the_next(world, services, office, printed):
    batch = connectors.batch("w1", printed, units=TEAMS)
    envelope = office.envelope(services.evaluator.public_key, batch)
    exchange.open_batch(world.database, services.evaluator, envelope, at=AT)
    world.plan("w2", 2)
    with services.database.read() as tx:
        last = wave_plans.before(tx, "p")
    assert last is not None
    assert [(each.label, each.invited) for each in last.groups] == [("Team-1", 30), ("Team-2", 30)]
    assert (last.wave.wave_id, last.rate) == ("w1", None)


def test_a_planned_wave_is_what_people_would_be_told_and_nothing_is_kept(services):
    published = load.publish(load.form("satisfaction"), load.wordings("satisfaction"), "default")
    days = (date(2027, 3, 1), date(2027, 3, 31))
    asked = wave_plans.planned(
        PROGRAMME,
        published,
        wave_id="w2",
        title="Herbst",
        number=2,
        days=days,
        thresholds=Thresholds(k=15),
    )
    assert (asked.wave.thresholds.k, asked.wave.closes_on) == (15, days[1])
    with services.database.read() as tx:
        assert wave_plans.next_number(tx, "p") == 2
