"""Files with codes: written whole, then renamed; overwritten before they are removed."""

import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from connector.letter_errors import LettersRefused
from survey.linkage import keys

UNFINISHED = ".part"


def refuse(targets: Sequence[Path], ours: Collection[str]) -> None:
    """Nothing that letters did not write is ever replaced.

    Raises:
        LettersRefused: a target cannot be written, or is somebody else's file
    """
    if len(set(targets)) < len(targets):
        raise LettersRefused("Briefe und Erinnerungen brauchen zwei verschiedene Dateien.")
    for path in targets:
        if path.exists() and str(path) not in ours:
            raise LettersRefused(
                f"{path} gibt es schon und ist kein Druck dieser Welle. Bitte einen anderen Namen "
                "wählen."
            )
        if not path.parent.is_dir():
            raise LettersRefused(f"Das Verzeichnis {path.parent} gibt es nicht.")
        if not os.access(path.parent, os.W_OK):
            raise LettersRefused(f"In {path.parent} darf dieses Konto nicht schreiben.")


def store(contents: Mapping[Path, bytes]) -> None:
    """Write all files or none; only this account may read them.

    Raises:
        LettersRefused: the disk is full or not writable; what was there is still there
    """
    try:
        for path, content in contents.items():
            _write(_unfinished(path), content)
        for path in contents:
            _unfinished(path).replace(path)
    except OSError as error:
        for path in contents:
            destroy(_unfinished(path))
        raise LettersRefused(
            f"Die Briefe ließen sich nicht schreiben: {error.strerror}. Es wurde nichts geändert."
        ) from error


def remove(path: Path) -> bool:
    """Destroy the file and what a power cut may have left of it; False when neither was there."""
    return any([destroy(path), destroy(_unfinished(path))])


def destroy(path: Path) -> bool:
    """Overwrite and remove; False when there is no such file."""
    if not path.is_file():
        return False
    try:
        keys.destroy(path)
    finally:
        path.unlink(missing_ok=True)
    return True


def _unfinished(path: Path) -> Path:
    return path.with_name(path.name + UNFINISHED)


def _write(path: Path, content: bytes) -> None:
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
