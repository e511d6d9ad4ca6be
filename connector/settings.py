"""The connector's settings: `settings.toml` in its home, overruled by `CONNECTOR_*` variables.

`CONNECTOR_SERVER_URL` sets `server_url`, `CONNECTOR_LETTER_HELP_NAME` sets `letter.help.name`; with
`_FILE` behind it, the value is read from that file. Keys are no settings: they lie in `keys`.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec
import tomli_w
from msgspec import Meta, Struct

from connector.letters_settings import LetterSettings
from survey.errors import SettingsError
from survey.model.exchange import Id

FILE = "settings.toml"
PREFIX = "CONNECTOR_"
DEFAULT_HOME = Path("connector-home")


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `settings.toml` may say; MEANINGS has the words for each."""

    tenant: Id
    connector_id: str = ""
    database: str = "connector.db"
    keys: str = "keys"
    server_url: str = "http://127.0.0.1:8000"
    survey_url: str = ""
    evaluator_fingerprint: str = ""
    period_days: Annotated[int, Meta(ge=0)] = 182
    ended_within_days: Annotated[int, Meta(ge=0)] = 182
    demo: bool = False
    letter: LetterSettings | None = None


class Home(Struct, frozen=True, kw_only=True):
    """A home directory with the settings in force and where each came from."""

    directory: Path
    settings: Settings
    sources: dict[str, str]

    @property
    def database(self) -> Path:
        """The database file."""
        return self.directory / self.settings.database

    @property
    def keys(self) -> Path:
        """The key directory; may lie outside the home, and should lie outside its backup."""
        return self.directory / self.settings.keys

    @property
    def print_keys(self) -> Path:
        """One key per print run, gone when the run is finished."""
        return self.keys / "print"

    @property
    def connector_id(self) -> str:
        """What the survey server knows this connector by."""
        return self.settings.connector_id or self.settings.tenant

    @property
    def survey_url(self) -> str:
        """The address printed on letters."""
        return (self.settings.survey_url or self.settings.server_url).rstrip("/")


MEANINGS = {
    "tenant": "short name of the jobcenter, the same as on the survey server",
    "connector_id": "what the survey server knows this connector by; empty: the tenant",
    "database": "database file, relative to the home",
    "keys": "key directory, relative to the home; must not be in the backup of the database",
    "server_url": "address at which the connector reaches the survey server",
    "survey_url": "address printed on letters; empty: the server's",
    "evaluator_fingerprint": "fingerprint of the evaluator's key, as its holder tells it to you; "
    "nothing is sealed to another key",
    "period_days": "nobody is invited twice within so many days",
    "ended_within_days": "cases that ended longer ago are not asked any more",
    "demo": "marks letters as examples and says so in the log",
    "letter": "what stands on letters; has to be set before letters are printed",
    "letter.house": "head of the letter",
    "letter.town": "stands before the date",
    "letter.sender": "who writes",
    "letter.co_signer": "who signs with it and is not the jobcenter's management",
    "letter.help.name": "independent help contact, required for letters",
    "letter.help.phone": "its telephone number",
    "letter.help.hours": "when it answers",
    "letter.help.address": "where it is",
    "letter.return_line": "small line above the address; must not tell what the letter is about",
    "letter.sample": "marks every letter as an example",
}


def read(directory: Path, environ: Mapping[str, str] | None = None) -> Home:
    """The settings in force.

    Raises:
        SettingsError: the file or a variable cannot be used; says which, and what helps
    """
    path = directory / FILE
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        cure = "run `connector init`, or name the home by --home or CONNECTOR_HOME"
        raise SettingsError(file=path, problem="there is no such file", cure=cure) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(file=path, problem=str(error)) from error
    sources = dict.fromkeys(_names(told), FILE)
    for name, variable, value in _overruled(os.environ if environ is None else environ):
        _set(told, name.split("."), value)
        sources[name] = variable
    try:
        settings = msgspec.convert(told, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise SettingsError(file=path, problem=str(error), known=", ".join(MEANINGS)) from error
    return Home(directory=directory, settings=settings, sources=sources)


def write(directory: Path, told: Mapping[str, Any]) -> Path:
    """Make a new settings file.

    Raises:
        SettingsError: there is one already; it is never overwritten
    """
    path = directory / FILE
    if path.exists():
        raise SettingsError(file=path, problem="there is one already", cure="edit it")
    path.write_text(tomli_w.dumps(dict(told)), "utf-8")
    path.chmod(0o600)
    return path


def grouped(fingerprint: str) -> str:
    """A fingerprint in groups of four, as people compare it."""
    plain = plain_fingerprint(fingerprint)
    return " ".join(plain[place : place + 4] for place in range(0, len(plain), 4))


def plain_fingerprint(fingerprint: str) -> str:
    """A fingerprint without groups, blanks and capitals."""
    return re.sub(r"[^0-9a-f]", "", fingerprint.lower())


def lines(home: Home) -> list[tuple[str, str, str, str]]:
    """(name, value, source, meaning) of every setting."""
    told = msgspec.to_builtins(home.settings)
    shown = []
    for name, meaning in MEANINGS.items():
        value = _at(told, name.split("."))
        if isinstance(value, dict):
            continue
        shown.append((name, _shown(value), home.sources.get(name, "default"), meaning))
    return shown


def _overruled(environ: Mapping[str, str]) -> list[tuple[str, str, str]]:
    found = []
    for name in MEANINGS:
        variable = PREFIX + name.replace(".", "_").upper()
        if variable in environ:
            found.append((name, variable, environ[variable]))
        elif f"{variable}_FILE" in environ:
            found.append((name, f"{variable}_FILE", _from_file(environ, f"{variable}_FILE")))
    return found


def _from_file(environ: Mapping[str, str], variable: str) -> str:
    try:
        return Path(environ[variable]).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(variable=variable, problem=str(error)) from error


def _set(told: dict[str, Any], names: list[str], value: str) -> None:
    for name in names[:-1]:
        told = told.setdefault(name, {})
    told[names[-1]] = value


def _names(told: Mapping[str, Any], before: str = "") -> list[str]:
    names = []
    for name, value in told.items():
        names += _names(value, f"{before}{name}.") if isinstance(value, dict) else [before + name]
    return names


def _at(told: Any, names: list[str]) -> Any:
    for name in names:
        told = told.get(name) if isinstance(told, dict) else None
    return told


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "-"
    return str(value).lower() if isinstance(value, bool) else str(value)
