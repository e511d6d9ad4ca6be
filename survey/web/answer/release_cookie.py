"""The cookie that carries the released blocks to the thank-you page.

The server cannot know: it holds what is shown under the evaluator's key, and the draft is gone. So
the browser that sent it keeps a sealed cookie, of one length whatever was chosen, and of its
session alone; it goes with "Seite leeren". Another device of the same code is told nothing.
"""

from collections.abc import Collection
from datetime import date

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from survey.actions.releases import Offer
from survey.form import release
from survey.home import WaveContext
from survey.http.page import Visit, header
from survey.http.reply import Header
from survey.http.session import SessionCookie
from survey.linkage.drafts import Session
from survey.web.answer.site import Site

PURPOSE = "shown"


class ReleasedBlocks(Struct, frozen=True, kw_only=True, array_like=True):
    """Released blocks in the order of the form, and the day from which they can be seen."""

    wave_id: str
    from_on: date
    blocks: tuple[str, ...]


_decoder = msgspec.json.Decoder(ReleasedBlocks)


def keep(
    site: Site, session: Session, context: WaveContext, offer: Offer, show: Collection[str]
) -> tuple[Header, ...]:
    """The header that makes this browser remember it; none where nobody can show anything."""
    if context.programme.level != "released":
        return ()
    blocks = tuple(block.id for block in release.releasable(context.published.form))
    fullest = ReleasedBlocks(wave_id=context.wave.wave_id, from_on=offer.from_on, blocks=blocks)
    chosen = replace(fullest, blocks=tuple(block for block in blocks if block in show))
    # Blanks behind JSON mean nothing.
    plain = msgspec.json.encode(chosen).ljust(len(msgspec.json.encode(fullest)))
    return (cookie(site).keep(site.services.evaluator.entrust(session, PURPOSE, plain)),)


def read(site: Site, session: Session, visit: Visit) -> ReleasedBlocks | None:
    """What this browser sent in this session, None when it does not know."""
    kept = cookie(site).read(header(visit, b"cookie"))
    plain = site.services.evaluator.entrusted(session, PURPOSE, kept) if kept else None
    return _decoder.decode(plain) if plain is not None else None


def cookie(site: Site) -> SessionCookie:
    """Its name and attributes."""
    return SessionCookie(site.settings.base_url, name=PURPOSE)
