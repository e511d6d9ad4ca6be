"""The evaluator (trustee): the only code that sees the keys which link.

A module by default; every method takes and gives plain values, so that it can be a process on
another host without a change to its callers, who ask it once a page. What it never gives: a
pseudonym, Q beside a mark or a handle, or rows in an order that means something. Threat: the
jobcenter, which knows every pseudonym and code, together with the server's disk and keys: without
this module's keys it reads no answer, finds nobody's row, and cannot pair two.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec
from msgspec import Struct

from survey.errors import NotFound, Refused
from survey.linkage import (
    closed_waves,
    cookies,
    envelopes,
    outer_layer,
    pseudonyms,
    releases,
    tickets,
)
from survey.linkage.closed_waves import ClosedWave, OpenedRow
from survey.linkage.cookies import Device
from survey.linkage.drafts import Session
from survey.linkage.keys import EvaluatorKeys, Pair
from survey.linkage.openings import Openings
from survey.linkage.outer_layer import Sealed
from survey.linkage.primitives import keyed, seal, unseal
from survey.linkage.releases import Loosened
from survey.linkage.tickets import Seat
from survey.model.exchange import Batch
from survey.model.floors import K_UP

_DIGEST = 32
_batch = msgspec.msgpack.Decoder(Batch)


class Candidate(Struct, frozen=True, kw_only=True):
    """Values derived from a code in one programme; only the database knows whether they exist."""

    programme_id: str
    code_hash: bytes
    session: Session
    cookie: str


class Covered(Struct, frozen=True, kw_only=True):
    """A whole submission, ready to be stored."""

    answers: tuple[Sealed, ...]
    texts: tuple[bytes, ...]


class Admitted(Struct, frozen=True, kw_only=True):
    """A push, opened: counts in clear, invitations as digests and tickets in random order."""

    batch: Batch
    invitations: tuple[tuple[bytes, bytes], ...]


class Evaluator:
    """Answers the server's questions; made once per process."""

    def __init__(
        self, programmes: Mapping[str, EvaluatorKeys], exchange: Pair, openings: Openings
    ) -> None:
        self._programmes = dict(programmes)
        self._openings = openings
        self._exchange = exchange

    def forget(self, programme_id: str) -> bool:
        """Let go of a programme's keys, for this process; False when they were gone before."""
        known = programme_id in self._programmes
        # Another dict: somebody may be going through this one.
        self._programmes = {
            other: keys for other, keys in self._programmes.items() if other != programme_id
        }
        return known

    @property
    def public_key(self) -> bytes:
        """Public key to which connectors seal their pushes, 32 bytes."""
        return self._exchange.public

    def candidates(self, code_digest: bytes, device: bytes) -> list[Candidate]:
        """Candidates for this code, one for each programme, whether the code exists or not."""
        opened = []
        for programme_id, keys in self._programmes.items():
            session = Session(
                programme_id=programme_id,
                secret=keyed(keys.code, code_digest, "session"),
                device=device,
            )
            opened.append(
                Candidate(
                    programme_id=programme_id,
                    code_hash=keyed(keys.code, code_digest),
                    session=session,
                    cookie=cookies.make(keys.cookie, session.secret + device, "cookie"),
                )
            )
        return opened

    def unlock(self, cookie: str) -> Session | None:
        """The session of this cookie; None when it is not one of ours or was changed."""
        opened = self._opened(cookie, "cookie")
        if opened is None:
            return None
        programme_id, plain = opened
        return Session(programme_id=programme_id, secret=plain[:_DIGEST], device=plain[_DIGEST:])

    def device(self, programme_id: str, token_hash: bytes) -> str:
        """A cookie for a browser that was given this token; it does not give the token away."""
        return cookies.of_device(self._keys(programme_id).cookie, token_hash)

    def read_device(self, cookie: str) -> Device | None:
        """Opens the cookie of a kiosk; None when it is not one of ours or was changed."""
        opened = self._opened(cookie, cookies.DEVICE)
        return cookies.device(opened[1]) if opened else None

    def entrust(self, session: Session, use: str, plain: bytes) -> str:
        """A cookie by which this browser remembers something for its session, unread by anybody."""
        key = self._keys(session.programme_id).cookie
        return cookies.make(key, plain, use, session.secret, session.device)

    def entrusted(self, session: Session, use: str, cookie: str) -> bytes | None:
        """Opens an entrusted value; None when of another device, session or use, or changed."""
        key = self._keys(session.programme_id).cookie
        return cookies.read(key, cookie, use, session.secret, session.device)

    def marks(
        self, programme_id: str, wave_id: str, ticket: bytes, domains: Iterable[str]
    ) -> dict[str, bytes]:
        """The marks that the answers of a ticket's holder would bear, by domain."""
        keys = self._keys(programme_id)
        seat = tickets.inspect(keys.ticket, wave_id, ticket)
        return {domain: outer_layer.mark(keys, seat, wave_id, domain) for domain in domains}

    def cover(
        self,
        programme_id: str,
        wave_id: str,
        ticket: bytes,
        inner: Mapping[str, bytes],
        texts: Sequence[bytes],
    ) -> Covered:
        """Wrap one submission: answers by domain, texts without any pseudonym."""
        keys = self._keys(programme_id)
        seat = tickets.inspect(keys.ticket, wave_id, ticket)
        wrapped = tuple(
            outer_layer.wrap(keys, programme_id, wave_id, seat, part) for part in inner.items()
        )
        boxes = tuple(seal(keys.pair, part, "text", wave_id) for part in texts)
        return Covered(answers=wrapped, texts=boxes)

    def list_invited(self, programme_id: str, wave_id: str, invitations: Iterable[bytes]) -> bytes:
        """Sealed list of the people invited and where each is counted, made from their tickets.

        Kept from the close on, when the tickets go: over several waves people are counted by it.
        """
        return closed_waves.list_invited(self._keys(programme_id), wave_id, invitations)

    def note_close(
        self, programme_id: str, wave_id: str, invited: bytes, marks: Mapping[str, Sequence[bytes]]
    ) -> bytes:
        """The marks of a wave that is just being closed, by domain, for this evaluator alone.

        From the first report on, exactly these are opened.
        """
        keys = self._keys(programme_id)
        with self._openings.change(programme_id) as memory:
            return closed_waves.note(keys, memory, wave_id, invited, marks)

    def open_answers(
        self, programme_id: str, domain: str, waves: Sequence[ClosedWave], *, least: int = K_UP
    ) -> list[OpenedRow]:
        """Take the outer layer off one domain of closed waves, in random order and without marks.

        Fewer rows than a figure needs are not opened. Of several waves, unit and cell come so
        coarse that every path over them covers `least` people who were invited, never fewer than
        K_UP.

        Raises:
            NotSealedForUs: a row or a list was changed or belongs elsewhere
            Refused: the rows are not those of the close; or one of several waves was closed before
                lists were kept
        """
        keys = self._keys(programme_id)
        # Opening takes long, and a close waits for the memory.
        with self._openings.change(programme_id) as memory:
            openable = closed_waves.openable_rows(keys, memory, domain, waves)
        return closed_waves.open_rows(keys, (programme_id, domain), waves, openable, least=least)

    def urn(self, programme_id: str, wave_id: str, bodies: Iterable[bytes]) -> list[bytes]:
        """The inner parts of a wave's free texts, in random order."""
        keys = self._keys(programme_id)
        inner = [unseal(keys.pair, body, "text", wave_id) for body in bodies]
        secrets.SystemRandom().shuffle(inner)
        return inner

    def seal_comment(self, programme_id: str, wave_id: str, inner: bytes) -> bytes:
        """The outer layer around a text that left the urn, or around its edited version."""
        return seal(self._keys(programme_id).pair, inner, "remark", wave_id)

    def open_comment(self, programme_id: str, wave_id: str, body: bytes) -> bytes:
        """Opens what `seal_remark` sealed."""
        return unseal(self._keys(programme_id).pair, body, "remark", wave_id)

    def seal_registry(self, programme_id: str, plain: bytes) -> bytes:
        """The registry of published populations, for this evaluator alone."""
        return seal(self._keys(programme_id).pair, plain, "registry", programme_id)

    def open_registry(self, programme_id: str, sealed: bytes) -> bytes:
        """Opens what `seal_registry` sealed."""
        return unseal(self._keys(programme_id).pair, sealed, "registry", programme_id)

    def hold(
        self, programme_id: str, wave_id: str, ticket: bytes, inner: Mapping[str, bytes]
    ) -> dict[str, bytes]:
        """Releases by block, as they wait for their slot."""
        keys = self._keys(programme_id)
        seat = tickets.inspect(keys.ticket, wave_id, ticket)
        return {
            block: releases.seal_held(keys.pair, wave_id, block, seat.pseudonym, part)
            for block, part in inner.items()
        }

    def loosen(self, programme_id: str, wave_id: str, block: str, body: bytes) -> Loosened:
        """A held release, without telling whose it is."""
        return releases.open_held(self._keys(programme_id).pair, wave_id, block, body)

    def address(
        self,
        programme_id: str,
        wave_id: str,
        block: str,
        *,
        seat: bytes,
        boxed: bytes,
        days: tuple[date, date],
        exchange_key: bytes,
    ) -> bytes:
        """A boxed release with pseudonym and days, for the connector of `exchange_key` alone."""
        pair = self._keys(programme_id).pair
        return releases.seal_for_connector(
            pair, wave_id, block, seat=seat, boxed=boxed, days=days, exchange_key=exchange_key
        )

    def seat(
        self, programme_id: str, wave_id: str, code_digest: bytes, place: tuple[str, str]
    ) -> tuple[bytes, bytes]:
        """(code_hash, ticket) of a code made on the spot, for a person nobody knows.

        Args:
            place: unit and cell
        """
        keys = self._keys(programme_id)
        seat = Seat(pseudonym=pseudonyms.fresh(), unit_id=place[0], cell=place[1])
        return keyed(keys.code, code_digest), tickets.issue(keys.ticket, wave_id, seat)

    def admit(self, programme_id: str, wave_id: str, sealed: bytes) -> Admitted:
        """Open a push and turn codes and pseudonyms into what the database may hold.

        Raises:
            NotSealedForUs: sealed to another evaluator or changed on the way
            Refused: unknown fields or values out of range
        """
        keys = self._keys(programme_id)
        try:
            batch = _batch.decode(
                envelopes.open_sealed(self._exchange.private, envelopes.PUSH, sealed)
            )
        except msgspec.DecodeError as error:
            raise Refused(what="the batch", reason=str(error)) from error
        invitations = []
        for code in batch.codes:
            seat = Seat(pseudonym=code.pseudonym, unit_id=code.unit_id, cell=code.cell)
            ticket = tickets.issue(keys.ticket, wave_id, seat)
            invitations.append((keyed(keys.code, code.code_digest), ticket))
        # The push lists letters in printing order; nothing after this line may know it.
        invitations.sort()
        return Admitted(batch=batch, invitations=tuple(invitations))

    def _keys(self, programme_id: str) -> EvaluatorKeys:
        if programme_id not in self._programmes:
            raise NotFound(programme=programme_id, reason="the evaluator has no keys for it")
        return self._programmes[programme_id]

    def _opened(self, cookie: str, use: str) -> tuple[str, bytes] | None:
        """Programme and content of a cookie that was made for this use."""
        for programme_id, keys in self._programmes.items():
            plain = cookies.read(keys.cookie, cookie, use)
            if plain is not None:
                return programme_id, plain
        return None
