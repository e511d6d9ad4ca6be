"""Every address a recipient can reach; what is not in this list does not exist."""

from litestar.handlers import HTTPRouteHandler

from survey.web.answer import (
    check,
    code,
    erase,
    languages,
    note,
    question,
    release_page,
    stop,
    thanks,
)
from survey.web.notices import help as helping
from survey.web.notices import notice

HANDLERS: tuple[HTTPRouteHandler, ...] = (
    languages.language_choose,
    languages.language_choose_by_qr,
    languages.code_enter_by_qr,
    languages.language_switch,
    code.code_show,
    code.code_enter,
    notice.notice_show,
    question.question_show,
    question.question_keep,
    check.answers_check,
    check.answers_submit,
    release_page.share_show,
    release_page.share_submit,
    note.note_show,
    thanks.thanks_show,
    thanks.device_empty,
    thanks.emptied_show,
    stop.stop_ask,
    stop.answers_drop,
    stop.stopped_show,
    erase.erase_show,
    erase.answers_erase,
    erase.erased_show,
    erase.unseen_show,
    erase.unchanged_show,
    helping.help_show,
    helping.accessibility_show,
)
