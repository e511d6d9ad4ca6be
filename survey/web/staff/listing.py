"""Lists of a few hundred rows that are searched, sorted and paged in memory."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from msgspec import Struct

from survey.http.staff_session import StaffRequest
from survey.web.staff import paging
from survey.web.staff.paging import Paging

T = TypeVar("T")

PER_PAGE = 25


class Listed(Struct, Generic[T], frozen=True, kw_only=True):
    """One page of a list, and where its other pages are."""

    rows: tuple[T, ...]
    paging: Paging


def listed(
    rows: Sequence[T],
    request: StaffRequest,
    place: str,
    *,
    keys: Mapping[str, Callable[[T], Any]],
    words: Callable[[T], str],
    kept: Mapping[str, str] | None = None,
) -> Listed[T]:
    """The page that the address asks for.

    Args:
        keys: what can be sorted by; the first is the order without a wish
        words: what of a row is searched, whatever its capitals
        kept: further filters of the list, which its addresses repeat
    """
    wish = paging.asked(request, [*keys, *(f"-{key}" for key in keys)])
    matches = [row for row in rows if wish.search.casefold() in words(row).casefold()]
    matches.sort(key=keys[wish.order.removeprefix("-")], reverse=wish.order.startswith("-"))
    where = paging.over(place, wish, len(matches), size=PER_PAGE, kept=kept)
    return Listed(rows=tuple(matches[where.skip : where.skip + PER_PAGE]), paging=where)
