"""What everybody is going to answer: seeded, different for each, with words of their own."""

from random import Random

from msgspec import Struct

from survey.form import load, options
from survey.form.load import Published
from survey.language import tags
from survey.model.answers import Answer, Answers, Chosen, Declined, NotApplicable, Written
from survey.model.form import Question, Rating, Text

SHARE = 0.6
WRITES = 0.5
WORDS = ("Termin", "Brief", "freundlich", "gewartet", "Antrag", "Kurs", "verstanden", "Telefon")


class Plan(Struct, frozen=True, kw_only=True):
    """One person's part in a wave."""

    takes_part: bool
    language: str
    answers: Answers


def published(selection: str = "default") -> Published:
    """The satisfaction form, frozen as a wave freezes it."""
    return load.publish(load.form("satisfaction"), load.wordings("satisfaction"), selection)


def plan(form: Published, number: int, *, seed: int, share: float = SHARE) -> Plan:
    """The plan of the person of this number; everybody's depends on the seed and number alone."""
    chance = Random(seed * 1_000_003 + number)
    # Some are content, some are not: answers of one person hang together, as in life.
    mood = chance.choice((1, 2, 3, 4, 5))
    answers = {q.id: _answer(q, form, chance, mood, number) for q in form.form.questions}
    return Plan(
        takes_part=chance.random() < share,
        language=chance.choice([tag for tag in tags.KNOWN if tag in form.wordings]),
        answers={name: said for name, said in answers.items() if said is not None},
    )


def _answer(
    question: Question, form: Published, chance: Random, mood: int, number: int
) -> Answer | None:
    if isinstance(question, Text):
        return Written(text=_words(chance, number)) if chance.random() < WRITES else None
    drawn = chance.random()
    if drawn < 0.05:
        return None
    if drawn < 0.1:
        return Declined()
    if drawn < 0.13 and question.applicable:
        return NotApplicable()
    possible = options.codes(question, form.form)
    if isinstance(question, Rating):
        possible = form.form.scales[question.scale].codes
        if len(possible) >= 5 and drawn < 0.6:
            return Chosen(codes=(possible[mood - 1],))
    return Chosen(codes=(chance.choice(possible),))


def _words(chance: Random, number: int) -> str:
    """Words of different length, in which the writer is found again by whoever reads them."""
    said = " ".join(chance.choice(WORDS) for _ in range(chance.randint(2, 60)))
    return f"Wortlaut-{number:05d}-{chance.randrange(10**9):09d} {said}"
