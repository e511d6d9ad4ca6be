import time

import pytest
from argon2 import PasswordHasher

from survey.linkage import passwords

GOOD = "drei Birnen am Bahnhof"


@pytest.fixture(scope="module")
def stored():
    return passwords.make(GOOD)


def test_a_password_fits_what_was_made_of_it_and_nothing_else_does(stored):
    assert passwords.fits(stored, GOOD)
    assert not passwords.fits(stored, GOOD + " ")
    assert not passwords.fits(stored, "")


def test_what_is_kept_names_the_second_recommended_option_of_rfc_9106(stored):
    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert GOOD not in stored


def test_the_same_password_is_kept_differently_each_time(stored):
    assert passwords.make(GOOD) != stored


def test_an_unknown_login_never_fits_and_costs_what_a_wrong_password_costs(stored):
    def seconds(kept):
        began = time.process_time()
        assert not passwords.fits(kept, "falsch")
        return time.process_time() - began

    unknown = min(seconds(None) for _ in range(3))
    wrong = min(seconds(stored) for _ in range(3))
    assert 0.6 < unknown / wrong < 1.7


def test_the_password_of_nobody_is_made_as_all_others_are():
    assert not passwords.stale(passwords._NOBODY)


def test_something_that_is_no_password_at_all_fits_nothing():
    assert not passwords.fits("not a hash", GOOD)


def test_an_umlaut_fits_however_the_keyboard_composed_it():
    assert passwords.fits(passwords.make("g\u00fcnstige Birnen"), "gu\u0308nstige Birnen")


def test_a_password_made_with_less_memory_is_stale(stored):
    assert passwords.stale(PasswordHasher(memory_cost=8192).hash(GOOD))
    assert not passwords.stale(stored)


@pytest.mark.parametrize(
    ("plain", "key"),
    [
        ("kurz", "password-short"),
        ("x" * 201, "password-long"),
        ("aaaaaaaaaaaaaaaa", "password-common"),
        ("Passwort1234!", "password-common"),
        ("Jobcenter-2026", "password-common"),
        ("0123456789 0123456789", "password-common"),
        (GOOD, None),
        ("Jobcenter im Regen, Dienstag", None),
    ],
)
def test_weak_passwords_are_told_apart_by_what_is_wrong_with_them(plain, key):
    assert passwords.weak(plain) == key


def test_a_generated_password_is_long_new_and_has_no_signs_that_look_alike():
    made = {passwords.generate() for _ in range(50)}
    assert len(made) == 50
    for each in made:
        assert passwords.weak(each) is None
        assert len(each) == 23
        assert not set(each) & set("l10O9")
