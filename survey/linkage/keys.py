"""Key files: who holds which, what each is for, and where it must not be kept.

One file per key in a directory of its own (mode 0700, files 0600), 64 hexadecimal digits and a line
end, never in a database and never in its backup. Directories per programme, so that ending a
programme is deleting its directory. Threat: whoever steals the server's disk or its backups must
find no key there; whoever runs the server (the evaluator's keys being elsewhere) must not be able
to link an answer.
"""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from msgspec import Struct

from survey.errors import KeyMissing
from survey.linkage.primitives import fresh_key, keyed

EVALUATOR = {
    "link": "pairs the waves of one domain and makes the marks; never rotated, only destroyed: "
    "that anonymises the programme",
    "code": "turns codes into what the database can look up, and into sessions",
    "ticket": "seals the pseudonym of an invitation",
    "pair": "the outer layer around every answer",
    "cookie": "seals sessions before they reach a browser",
}
EVALUATOR_HOUSE = {"exchange": "opens what connectors push (HPKE, X25519)"}
SERVER_HOUSE = {"signature": "signs what connectors are told (Ed25519)"}
SERVER = {
    "answer": "the inner layer around every answer",
    "sensitive": "the inner layer around sensitive answers",
    "handle": "lets a person's code find her own rows, to delete them",
}
CONNECTOR = {
    "index": "looks up case numbers and persons without storing them",
    "case": "seals case numbers in the link table",
    "exchange": "opens what is sealed to this connector (HPKE, X25519)",
    "signature": "signs what this connector sends (Ed25519)",
}


class Pair(Struct, frozen=True):
    """Raw private and public key, 32 bytes each."""

    private: bytes
    public: bytes


class EvaluatorKeys(Struct, frozen=True, kw_only=True):
    """The evaluator's keys of one programme; see EVALUATOR."""

    link: bytes
    code: bytes
    ticket: bytes
    pair: bytes
    cookie: bytes


class ServerKeys(Struct, frozen=True, kw_only=True):
    """The server's keys of one programme; see SERVER."""

    answer: bytes
    sensitive: bytes
    handle: bytes


def create(directory: Path, purposes: Mapping[str, str]) -> list[str]:
    """Make the keys that are missing; gives the names of those made. Never overwrites a key."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = []
    for name in purposes:
        path = directory / name
        if not path.exists():
            _write(path, fresh_key())
            made.append(name)
    return made


def read(directory: Path, name: str) -> bytes:
    """One key, 32 bytes.

    Raises:
        KeyMissing: the file is not there, not readable, or not 64 hexadecimal digits
    """
    path = directory / name
    try:
        key = bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError) as error:
        raise KeyMissing(path=path, cure="restore it from where it is kept") from error
    if len(key) != len(fresh_key()):
        raise KeyMissing(path=path, cure="the file is cut short: restore it from where it is kept")
    return key


def evaluator_keys(directory: Path) -> EvaluatorKeys:
    """All keys of the evaluator for one programme."""
    return EvaluatorKeys(**{name: read(directory, name) for name in EVALUATOR})


def server_keys(directory: Path) -> ServerKeys:
    """All keys of the server for one programme."""
    return ServerKeys(**{name: read(directory, name) for name in SERVER})


def sealing_pair(directory: Path, name: str = "exchange") -> Pair:
    """The HPKE pair whose private half lies in this file."""
    private = read(directory, name)
    public = X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
    return Pair(private=private, public=public)


def signing_pair(directory: Path, name: str = "signature") -> Pair:
    """The Ed25519 pair whose private half lies in this file."""
    private = read(directory, name)
    public = Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
    return Pair(private=private, public=public)


def destroy(path: Path) -> None:
    """Overwrite a key file and remove it.

    On flash storage and copying file systems old blocks may live on; the operator's guide says so.
    """
    with path.open("r+b", buffering=0) as file:
        file.write(secrets.token_bytes(path.stat().st_size))
        os.fsync(file.fileno())
    path.unlink()
    _sync(path.parent)


def fingerprint(public_key: bytes) -> str:
    """A public key for people to compare: 8 groups of 4 hexadecimal digits."""
    digits = keyed(b"fingerprint", public_key).hex()[:32]
    return " ".join(digits[place : place + 4] for place in range(0, 32, 4))


def same_fingerprint(first: str, second: str) -> bool:
    """Whether two are the same, however people grouped and typed the digits."""
    return _plain(first) == _plain(second)


def _plain(fingerprint: str) -> str:
    return "".join(fingerprint.split()).replace(":", "").lower()


def _write(path: Path, key: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(key.hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        # Half a key would be taken for a damaged one, and never made again.
        path.unlink(missing_ok=True)
        raise
    _sync(path.parent)


def _sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
