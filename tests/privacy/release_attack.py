"""The attack of who knows by name what people chose to show, and wants the rest.

A release leads to its row, because the connector knows the digest of the row's handle. From there
it tries what came into the file with that row, what the row points at, and which opened rows hold
the answers that are known.
"""

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from connector import settings as office_settings
from survey import clock
from survey.actions import pull
from survey.errors import NotSealedForUs
from survey.form import encode
from survey.form.load import Published
from survey.linkage import envelopes, keys, releases
from survey.model.answers import Chosen
from survey.model.exchange import HeldRelease, Pull, PullRequest, ReleasedBlock
from survey.model.form import Rating
from survey.model.waves import slot
from tests.privacy import attack
from tests.privacy.attack import Claims, Loot, Outcome, Reader
from tests.privacy.disks import Row
from tests.privacy.season import Season
from tests.world.jobcenter import Invited, Jobcenter

# So many rows are as good as one: majority decides.
FEW = 3


class Known(Struct, frozen=True, kw_only=True):
    """What a person shows: her place, and answers by question; ids of rows where they are known."""

    place: int
    said: Mapping[str, str]
    release_ids: tuple[str, ...] = ()


def of(season: Season) -> list[Known]:
    """What the connector of a season reads when everything was handed over."""
    world = season.world
    listed = pulled(world).releases
    return read(listed, exchange_key(world), season.people, world.published)


def exchange_key(world: Jobcenter) -> bytes:
    """The connector's own."""
    return keys.sealing_pair(world.office / "keys").private


def pulled(world: Jobcenter) -> Pull:
    """Everything the connector may hold on the Monday of this week's slot."""
    here = office_settings.read(world.office)
    parts = (here.connector_id, secrets.token_bytes(16))
    private = keys.signing_pair(here.keys).private
    signature = envelopes.sign(private, envelopes.PULL, *parts)
    request = PullRequest(connector_id=parts[0], nonce=parts[1], signature=signature)
    on = slot(clock.today())
    return pull.pull(replace(world.services, today=lambda: on), request, at=clock.now())


def read(
    listed: Iterable[HeldRelease], key: bytes, people: Sequence[Invited], form: Published
) -> list[Known]:
    """Everything the connector's key opens, put back from words to answers."""
    places = {one.pseudonym: place for place, one in enumerate(people)}
    said: dict[int, dict[str, str]] = {}
    ids: dict[int, list[str]] = {}
    for held in listed:
        addressed, words = releases.open_addressed(key, held.sealed)
        place = places[addressed.pseudonym]
        ids.setdefault(place, []).append(held.release_id)
        block = msgspec.json.decode(words, type=ReleasedBlock)
        said.setdefault(place, {}).update(_answers(block, form))
    return [Known(place=p, said=said[p], release_ids=tuple(ids[p])) for p in said]


def opens(row: Row, held: Iterable[bytes]) -> bool:
    """Whether any of these keys opens the connector's copy in a row."""
    for key in held:
        try:
            releases.open_addressed(key, bytes(row.values["sealed"]))  # type: ignore[call-overload]
        except NotSealedForUs:
            continue
        return True
    return False


def run(loot: Loot, known: Sequence[Known]) -> list[Outcome]:
    """Try every way from what is shown to what is not, on everybody who shows something."""
    targets = [one.place for one in known]
    last = [row for rows in loot.copies[-1].rows.values() for row in rows]
    ways = [
        Claims(way="release, came with it", rows=_by_commit(loot, known)),
        Claims(way="release, points at", rows=_by_pointer(last, known)),
        Claims(way="release, known answers", rows=_by_answers(loot, last, known)),
    ]
    reader = Reader(loot)
    return [attack.outcome(loot, reader, claims, targets, []) for claims in ways]


def _answers(block: ReleasedBlock, form: Published) -> dict[str, str]:
    words = form.wordings["de"]
    found = {}
    for line in block.lines:
        for question in form.form.questions:
            if isinstance(question, Rating) and words.questions[question.id].label == line.question:
                codes = {text: code for code, text in words.scales[question.scale].items()}
                if line.answer in codes:
                    found[question.id] = coded(question.id, codes[line.answer])
    return found


def coded(question_id: str, code: str) -> str:
    """An answer as the attack compares it."""
    answers = {question_id: Chosen(codes=(code,))}
    return attack.shown(msgspec.msgpack.decode(encode.encode(answers))[question_id])


def _rows_of(rows: Iterable[Row], known: Known) -> list[Row]:
    return [row for row in rows if isinstance(row.key, bytes) and _id(row.key) in known.release_ids]


def _id(handle: bytes) -> str:
    return hashlib.sha256(handle).digest()[:16].hex()


def _by_commit(loot: Loot, known: Sequence[Known]) -> dict[int, list[Row]]:
    """What came between the same two copies as the row of a release."""
    claims: dict[int, list[Row]] = {}
    for before, after in pairwise(loot.copies):
        had = {row.key for rows in before.rows.values() for row in rows}
        came = [r for rows in after.rows.values() for r in rows if r.key not in had]
        for one in known:
            if _rows_of(came, one):
                claims[one.place] = came
    return claims


def _by_pointer(rows: Sequence[Row], known: Sequence[Known]) -> dict[int, list[Row]]:
    """Rows whose key stands in the row of a release."""
    index = {row.key: row for row in rows if isinstance(row.key, bytes)}
    claims: dict[int, list[Row]] = {}
    for one in known:
        own = _rows_of(rows, one)
        values = [v for row in own for v in row.values.values() if isinstance(v, bytes)]
        claims[one.place] = [index[v] for v in values if v in index and index[v] not in own]
    return claims


def _by_answers(loot: Loot, rows: Sequence[Row], known: Sequence[Known]) -> dict[int, list[Row]]:
    """Rows that open and hold everything that is known of a person, if they are few."""
    reader = Reader(loot)
    questions = {question for one in known for question in one.said}
    opened = [(row, said) for row in rows if (said := _said(reader, row, questions))]
    claims: dict[int, list[Row]] = {}
    for one in known:
        fits = [row for row, said in opened if one.said.items() <= said.items()]
        if len(fits) <= FEW:
            claims[one.place] = fits
    return claims


def _said(reader: Reader, row: Row, questions: Iterable[str]) -> dict[str, str]:
    """All the answers in a row, if it opens."""
    found: dict[str, str] = {}
    for plain in reader.plains(row):
        for question in questions:
            if (said := attack.answer(plain, question)) is not None:
                found[question] = said
    return found
