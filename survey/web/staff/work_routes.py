"""The addresses of the work on waves: programmes, waves, fieldwork, comments, reports, results."""

from litestar.handlers import HTTPRouteHandler

from survey.web.staff import (
    fieldwork,
    programmes,
    questions,
    report_job,
    reports,
    results,
    wave_changes,
    waves,
)
from survey.web.staff.comments import comment
from survey.web.staff.comments import page as comments_page
from survey.web.staff.new_wave import page as new_wave_page

HANDLERS: tuple[HTTPRouteHandler, ...] = (
    programmes.programmes_show,
    programmes.programme_show,
    questions.questions_of_form,
    questions.questions_of_wave,
    waves.waves_show,
    new_wave_page.new_wave_show,
    new_wave_page.new_wave_add,
    waves.wave_show,
    waves.wave_open,
    waves.wave_close_ask,
    waves.wave_close,
    wave_changes.wave_change_ask,
    wave_changes.wave_change,
    wave_changes.wave_prolong_ask,
    wave_changes.wave_prolong,
    wave_changes.wave_withdraw_ask,
    wave_changes.wave_withdraw,
    fieldwork.fieldwork_show,
    comments_page.remarks_show,
    comment.remark_show,
    comment.remark_decide,
    reports.reports_show,
    reports.report_show,
    reports.report_order,
    reports.report_preview,
    reports.document_take,
    report_job.job_show,
    results.results_show,
)
