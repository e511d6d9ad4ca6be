"""What simulated people think, and how far each of them goes: seeded, with a structure to find.

Respect is high, benefits are badly explained, one team is clearly different, who reads little
German finds the way less easily. Nothing is said about anybody real.
"""

import random
from collections.abc import Iterable
from typing import Literal, TypeAlias

from msgspec import Struct

from survey.demo.export import Addressee
from survey.form.options import RESERVED

# send: to the end; erase: to the end, and later deleted by the code; leave: the window is closed
# half way; stop: "Aufhören und löschen".
Course: TypeAlias = Literal["send", "erase", "leave", "stop"]

SHARE = {"deu": 0.42, "ara": 0.38, "eng": 0.40}
SHARE_OF_OTHERS = 0.36
COURSES: dict[Course, int] = {"send": 91, "erase": 3, "leave": 4, "stop": 2}

# In which of the languages offered somebody with this first language answers.
READS: dict[str, dict[str, int]] = {
    "deu": {"de": 82, "de-simple": 18},
    "ara": {"ar": 88, "de-simple": 12},
    "eng": {"en": 90, "de": 10},
    "ukr": {"en": 35, "de-simple": 40, "de": 25},
}
READS_OF_OTHERS = {"de": 50, "de-simple": 35, "en": 15}

# Mean agreement on 1..5; what is not named here is 3.4.
MEANS = {
    "k1": 4.2, "k2": 3.2, "w1": 4.5, "w2": 4.0, "l1": 2.3, "p1": 3.3, "p2": 3.1, "h1": 2.9,
    "z1": 3.8, "e1": 2.9,
}  # fmt: skip
SHIFTS = {"FM 3": -0.9, "U25": 0.3}
# Shares of got, late, not_got; who needs none of it is the rest.
HELPS = {
    "h5-money": (30, 10, 20), "h5-housing": (12, 8, 22), "h5-family": (20, 4, 8),
    "h5-german": (25, 6, 5), "h5-school": (12, 3, 7), "h5-work": (28, 6, 16),
    "h5-health": (15, 5, 12),
}  # fmt: skip
REFUSED, PASSED_OVER, NOT_APPLICABLE = 0.025, 0.02, 0.03
WRITES, QUOTABLE = 0.25, 0.6
# Who shows something, and how likely each block is then.
SHOWS, SHOWS_EACH = 0.18, 0.45

# What people write to each question that asks for words: what helped, what should become better.
HELPED: dict[str, tuple[str, ...]] = {
    "de": (
        "Man hat mir zugehört. Das war gut.",
        "Der Plan war zum ersten Mal wirklich meiner.",
        "Mir hat geholfen, dass die Schuldnerberatung gleich im Haus war.",
        "Im Gespräch ging es um mich und nicht nur um Formulare.",
        "Die Wartezeit am Empfang war kurz, das war früher anders.",
        "Dass mir jemand die Rechnung Zeile für Zeile erklärt hat.",
        "Der Rückruf kam noch am selben Tag.",
    ),
    "de-simple": (
        "Die Frau ist nett. Sie hilft mir.",
        "Ich verstehe den Plan jetzt.",
        "Danke für die Hilfe mit der Wohnung.",
    ),
    "en": (
        "I was treated kindly and could ask anything.",
        "The course fits my work because it is in the evening.",
    ),
    "ar": (
        "الموظفة لطيفة وتشرح لي بهدوء.",
        "ساعدني المترجم كثيرًا في الموعد الأول.",
    ),
}
BETTER: dict[str, tuple[str, ...]] = {
    "de": (
        "Am Telefon lande ich immer in der Warteschleife.",
        "Der Bescheid ist zu lang. Eine Seite mit dem Wichtigsten würde helfen.",
        "Ich hätte gerne öfter einen Termin am Nachmittag, wegen der Kinder.",
        "Die Erklärung zur Miete habe ich bis heute nicht verstanden.",
        "Drei Stellen, drei Auskünfte. Bitte sprechen Sie miteinander.",
        "Ich warte seit Wochen auf Antwort zu meinem Antrag.",
        "Ein fester Rückruf am selben Tag wäre das Beste.",
        "Ich wünsche mir, dass man mir die Rechnung vorliest und erklärt.",
        "Nach dem Wechsel musste ich alles noch einmal erzählen.",
    ),
    "de-simple": (
        "Die Briefe sind schwer.",
        "Bitte kurze Sätze schreiben.",
        "Am Telefon geht es zu schnell.",
    ),
    "en": (
        "Nobody could explain the letter to me.",
        "An interpreter at the first meeting would help a lot.",
        "I would like to get letters by e-mail as well.",
    ),
    "ar": (
        "أحتاج إلى مترجم في الموعد.",
        "الرسائل صعبة الفهم، أرجو لغة أبسط.",
    ),
}
WORDS = {"g2": HELPED, "g3": BETTER}


class Mind(Struct, frozen=True, kw_only=True):
    """One person before she opens the letter; `seed` makes everything else repeatable."""

    code: str
    team: str
    tag: str
    course: Course
    seed: str
    detours: bool


def minds(people: Iterable[tuple[Addressee, str]], seed: int) -> list[Mind]:
    """Who of the invited takes part, given each with her code; in the order of the names."""
    by_name = sorted(people, key=lambda pair: (pair[0].name, pair[0].street))
    taking: list[Mind] = []
    for place, (person, code) in enumerate(by_name):
        drawn = _dice(f"{seed}/{place}")
        if drawn.random() > SHARE.get(person.language, SHARE_OF_OTHERS):
            continue
        reads = READS.get(person.language, READS_OF_OTHERS)
        taking.append(
            Mind(
                code=code,
                team=person.team,
                tag=drawn.choices(list(reads), list(reads.values()))[0],
                course=drawn.choices(list(COURSES), list(COURSES.values()))[0],
                seed=f"{seed}/{place}/answers",
                detours=len(taking) % 8 == 0,
            )
        )
    return taking


class Opinion:
    """What one person says to each question; the same questions, the same answers."""

    def __init__(self, mind: Mind) -> None:
        self._mind = mind
        self._drawn = _dice(mind.seed)
        self._mood = self._drawn.gauss(0, 0.6)
        self.patience = self._drawn.randint(3, 14)

    def choose(self, question_id: str, codes: list[str]) -> str:
        """One of the codes offered; empty when the question is passed over."""
        way = self._drawn.random()
        for code, share in (
            (RESERVED.declined, REFUSED),
            ("", PASSED_OVER),
            (RESERVED.not_applicable, NOT_APPLICABLE),
        ):
            way -= share
            if way < 0 and (code in codes or not code):
                return code
        offered = [
            code for code in codes if code not in (RESERVED.declined, RESERVED.not_applicable)
        ]
        if question_id in HELPS:
            return self._help(question_id, offered)
        if all(code.isdigit() for code in offered):
            return self._step(question_id, offered)
        return self._drawn.choice(offered)

    def shows(self, blocks: list[str]) -> list[str]:
        """The blocks her case manager may see; mostly none."""
        if self._drawn.random() > SHOWS:
            return []
        return [block for block in blocks if self._drawn.random() < SHOWS_EACH]

    def words(self, question_id: str) -> str:
        """A sentence or two of one's own that answers the question; mostly none."""
        if self._drawn.random() > WRITES:
            return ""
        written = WORDS[question_id]
        return self._drawn.choice(written.get(self._mind.tag, written["de"]))

    def quotable(self) -> bool:
        """Whether her words may be printed as they are."""
        return self._drawn.random() < QUOTABLE

    def _step(self, question_id: str, steps: list[str]) -> str:
        """A step of agreement, or a grade, which falls as agreement rises."""
        level = MEANS.get(question_id, 3.4) + SHIFTS.get(self._mind.team, 0.0) + self._mood
        if question_id == "z1" and self._mind.tag == "ar":
            level -= 1.1
        if len(steps) == 6:
            level = 6.2 - level
        met = round(self._drawn.gauss(level, 0.7))
        return str(min(max(met, int(min(steps))), int(max(steps))))

    def _help(self, question_id: str, codes: list[str]) -> str:
        shares = HELPS[question_id]
        weights = [*shares, 100 - sum(shares)]
        return self._drawn.choices(codes, weights[: len(codes)])[0]


def _dice(seed: str) -> random.Random:
    return random.Random(seed)  # noqa: S311 - repeatable, nothing secret
