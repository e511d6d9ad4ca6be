"""The close of a wave, the same from the command line and the staff pages.

The evaluator notes who was invited and whose answers there are, codes stop, drafts and invitations
go, and the texts leave for the editors when the day that people were told is over.
"""

from datetime import datetime

from survey.actions import audit
from survey.actions.comments import redaction
from survey.engine.database import Transaction
from survey.errors import KeyMissing, WaveNotReady
from survey.home import Services
from survey.model.rows import Closing
from survey.model.waves import Wave
from survey.store import closings, drafts, invitations, responses, waves


def close(
    services: Services,
    wave_id: str,
    *,
    actor: str,
    at: datetime,
    because: str = "",
    early: bool = False,
) -> None:
    """Codes stop working, drafts and invitations are deleted, reports may be run.

    Before the last day too: then texts stay where a code finds them until that day is over, because
    that is what people were told, and what is shown is seen as long as they were told.

    Args:
        because: why before the last day, for the audit
        early: take the texts out at once: for a demo, whose people are invented
    Raises:
        KeyMissing: the keys of its programme are not here, without which nothing can be noted
        WaveNotReady: it is not open
    """
    with services.database.read() as tx:
        wave = waves.find(tx, wave_id)
        tickets = invitations.tickets(tx, wave_id)
    if wave.state != "open":
        raise WaveNotReady(wave=wave_id, state=wave.state)
    if wave.programme_id not in services.keys:
        raise KeyMissing(programme=wave.programme_id)
    # Outside the transaction: a ticket is opened for each invitation. While a wave is open they
    # only come, at devices, and then from nobody who is known.
    invited = services.evaluator.list_invited(wave.programme_id, wave_id, tickets)
    with services.database.write() as tx:
        if not waves.close(tx, wave_id, at.date()):
            raise WaveNotReady(wave=wave_id, state=wave.state)
        _note(services, tx, wave, invited)
        drafts.drop_wave(tx, wave_id)
        invitations.drop(tx, wave_id)
        early_facts = {"because": because, "planned": wave.closes_on} if because else {}
        audit.note(tx, actor, "wave-closed", wave_id, at=at, **early_facts)
    redaction.open_texts(services, wave_id, actor=actor, at=at, early=early)


def closing(services: Services, wave: Wave) -> Closing:
    """What was noted at the close of a closed wave.

    Of one that was closed before anything was noted, its answers are noted now, once for all; who
    was invited is not known any more, so that it can be reported alone only.
    """
    with services.database.read() as tx:
        earlier = closings.find(tx, wave.wave_id)
    if earlier is not None:
        return earlier
    nobody = services.evaluator.list_invited(wave.programme_id, wave.wave_id, ())
    with services.database.write() as tx:
        return closings.find(tx, wave.wave_id) or _note(services, tx, wave, nobody)


def _note(services: Services, tx: Transaction, wave: Wave, invited: bytes) -> Closing:
    marks = responses.marks(tx, wave.wave_id)
    noted = services.evaluator.note_close(wave.programme_id, wave.wave_id, invited, marks)
    entry = Closing(wave_id=wave.wave_id, invited=invited, noted=noted)
    closings.keep(tx, entry)
    return entry
