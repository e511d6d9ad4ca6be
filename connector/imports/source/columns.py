"""The wanted columns among those that an export has, whatever kind of source it is read from."""

import difflib
from collections import Counter

from connector.errors import FileRefused
from connector.identifiers import tidy


def places(header: list[str], wanted: tuple[str, ...]) -> list[int]:
    """Where in the tidied `header` each wanted column stands.

    Raises:
        FileRefused: a column is missing or there several times
    """
    times = Counter(header)
    missing = [name for name in wanted if times[tidy(name)] == 0]
    if missing:
        known = len(missing) < len(set(wanted))
        raise FileRefused("F-KO-001", column=missing[0], hint=_hint(missing, header, known=known))
    for name in wanted:
        if times[tidy(name)] > 1:
            raise FileRefused("F-KO-002", column=name, times=times[tidy(name)])
    return [header.index(tidy(name)) for name in wanted]


def _hint(missing: list[str], header: list[str], *, known: bool) -> str:
    """Hint on names near the first missing column, and on the others that are missing.

    Without one `known` column the line may be a record, and what stands in it somebody's name:
    then nothing of it is told but what is nearly the name that is looked for.
    """
    folded = {column.casefold(): column for column in header if column}
    cutoff = 0.5 if known else 0.8
    near = difflib.get_close_matches(missing[0].casefold(), folded, n=3, cutoff=cutoff)
    if near:
        sentences = ["Am ähnlichsten: " + _quoted([folded[name] for name in near])]
    elif known:
        sentences = ["Die Datei hat: " + _quoted(header[:30])]
    else:
        sentences = [
            "Ist die gelesene Zeile die Kopfzeile? Bitte `lines_before_header` in der Zuordnung "
            "prüfen"
        ]
    if missing[1:]:
        sentences.append("Ebenso fehlen: " + _quoted(missing[1:]))
    return " ".join(f"{sentence}." for sentence in sentences)


def _quoted(names: list[str]) -> str:
    # A header may hold anything, also what a terminal would obey.
    return ", ".join(
        "„" + "".join(sign for sign in name if sign.isprintable()) + "“" for name in names
    )
