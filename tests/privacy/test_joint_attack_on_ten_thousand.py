"""The same attack on a jobcenter of 10,000 people; answers are written through the actions."""

import pytest

from tests.privacy import attack
from tests.privacy import season as seasons
from tests.privacy.test_joint_attack import hits, loot_of, most_by_chance, targets_of, told

INVITED, SHARE, STEPS = 10_000, 0.15, 500


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    folder = tmp_path_factory.mktemp("city")
    yield seasons.live(folder, count=INVITED, share=SHARE, steps=STEPS, by_pages=0, seed=23)
    seasons.forget([folder])


def test_ten_thousand_people_hide_from_the_jobcenter_with_disk_and_server_keys(city, figures):
    loot = loot_of(city, "server", "office")
    targets = targets_of(city, loot)
    figures.append(f"the same with {INVITED} invited:")
    _, outcomes = told(city, loot, targets, figures)
    assert len(city.people) == INVITED
    assert [dict(outcome.read) for outcome in outcomes if outcome.read] == []
    assert max(hits(city, o.guessed) for o in outcomes) <= most_by_chance(city, targets)


def test_the_attack_knows_everything_about_everybody_but_the_keys(city):
    assert len({one.pseudonym for one in city.people}) == INVITED
    assert len({one.code for one in city.people}) == INVITED
    assert len(list(attack.tokens(loot_of(city, "server", "office"), city.people[0]))) > 200
