"""Heads and pages of a table: links that keep what was searched for, without any script."""

from collections.abc import Mapping
from urllib.parse import urlencode

from msgspec import Struct


class Head(Struct, frozen=True, kw_only=True):
    """A sortable column; `sorted` is its `aria-sort`, empty when the list is sorted by another."""

    key: str
    href: str
    sorted: str


class Pager(Struct, frozen=True, kw_only=True):
    """Where in a long list one is; no address where there is nothing before or after."""

    first: int
    last: int
    found: int
    page: int
    pages: int
    before: str
    after: str


def address(path: str, wanted: Mapping[str, str | int]) -> str:
    """The address of a list; what is empty stays out of it."""
    query = urlencode({name: value for name, value in wanted.items() if value})
    return f"{path}?{query}" if query else path


def pager(path: str, wanted: Mapping[str, str | int], *, page: int, size: int, found: int) -> Pager:
    """The pager of page `page` (from 1) of a list of `found` rows."""
    pages = max(1, -(-found // size))
    return Pager(
        first=min(found, (page - 1) * size + 1),
        last=min(found, page * size),
        found=found,
        page=page,
        pages=pages,
        before=address(path, {**wanted, "page": page - 1 if page > 2 else ""}) if page > 1 else "",
        after=address(path, {**wanted, "page": page + 1}) if page < pages else "",
    )


def number(value: str | None) -> int:
    """A page number from an address; whatever is none stands for the first page."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 7 else 1
