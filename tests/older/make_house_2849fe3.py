"""Makes house-2849fe3.tar.xz, with the code of commit 2849fe3: run there, and not by any test.

    git worktree add /tmp/old 2849fe3
    cd /tmp/old
    PYTHONPATH=. python .../tests/older/make_house_2849fe3.py .../tests/older/house-2849fe3.tar.xz

A synthetic jobcenter; its keys were made for it and open nothing else. Everything in it was posted
to the pages of that commit, as browsers post it.
"""

import json
import sys
import tarfile
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

import msgspec
from litestar.testing import TestClient

from connector import settings as office_settings
from survey import settings as settings_file
from survey.form import options
from survey.model.answers import Answer, Chosen, NotApplicable, Refused
from survey.model.form import Choice, Rating
from tests.world import answering, jobcenter, people
from tests.world.jobcenter import World

PEOPLE, SEED = 72, 11
OPEN_WAVE, LAST_DAY = "w2", date(2099, 12, 31)
STAYS_SILENT = 6
# So many that disclosure control shows how many declined.
DECLINED, DOES_NOT_FIT = 0.3, 0.3


def main(target: Path) -> None:
    """Build, answer, close, open the next wave, leave a draft in it, and pack."""
    with tempfile.TemporaryDirectory() as folder:
        world = jobcenter.build(Path(folder), count=PEOPLE, seed=SEED)
        truth = _answer(world)
        world.survey("wave", "close", jobcenter.WAVE, "--yes")
        codes = _next_wave(world)
        draft = _draft(world, codes[0])
        world.home.database.truncate_wal()
        facts = {"answers": truth, "draft": draft, "unused_codes": codes[1:31]}
        (world.folder / "facts.json").write_text(json.dumps(facts, indent=1, sort_keys=True))
        _pack(world.folder, target)


def _client(world: World) -> TestClient:
    client = TestClient(world.app(), base_url=jobcenter.BASE)
    client.follow_redirects = False
    return client


def _answer(world: World) -> dict[str, dict[str, int]]:
    """Everybody but a few answers through the pages; gives what was said, by question."""
    chance, truth = Random(SEED), {}
    for one in world.invited[STAYS_SILENT:]:
        said = {
            question.id: _said(question, world, chance)
            for question in world.published.form.questions
            if isinstance(question, Rating | Choice)
        }
        plan = msgspec.structs.replace(one.plan, answers=said)
        with _client(world) as client:
            answering.through_the_pages(client, msgspec.structs.replace(one, plan=plan))
        for question_id, answer in said.items():
            truth.setdefault(question_id, Counter())[_word(answer)] += 1
    return truth


def _said(question: Rating | Choice, world: World, chance: Random) -> Answer:
    drawn = chance.random()
    if drawn < DECLINED:
        return Refused()
    if drawn < DECLINED + DOES_NOT_FIT and question.applicable:
        return NotApplicable()
    return Chosen(codes=(chance.choice(options.codes(question, world.published.form)),))


def _word(answer: Answer) -> str:
    match answer:
        case Chosen(codes=(code,)):
            return code
        case Refused():
            return "declined"
        case NotApplicable():
            return "not applicable"
    raise AssertionError(answer)


def _next_wave(world: World) -> list[str]:
    """The second wave, open for long; gives the codes of its letters."""
    path = world.office / settings_file.FILE
    told = settings_file.load(world.office, office_settings.Settings, prefix="NO_")
    path.unlink()
    settings_file.write(world.office, msgspec.structs.replace(told, period_days=0))
    opens = date(2026, 11, 1).isoformat()
    world.survey(
        "wave", "create", OPEN_WAVE, "--programme", jobcenter.PROGRAMME, "--number", "2",
        "--opens", opens, "--closes", LAST_DAY.isoformat(),
    )  # fmt: skip
    jobcenter.WAVE = OPEN_WAVE
    with jobcenter._serving(world) as address:
        jobcenter._address(world, address)
        world.connector("invite", OPEN_WAVE, "--as-of", people.AS_OF.isoformat())
        world.connector("push")
        world.invited = jobcenter._invited(world, 1.0)
        jobcenter._print_letters(world)
        world.connector("letters", OPEN_WAVE, "--finish", "--yes")
    world.survey("wave", "open", OPEN_WAVE)
    return [one.code for one in world.invited]


def _draft(world: World, code: str) -> dict[str, object]:
    """The beginning of a questionnaire: an answer, and both ways of declining."""
    with _client(world) as client:
        client.post("/de/code", data={"code": code})
        tag = answering.form_tag(client, "/de/question/k1")
        posted = {"k1": "4", "k2": "no", "w1": "na"}
        for question_id, value in posted.items():
            page = f"/de/question/{question_id}"
            client.post(page, data={"_tag": tag, question_id: value})
        return {"code": code, "cookies": dict(client.cookies)}


def _pack(folder: Path, target: Path) -> None:
    """The survey's home, its keys and the evaluator's; the connector's home stays behind."""
    with tarfile.open(target, "w:xz") as archive:
        for name in ("server", "server-keys", "evaluator-keys", "facts.json"):
            for path in sorted((folder / name).rglob("*")) or [folder / name]:
                if not path.name.endswith(("-wal", "-shm")):
                    archive.add(path, arcname=path.relative_to(folder), recursive=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
