"""Settings of the survey server: a TOML file in its home, and `SURVEY_*` in the environment.

A name ending in `_FILE` in the environment gives a file to read the value from (for systemd
credentials). Nothing secret is a setting: keys are files of their own (`survey keys`).
"""

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_type_hints
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta, Struct

from survey import clock, placeholders
from survey.errors import SettingsError

T = TypeVar("T", bound=Struct)
FILE = "settings.toml"
# An e-mail address, or the address of a form; empty until somebody has named one.
BARRIER_ADDRESS = r"^$|^https?://[^\s/]+\S*$|^[^\s@]+@[^\s@]+\.[^\s@]+$"


def without_password(place: str) -> str:
    """The address of a database as it may be shown; a file stays as it is."""
    head, mark, rest = place.rpartition("@")
    scheme, slashes, who = head.rpartition("://")
    user, colon, _ = who.partition(":")
    shown = f"{scheme}{slashes}{user}{colon and ':...'}{mark}{rest}"
    return re.sub(r"([?&](?!host=|port=|sslmode=)[^=&]*=)[^&]*", r"\1...", shown)


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the server needs to know about the house it stands in; paths are below the home."""

    tenant: Annotated[
        str,
        Meta(
            pattern=r"^[a-z0-9][a-z0-9-]{0,31}$",
            description="Short name of the jobcenter; first column of every table.",
        ),
    ]
    name: Annotated[str, Meta(description="The jobcenter as people know it; head of every page.")]
    base_url: Annotated[
        str,
        Meta(
            pattern=r"^https?://[^/]+$",
            description="Address people open, without a slash at its end; decides cookie and QR.",
        ),
    ]
    host: Annotated[str, Meta(description="Interface the server listens on.")] = "127.0.0.1"
    port: Annotated[int, Meta(ge=1, le=65535, description="Port the server listens on.")] = 8000
    staff_host: Annotated[str, Meta(description="Interface the staff pages listen on.")] = (
        "127.0.0.1"
    )
    staff_port: Annotated[int, Meta(ge=1, le=65535, description="Port of the staff pages.")] = 8002
    staff_url: Annotated[
        str,
        Meta(
            pattern=r"^https?://[^/]+$",
            description="Address staff open, without a slash at its end; never that of recipients.",
        ),
    ] = "http://127.0.0.1:8002"
    database: Annotated[
        str,
        Meta(
            description="SQLite file, or postgresql://... for a server of its own.",
            extra={"shown": without_password},
        ),
    ] = "survey.db"
    server_keys: Annotated[str, Meta(description="Directory of the server's keys.")] = "keys/server"
    evaluator_keys: Annotated[
        str,
        Meta(description="Directory of the evaluator's keys; better on a device of its own."),
    ] = "keys/evaluator"
    languages: Annotated[
        tuple[str, ...], Meta(description="Languages offered, in the order shown.")
    ] = ("de", "de-simple", "en", "ar")
    help_name: Annotated[
        str, Meta(description="Independent help: who answers, before a programme is known.")
    ] = ""
    help_phone: Annotated[str, Meta(description="Independent help: telephone number.")] = ""
    barrier_address: Annotated[
        str,
        Meta(
            pattern=BARRIER_ADDRESS,
            description="Where people report a barrier in writing: an e-mail address, or the "
            "address of a form. Required before a programme begins.",
        ),
    ] = ""
    enforcement_body: Annotated[
        str, Meta(description="Body to turn to when a barrier is not removed (accessibility).")
    ] = ""
    time_zone: Annotated[
        str,
        Meta(
            description="Time zone of the house: its midnight opens and closes waves; pages, log "
            "and commands follow it, whatever the machine's own is."
        ),
    ] = clock.GERMANY
    demo: Annotated[bool, Meta(description="Marks every page and document as an example.")] = False

    def __post_init__(self) -> None:
        clock.zone(self.time_zone)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the house."""
        return clock.zone(self.time_zone)


def barrier_link(address: str) -> str:
    """Where a link leads that has this `barrier_address`."""
    return f"mailto:{address}" if "@" in address and "://" not in address else address


class Listed(Struct, frozen=True, kw_only=True):
    """One setting as `survey settings` shows it."""

    name: str
    value: Any
    source: str
    meaning: str


def load(
    home: Path, kind: type[T], *, prefix: str, environment: Mapping[str, str] | None = None
) -> T:
    """The settings of a home directory.

    Args:
        prefix: what names in the environment begin with, e.g. "SURVEY_"
    Raises:
        SettingsError: file missing, not TOML, a setting unknown, missing, of the wrong kind or
            still to be filled in
    """
    values, sources = _gathered(home, kind, prefix, environment)
    try:
        settings = msgspec.convert(values, kind, strict=False)
    except msgspec.ValidationError as error:
        source = sources.get(_named(error), home / FILE)
        raise SettingsError(
            source=source, reason=str(error), **_meaning(kind, error), cure="mend it there"
        ) from error
    _refuse_unfilled(settings, f"mend it in {home / FILE} or the environment")
    return settings


def listed(
    home: Path, kind: type[T], *, prefix: str, environment: Mapping[str, str] | None = None
) -> list[Listed]:
    """Every setting with its value, where that comes from, and what it means."""
    settings = load(home, kind, prefix=prefix, environment=environment)
    _, sources = _gathered(home, kind, prefix, environment)
    hints = get_type_hints(kind, include_extras=True)
    return [
        Listed(
            name=name,
            value=_shown(hints[name].__metadata__[0], getattr(settings, name)),
            source=sources.get(name, "default"),
            meaning=hints[name].__metadata__[0].description or "",
        )
        for name in kind.__struct_fields__
    ]


def _shown(meta: Meta, value: Any) -> Any:
    shown: Callable[[Any], Any] | None = (meta.extra or {}).get("shown")
    return shown(value) if shown else value


def write(home: Path, settings: Struct) -> Path:
    """Write the file of a new home, and the home; gives its path. Never replaces one.

    Raises:
        SettingsError: a value cannot be used, or there is a file; nothing was written
    """
    path = home / FILE
    _refuse_unusable(settings)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    lines = [f"# {type(settings).__name__}: meaning of each by the command `settings`"]
    text = msgspec.toml.encode(settings).decode()
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write("\n".join([*lines, text]))
    except FileExistsError as error:
        raise SettingsError(file=path, reason="is there already", cure="edit it") from error
    except OSError:
        path.unlink(missing_ok=True)
        raise
    return path


def _refuse_unusable(settings: Struct) -> None:
    kind = type(settings)
    _refuse_unfilled(settings, "give another value")
    try:
        msgspec.convert(msgspec.to_builtins(settings), kind)
    except msgspec.ValidationError as error:
        raise SettingsError(
            reason=str(error), **_meaning(kind, error), cure="give another value"
        ) from error


def _refuse_unfilled(settings: Struct, cure: str) -> None:
    """What is still to be filled in would stand on pages and letters."""
    values = {name: getattr(settings, name) for name in settings.__struct_fields__}
    left = placeholders.unfilled({}, {k: v for k, v in values.items() if isinstance(v, str)})
    if left:
        raise SettingsError(setting=", ".join(left), reason="still to be filled in", cure=cure)


def _named(error: msgspec.ValidationError) -> str:
    """The setting that the message is about; empty when it is about none of them."""
    return str(error).partition("`$.")[2].partition("`")[0].partition("[")[0]


def _meaning(kind: type[Struct], error: msgspec.ValidationError) -> dict[str, str]:
    name = _named(error)
    hint = get_type_hints(kind, include_extras=True).get(name)
    return {"setting": f"{name}: {hint.__metadata__[0].description}"} if hint else {}


def _gathered(
    home: Path, kind: type[T], prefix: str, environment: Mapping[str, str] | None
) -> tuple[dict[str, Any], dict[str, str]]:
    path = home / FILE
    try:
        values = msgspec.toml.decode(path.read_bytes())
    except OSError as error:
        raise SettingsError(file=path, reason="cannot be read", cure="run `init`") from error
    except msgspec.DecodeError as error:
        raise SettingsError(file=path, reason=str(error), cure="mend the TOML") from error
    sources = dict.fromkeys(values, str(path))
    around = os.environ if environment is None else environment
    for name in kind.__struct_fields__:
        variable = prefix + name.upper()
        if variable in around:
            values[name], sources[name] = around[variable], variable
        elif variable + "_FILE" in around:
            values[name] = _content(Path(around[variable + "_FILE"]))
            sources[name] = variable + "_FILE"
        if isinstance(values.get(name), str):
            values[name] = _split(kind, name, values[name])
    return values, sources


def _content(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except OSError as error:
        raise SettingsError(file=path, reason="cannot be read") from error


def _split(kind: type[T], name: str, text: str) -> Any:
    """A list in the environment is written with commas."""
    hint = get_type_hints(kind)[name]
    return tuple(part.strip() for part in text.split(",")) if "tuple" in str(hint) else text
