"""People of a test world answer: by the actions, as the pages call them."""

from survey.actions import drafts, responses
from survey.home import Services
from survey.linkage import codes
from survey.model.answers import Chosen, Written

# Of four people; one writes from the right to the left.
TEXTS = (
    "Frau Beispiel hat mir sehr geholfen, auch mit der Kita Sonnenschein.",
    "Das Formular ist schwer.",
    "Am Telefon werde ich immer weiterverbunden.",
    "لا أفهم الرسالة",
)


def send(services: Services, code: str, grade: int, text: str = "") -> None:
    """Answer a question, perhaps write something, and send it."""
    entered = drafts.enter(services, codes.digest(code), before=None, language="de")
    assert entered
    chosen = Chosen(codes=(str(grade),))
    drafts.keep(services, entered.session, "k1", chosen, language="de")
    if text:
        written = Written(text=text, quotable=True)
        drafts.keep(services, entered.session, "g2", written, language="de")
    assert responses.submit(services, entered.session) == "sent"
