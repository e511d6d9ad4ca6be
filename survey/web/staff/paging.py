"""Lists that are searched, sorted and shown page by page; all of it stands in the address."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from msgspec import Struct

T = TypeVar("T")

PER_PAGE = 25
LONGEST_QUERY = 80


class Paging(Struct, frozen=True, kw_only=True):
    """Page `page` of `last`; `address` is the list's own, ready for one more parameter."""

    page: int
    last: int
    address: str


class Listed(Struct, Generic[T], frozen=True, kw_only=True):
    """One page of a list.

    Args:
        found: how many rows the search has found, on all pages
        order: the key it is sorted by, "-key" backwards
        address: of the list with its search, ready for `sort=`
    """

    rows: tuple[T, ...]
    found: int
    query: str
    order: str
    address: str
    paging: Paging


def listed(
    rows: Sequence[T],
    asked: Mapping[str, str],
    place: str,
    *,
    keys: Mapping[str, Callable[[T], Any]],
    words: Callable[[T], str],
    per_page: int = PER_PAGE,
) -> Listed[T]:
    """The page that the parameters `q`, `sort` and `page` ask for; what they get wrong is left out.

    Args:
        asked: the address's parameters
        keys: what can be sorted by; the first is the order without a wish
        words: what of a row is searched, whatever its capitals
    """
    query = asked.get("q", "").strip()[:LONGEST_QUERY]
    first = next(iter(keys))
    order = asked.get("sort", first)
    if order.removeprefix("-") not in keys:
        order = first
    found = [row for row in rows if query.casefold() in words(row).casefold()]
    found.sort(key=keys[order.removeprefix("-")], reverse=order.startswith("-"))
    last = max(1, -(-len(found) // per_page))
    page = _page(asked.get("page", ""), last)
    searched = {"q": query} if query else {}
    sorted_by = {"sort": order} if order != first else {}
    return Listed(
        rows=tuple(found[(page - 1) * per_page : page * per_page]),
        found=len(found),
        query=query,
        order=order,
        address=_address(place, searched),
        paging=Paging(page=page, last=last, address=_address(place, {**searched, **sorted_by})),
    )


def _address(place: str, parameters: Mapping[str, str]) -> str:
    return f"{place}?{urlencode(parameters)}&" if parameters else f"{place}?"


def _page(asked: str, last: int) -> int:
    wanted = int(asked) if asked.isdecimal() and len(asked) < 7 else 1
    return min(max(wanted, 1), last)
