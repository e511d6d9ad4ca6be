"""Every address of the staff pages; what is not in this list does not exist."""

from litestar import Controller
from litestar.handlers import HTTPRouteHandler

from survey.web.staff import (
    accounts,
    approvals,
    audit,
    fieldwork,
    login,
    my_account,
    oversight,
    overview,
    programmes,
    questions,
    report_job,
    reports,
    wave_changes,
    waves,
)
from survey.web.staff.comments import comment
from survey.web.staff.comments import page as comments_page
from survey.web.staff.new_wave import page as new_wave_page
from survey.web.staff.results import page as results_page

HANDLERS: tuple[HTTPRouteHandler | type[Controller], ...] = (
    login.login_show,
    login.login_try,
    login.logout,
    login.language_choose,
    overview.overview_show,
    my_account.own_show,
    my_account.own_password,
    accounts.AccountPages,
    approvals.approvals_show,
    approvals.approval_show,
    approvals.approval_decide,
    audit.audit_show,
    oversight.oversight_show,
    oversight.settings_show,
    oversight.told_show,
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
    comments_page.comments_show,
    comment.comment_show,
    comment.comment_decide,
    reports.reports_show,
    reports.report_show,
    reports.report_order,
    reports.report_preview,
    reports.document_take,
    report_job.job_show,
    results_page.results_show,
)
