"""Which survey the notices speak of: the session's own, else the newest open one by letter."""

from survey.actions import drafts
from survey.actions.drafts import OpenDraft
from survey.home import WaveContext
from survey.http.page import Visit
from survey.model import modes
from survey.store import forms, waves
from survey.web.answer import sessions
from survey.web.answer.site import Site


def of_session(site: Site, visit: Visit) -> OpenDraft | None:
    """The questionnaire this browser is in the middle of."""
    session = sessions.find(site, visit)
    draft = drafts.open_draft(site.services, session) if session else None
    return draft if isinstance(draft, OpenDraft) else None


def newest(site: Site) -> WaveContext | None:
    """The newest wave that asks by letter today, None when there is none.

    Never a wave at a device: its pages link to no notice, and its days are not those of a letter.
    """
    today = site.services.today()
    with site.services.database.read() as tx:
        gone = forms.withdrawn(tx)
        open_now = [
            wave
            for wave in waves.list_all(tx)
            if wave.state == "open"
            and modes.has_letters(wave.mode)
            and wave.opens_on <= today <= wave.closes_on
            and wave.form_version not in gone
        ]
        if not open_now:
            return None
        last = max(open_now, key=lambda wave: (wave.opens_on, wave.wave_id))
        return site.services.wave_context(tx, last.wave_id)
