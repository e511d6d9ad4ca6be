"""People answer: through the pages as a browser would, or through the actions where many do."""

import re
from collections.abc import Collection, Mapping

from litestar.testing import TestClient

from survey.actions import draft_content, drafts, releases, responses
from survey.actions.draft_content import DEVICE, Content, Noted
from survey.form import options
from survey.linkage import codes
from survey.model.answers import Answer, Chosen, Declined, NotApplicable, Written
from survey.model.rows import Draft
from survey.store import drafts as stored_drafts
from tests.world.jobcenter import Invited, Jobcenter

_SEEN = re.compile(r'name="_seen" value="([0-9a-f]+)"')
_TAG = re.compile(r'name="_tag" value="([0-9a-f]{32})"')
DEVICE_TOLD = {
    "user-agent": "Odd-Phone/9.9 (Zyphtrace; build 77123)",
    "x-forwarded-for": "203.0.113.77",
    "forwarded": "for=203.0.113.77",
    "x-real-ip": "203.0.113.77",
    "referer": "https://mail.example/inbox/Zyphtrace",
    "accept-language": "xq-Zyphtrace,de;q=0.5",
    "via": "1.1 proxy-zyphtrace",
}


def through_the_pages(
    client: TestClient, one: Invited, *, send: bool = True, show: Collection[str] = ()
) -> list[int]:
    """One whole journey, with these blocks ticked if asked; gives the status of every reply."""
    language = one.plan.language
    seen = [client.get("/").status_code]
    seen.append(client.post(f"/{language}/code", data={"code": one.code}).status_code)
    seen.append(client.get(f"/{language}/notice").status_code)
    tag = form_tag(client, f"/{language}/question/k1")
    for question_id, answer in one.plan.answers.items():
        page = f"/{language}/question/{question_id}"
        seen.append(
            client.post(page, data={"_tag": tag, **fields(question_id, answer)}).status_code
        )
    seen.append(client.get(f"/{language}/check").status_code)
    if send:
        reply = client.post(f"/{language}/check", data={"_tag": tag})
        if reply.headers["location"].endswith("/share"):
            page = client.get(f"/{language}/share").text
            form = {"_tag": tag, "_seen": _SEEN.findall(page)[0]}
            form |= {f"show-{block}": "1" for block in show}
            reply = client.post(f"/{language}/share", data=form)
        seen.append(reply.status_code)
        seen.append(client.get(f"/{language}/thanks").status_code)
    return seen


def form_tag(client: TestClient, page: str) -> str:
    found = _TAG.search(client.get(page).text)
    if found is None:
        raise AssertionError(f"no form tag on {page}")
    return found[1]


def fields(question_id: str, answer: Answer) -> Mapping[str, str]:
    """What a browser posts for this answer to a rating or text."""
    match answer:
        case Chosen(codes=(code,)):
            return {question_id: code}
        case Declined():
            return {question_id: options.RESERVED.declined}
        case NotApplicable():
            return {question_id: options.RESERVED.not_applicable}
        case Written(text=text):
            return {question_id: text}
        case _:
            raise AssertionError(answer)


def through_the_actions(
    world: Jobcenter, one: Invited, *, send: bool = True, show: Collection[str] = ()
) -> None:
    """The same with one save instead of twenty: for thousands of people."""
    services = world.services
    entered = drafts.enter(
        services, codes.digest(one.code), before=None, language=one.plan.language
    )
    if entered is None:
        raise AssertionError("the code is not open")
    session = entered.session
    with services.database.write() as tx:
        draft = stored_drafts.find(tx, session.draft_key)
        context = services.wave_context(tx, draft.wave_id)
        old = draft_content.unpack(services.of(session), session, draft)
        noted = {
            question_id: Noted(answer=answer, device=session.device[:DEVICE])
            for question_id, answer in one.plan.answers.items()
        }
        content = Content(
            code_hash=old.code_hash,
            unit_id=old.unit_id,
            cell=old.cell,
            language=old.language,
            answers=noted,
        )
        body = draft_content.pack(
            services.of(session), session, context.published, draft.wave_id, content
        )
        row = Draft(
            draft_key=draft.draft_key, wave_id=draft.wave_id, version=draft.version, body=body
        )
        stored_drafts.save(tx, row, after=draft.version + 1)
    seen = releases.of_content(services, session, context, content).seen
    if send and responses.submit(services, session, show=show, seen=seen) != "sent":
        raise AssertionError("not sent")
