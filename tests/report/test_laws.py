"""Changes of the law in a trend: dated, sourced, in both languages of a report."""

from datetime import date

from survey.report.measure import laws
from survey.report.measure.questions import LANGUAGES


def test_every_law_has_its_day_its_words_and_its_source() -> None:
    days = [law.on for law in laws.LAWS]
    assert days == sorted(set(days))
    assert {date(2023, 7, 1), date(2026, 7, 1)} <= set(days)
    for law in laws.LAWS:
        assert law.source
        assert tuple(law.text) == LANGUAGES
        assert all(0 < len(words) <= 90 for words in law.text.values())
