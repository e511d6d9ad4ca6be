"""What connectors hand over: checked as if the sender meant harm, taken whole or not at all."""

import hashlib
from collections import Counter
from datetime import datetime
from typing import NoReturn

import msgspec

from survey.actions import audit
from survey.engine.database import Database, Transaction
from survey.errors import NotSealedForUs, Refused
from survey.form import assurances, load
from survey.linkage import envelopes
from survey.linkage.evaluator import Admitted, Evaluator
from survey.model import modes
from survey.model.assurances import Assurances
from survey.model.exchange import Batch, Envelope, LetterFacts, PrintDestroyed, Receipt, WaveOffer
from survey.model.programmes import GERMAN, Programme
from survey.model.rows import Invitation
from survey.model.waves import SampleCell, Unit, Wave
from survey.store import exchange, forms, invitations, programme_end, programmes, waves
from survey.store.exchange import Connector, TakenBatch


def offers(tx: Transaction, evaluator: Evaluator, *, assured: bool = True) -> list[WaveOffer]:
    """Every wave as a connector sees it: nothing here is secret, nothing tells about an answer.

    Args:
        assured: whether the connector knows the facts that its letters' sentences follow from
    """
    ended, withdrawn = set(programme_end.ended(tx)), forms.withdrawn(tx)
    return [
        _offer(
            wave,
            programmes.find(tx, wave.programme_id),
            evaluator,
            _assured(tx, wave) if assured else None,
            ended=wave.programme_id in ended,
            withdrawn=wave.form_version in withdrawn,
        )
        for wave in waves.list_all(tx)
        if modes.is_invited(wave.mode) and wave.state != "withdrawn"
    ]


def open_batch(
    database: Database, evaluator: Evaluator, envelope: Envelope, *, at: datetime
) -> Receipt:
    """Take a push. The same batch again changes nothing and gives the same receipt.

    Raises:
        NotSealedForUs: unknown connector, wrong signature, or sealed to other keys
        Refused: a second, different batch of one id; too small cells; counts that do not add up
    """
    digest = hashlib.sha256(envelope.sealed).digest()
    with database.read() as tx:
        _verify_push(exchange.connector(tx, envelope.connector_id), envelope)
        wave = waves.find(tx, envelope.wave_id)
        withdrawn = wave.form_version in forms.withdrawn(tx)
        known = exchange.batch(tx, envelope.batch_id)
    if known is not None:
        if known.digest != digest:
            raise Refused(batch=envelope.batch_id, reason="another batch of this id was taken")
        return Receipt(batch_id=known.batch_id, invitations=known.invitations, again=True)
    if withdrawn:
        raise Refused(wave=wave.wave_id, reason="the wording of its form was withdrawn")
    admitted = evaluator.admit(wave.programme_id, wave.wave_id, envelope.sealed)
    _refuse_wrong(admitted.batch, envelope, wave)
    taken = TakenBatch(
        batch_id=envelope.batch_id,
        wave_id=wave.wave_id,
        digest=digest,
        invitations=len(admitted.invitations),
    )
    with database.write() as tx:
        if waves.find(tx, wave.wave_id) != wave:
            raise Refused(wave=wave.wave_id, reason="the wave was changed just now; push again")
        if not exchange.note(tx, taken):
            raise Refused(batch=taken.batch_id, reason="it is being taken just now; push again")
        _store(tx, wave, admitted)
        audit.note(
            tx,
            envelope.connector_id,
            "batch-taken",
            wave.wave_id,
            at=at,
            invitations=taken.invitations,
        )
    return Receipt(batch_id=taken.batch_id, invitations=taken.invitations)


def print_destroyed(database: Database, word: PrintDestroyed, *, at: datetime) -> None:
    """Note the connector's signed word that it can no longer compute the codes of a wave.

    The same word again changes nothing.

    Raises:
        NotSealedForUs: unknown connector or wrong signature
        NotFound: no such wave
        Refused: it is about other letters than were pushed
    """
    with database.read() as tx:
        connector = exchange.connector(tx, word.connector_id)
    if connector is None:
        raise NotSealedForUs(connector=word.connector_id)
    envelopes.verify(
        connector.signature_key,
        envelopes.PRINTS,
        word.signature,
        word.connector_id,
        word.wave_id,
        str(word.letters),
    )
    with database.write() as tx:
        wave = waves.find(tx, word.wave_id)
        pushed = exchange.letters(tx, wave.wave_id)
        # A word from before the push says nothing about its letters, whoever repeats it.
        if not pushed or word.letters != pushed:
            raise Refused(
                wave=wave.wave_id,
                letters=word.letters,
                pushed=pushed,
                reason="the word is about other letters than were pushed",
                cure=f"connector push, then connector letters {wave.wave_id} --finish",
            )
        if wave.print_destroyed:
            return
        waves.note_print_destroyed(tx, wave.wave_id)
        audit.note(
            tx, word.connector_id, "print-destroyed", wave.wave_id, at=at, letters=word.letters
        )


def trust(database: Database, connector: Connector, *, actor: str, at: datetime) -> None:
    """Take the public keys of a connector, brought by hand."""
    with database.write() as tx:
        exchange.trust(tx, connector)
        audit.note(tx, actor, "connector-trusted", connector.connector_id, at=at)


def _offer(
    wave: Wave,
    programme: Programme,
    evaluator: Evaluator,
    assured: Assurances | None,
    *,
    ended: bool,
    withdrawn: bool,
) -> WaveOffer:
    return WaveOffer(
        programme_id=programme.programme_id,
        programme_title=programme.title,
        level=programme.level,
        wave_id=wave.wave_id,
        number=wave.number,
        form_id=wave.form_id,
        opens_on=wave.opens_on,
        closes_on=wave.closes_on,
        # Nobody is invited to a wave that nobody can answer any more, and no letter is printed.
        state="closed" if withdrawn else wave.state,
        k_up=wave.thresholds.k_up,
        evaluator_key=evaluator.public_key,
        told=LetterFacts(
            controller=programme.controller,
            operator=programme.operator.name,
            key_holder=programme.key_holder.name,
            jobcenter_cannot_look=programme.jobcenter_cannot_look,
            legal_basis=programme.legal_basis_in(GERMAN).text,
            privacy_officer=programme.privacy_officer,
            complaint=programme.complaint,
            k=wave.thresholds.k,
            assured=assured,
        ),
        ended=ended,
    )


def _assured(tx: Transaction, wave: Wave) -> Assurances:
    form = load.published(forms.find(tx, wave.form_version).body).form
    return assurances.of_wave(programmes.find(tx, wave.programme_id), wave, form)


def _verify_push(connector: Connector | None, envelope: Envelope) -> None:
    if connector is None:
        raise NotSealedForUs(connector=envelope.connector_id)
    envelopes.verify(
        connector.signature_key,
        envelopes.PUSH,
        envelope.signature,
        envelope.connector_id,
        envelope.batch_id,
        envelope.wave_id,
        envelope.sealed,
    )


def _refuse_wrong(batch: Batch, envelope: Envelope, wave: Wave) -> None:
    if (batch.batch_id, batch.wave_id) != (envelope.batch_id, envelope.wave_id):
        raise Refused(batch=envelope.batch_id, reason="the envelope names another batch or wave")
    if batch.replaces:
        _refuse_replacing(batch, wave)
    _refuse_doubles(batch)
    if wave.state != "planned" or not modes.is_invited(wave.mode):
        raise Refused(wave=wave.wave_id, reason=f"the wave is {wave.state} and takes no sample")
    small = [cell for cell in batch.cells if cell.invited < wave.thresholds.k_up]
    if small:
        raise Refused(
            wave=wave.wave_id,
            reason="cells too small",
            cells=len(small),
            least=wave.thresholds.k_up,
        )
    units = {unit.unit_id for unit in batch.units}
    counted = Counter((code.unit_id, code.cell) for code in batch.codes)
    stated = {(cell.unit_id, cell.cell): cell.invited for cell in batch.cells}
    if counted != stated or {unit for unit, _ in stated} != units:
        raise Refused(wave=wave.wave_id, reason="the counts are not those of the invitations")


def _refuse_doubles(batch: Batch) -> None:
    """One person counted twenty times would be a crowd of one; tables go by the words of units."""
    people = {code.pseudonym for code in batch.codes}
    printed = {code.code_digest for code in batch.codes}
    if not len(people) == len(printed) == len(batch.codes):
        raise Refused(batch=batch.batch_id, reason="a code or a pseudonym stands there twice")
    labels = {" ".join(unit.label.split()).casefold() for unit in batch.units}
    if len(labels) < len(batch.units):
        raise Refused(batch=batch.batch_id, reason="two units are called the same")


def _refuse_replacing(batch: Batch, wave: Wave) -> NoReturn:
    """A fresh code for a known pseudonym, typed once, tells whether its person has answered.

    Whoever has the connector's keys could make one for everybody. Letters for lost ones need a
    print run whose key is destroyed before the server takes its codes.
    """
    raise Refused(
        batch=batch.batch_id,
        wave=wave.wave_id,
        reason="no wave takes letters for lost ones: their codes would tell who has answered",
        cure="whose letter was lost is asked again in the next wave",
    )


def _store(tx: Transaction, wave: Wave, admitted: Admitted) -> None:
    batch = admitted.batch
    waves.add_units(
        tx, wave.wave_id, (msgspec.convert(u, Unit, from_attributes=True) for u in batch.units)
    )
    waves.add_sample(
        tx,
        wave.wave_id,
        (msgspec.convert(c, SampleCell, from_attributes=True) for c in batch.cells),
    )
    if not waves.move(tx, wave.wave_id, old="planned", new="sampled"):
        raise Refused(wave=wave.wave_id, reason="the wave took a sample in between")
    rows = (
        Invitation(code_hash=code_hash, wave_id=wave.wave_id, ticket=ticket)
        for code_hash, ticket in admitted.invitations
    )
    if invitations.add(tx, rows) != len(admitted.invitations):
        raise Refused(batch=batch.batch_id, reason="a code of it was invited before")
