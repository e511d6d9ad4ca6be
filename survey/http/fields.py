"""Reads a form, within hard limits, or refuses it whole: nothing of a broken form is kept."""

from collections.abc import Mapping
from typing import Any, TypeAlias
from urllib.parse import parse_qsl

from litestar.connection import Request
from litestar.exceptions import ClientException

from survey.errors import Refused

Fields: TypeAlias = Mapping[str, tuple[str, ...]]

# A field for words takes far more than its limit, so that nothing is lost that was pasted: what it
# takes (`CAPACITY` UTF-16 units, twenty pages) has at most nine bytes each when it is written as
# %XX%XX%XX.
CAPACITY = 50_000
MOST_BYTES = 524_288
MOST_FIELDS = 100
LONGEST_NAME = 64
_TYPE = "application/x-www-form-urlencoded"


class TooLarge(Refused):
    """The form is longer than any of ours can be."""

    status, message = 413, "too-large"


class NotAForm(Refused):
    """The body is of another type than the forms on our pages send."""

    status, message = 415, "not-a-form"


class Malformed(Refused):
    """The form is cut off or not written as forms are."""

    status, message = 400, "malformed"


async def read(request: Request[Any, Any, Any]) -> Fields:
    """The fields of a form by name, each with all its values in the order sent.

    Raises:
        NotAForm, TooLarge, Malformed: and nothing was read beyond the limit
    """
    kind, _, rest = request.headers.get("content-type", "").partition(";")
    charset = rest.partition("charset=")[2].strip(' "').lower()
    if kind.strip().lower() != _TYPE or charset not in {"", "utf-8"}:
        raise NotAForm()
    return parsed(await _body(request))


def parsed(body: bytes) -> Fields:
    """The fields in these bytes."""
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=bool(body),
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError as error:
        raise Malformed(reason=type(error).__name__) from None
    fields: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        # U+0000 is no sign anybody types; databases and XML both stumble over it.
        if len(name) > LONGEST_NAME or "\x00" in value or "\x00" in name:
            raise Malformed(reason="a field")
        fields[name] = (*fields.get(name, ()), value)
    return fields


def single(fields: Fields, name: str) -> str:
    """The value of a field that stands once; empty when it is missing or stands there twice."""
    values = fields.get(name, ())
    return values[0] if len(values) == 1 else ""


async def _body(request: Request[Any, Any, Any]) -> bytes:
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > MOST_BYTES:
        raise TooLarge()
    body = b""
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MOST_BYTES:
                raise TooLarge()
    except ClientException:
        raise Malformed(reason="broke off") from None
    if announced.isdecimal() and len(body) < int(announced):
        raise Malformed(reason="cut off")
    return body
