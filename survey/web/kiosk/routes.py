"""Every address of a kiosk. Whatever goes wrong there leads back to the start page."""

from collections.abc import Sequence

from litestar import Response, Router
from litestar.handlers import HTTPRouteHandler

from survey.errors import ResonanzError
from survey.http.page import Visit
from survey.web.kiosk import device, finish, question
from survey.web.kiosk.question import END

HANDLERS: tuple[HTTPRouteHandler, ...] = (
    device.start_show,
    device.device_join,
    device.questionnaire_begin,
    question.kiosk_question_show,
    question.kiosk_question_keep,
    question.kiosk_languages,
    finish.send_ask,
    finish.answers_send,
    finish.receipt_show,
    finish.here_ask,
    finish.device_reset,
)


def to_the_start(_: Visit, error: ResonanzError) -> Response[bytes]:
    """A device nobody looks after must not stand with a page that explains an error.

    Raises:
        ResonanzError: of our own making; those are told, and seen by the operator
    """
    if error.status >= 500:
        raise error
    headers = {"location": END, "cache-control": "no-store"}
    return Response(b"", status_code=303, headers=headers)


def router(handlers: Sequence[HTTPRouteHandler] = HANDLERS) -> Router:
    """The kiosk, to be hung into the recipients' application."""
    return Router(
        path="/kiosk",
        route_handlers=list(handlers),
        exception_handlers={ResonanzError: to_the_start},
    )
