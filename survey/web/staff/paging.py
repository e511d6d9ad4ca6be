"""Long lists: what was asked of one (search, order, page) and where its other pages are.

Everything stands in the address, so that a list can be sent to a colleague and works without a
script. What is asked beyond what there is gives the nearest there is, never an error.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from litestar.connection import Request
from litestar.datastructures import State
from msgspec import Struct

SIZE = 50
LONGEST_SEARCH = 64
_MOST_DIGITS = 6


class ListRequest(Struct, frozen=True, kw_only=True):
    """Search, order and page that an address requests of a list; `page` counts from 1."""

    search: str
    order: str
    page: int


class Paging(Struct, frozen=True, kw_only=True):
    """Position in a paged list.

    Args:
        total: rows on all pages together
        skip: rows before this page
        address: what leads to another page of the same list, "page=2" is put behind it
        sorting: what leads to another order of the same list, "sort=name" is put behind it
    """

    search: str
    order: str
    page: int
    last: int
    total: int
    skip: int
    address: str
    sorting: str


def asked(request: Request[Any, Any, State], orders: Sequence[str]) -> ListRequest:
    """Read search, order and page from a request; an unknown order becomes the first.

    An order `name` may be asked backwards, as `-name`, where that is among the orders too.
    """
    sent = request.query_params
    page, order = sent.get("page", ""), sent.get("sort", "")
    plain = page.isascii() and page.isdecimal() and len(page) <= _MOST_DIGITS
    return ListRequest(
        search=sent.get("q", "").strip()[:LONGEST_SEARCH].replace("\0", ""),
        order=order if order in orders else orders[0],
        page=max(1, int(page)) if plain else 1,
    )


def over(
    place: str,
    wish: ListRequest,
    total: int,
    *,
    size: int = SIZE,
    kept: Mapping[str, str] | None = None,
) -> Paging:
    """The page of the list at `place` that is nearest to the wish.

    Args:
        kept: further filters of the list, which every address of it must repeat
    """
    last = max(1, -(-total // size))
    page = min(wish.page, last)
    filters = {"q": wish.search, **(kept or {})}
    same = {name: value for name, value in filters.items() if value}
    return Paging(
        search=wish.search,
        order=wish.order,
        page=page,
        last=last,
        total=total,
        skip=(page - 1) * size,
        address=f"{place}?{urlencode({**same, 'sort': wish.order})}&",
        sorting=f"{place}?{urlencode(same)}&" if same else f"{place}?",
    )
