"""The weekly count of a wave: all that anybody learns about answers while they come in.

Method. Once a week the number of people who have answered is rounded down to a multiple of the
wave's k and written down; pages show that row and never count themselves. Three things keep it from
telling who answered: it is one number for the whole house, it moves in steps of at least k people,
and it moves at most once a week. Deletions do not lower it. What it cannot keep apart: somebody who
answers k - 1 times with codes of his own sees by the next step that one more person answered.
"""

from datetime import date, timedelta

from survey.engine.database import Database, Transaction
from survey.form import domains, load
from survey.model.waves import Wave
from survey.store import fieldwork, forms, waves
from survey.store.fieldwork import Weekly

WEEK = timedelta(days=7)


def note(database: Database, today: date) -> int:
    """Write down the week that has ended, for every wave that was open in it; gives new rows.

    Running it again in the same week changes nothing, whatever was answered in between.
    """
    written = 0
    with database.write() as tx:
        for wave in waves.list_all(tx):
            if _was_asked(wave, today):
                written += _note(tx, wave, today)
    return written


def weeks(tx: Transaction, wave_id: str) -> list[Weekly]:
    """The weekly counts of a wave, oldest first."""
    return fieldwork.of_wave(tx, wave_id)


def next_numbers(today: date) -> date:
    """The Monday on which the next row is written."""
    return today - timedelta(days=today.weekday()) + WEEK


def monday(week: str) -> date:
    """The first day of an ISO week, "2026-W47"."""
    year, number = week.split("-W")
    return date.fromisocalendar(int(year), int(number), 1)


def _was_asked(wave: Wave, today: date) -> bool:
    first = today - timedelta(days=today.weekday()) - WEEK
    last = first + timedelta(days=6)
    return wave.state in ("open", "closed") and wave.opens_on <= last and wave.last_day >= first


def rounded(tx: Transaction, wave: Wave) -> int:
    """How many have answered, down to the step of k, and never fewer than was shown before."""
    form = load.published(forms.find(tx, wave.form_version).body).form
    domain = domains.label(form.perspective, domains.CIRCUMSTANCES)
    counted = fieldwork.submitted(tx, wave.wave_id, domain)
    k = wave.thresholds.k
    before = max((week.answered for week in fieldwork.of_wave(tx, wave.wave_id)), default=0)
    # Rows of erased answers may go at the close: a number that was shown never falls.
    return max(counted // k * k, before)


def _note(tx: Transaction, wave: Wave, today: date) -> bool:
    answered = rounded(tx, wave)
    year, week, _ = (today - WEEK).isocalendar()
    row = Weekly(wave_id=wave.wave_id, week=f"{year}-W{week:02}", answered=answered)
    return fieldwork.add(tx, row)
