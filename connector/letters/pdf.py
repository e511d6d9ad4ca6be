"""Many letters as one PDF: drawn in parts by several processes, joined with their tags.

One document of eight hundred pages would hold its whole layout in memory; a part of fifty
does not, and two processes need half the time.
"""

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from itertools import repeat

from msgspec import structs

from connector.letter_errors import LettersRefused
from connector.letters import page as letters_page
from connector.letters.address import Recipient
from connector.letters.page import Run
from survey.document import join, pdf

PART = 50
TOO_LONG = (
    "Ein Brief passt nicht auf eine Seite. Bitte in den Einstellungen kürzen (sender, co_signer, "
    "help_name, help_hours) oder beim Programm die Rechtsgrundlage und die Anschriften."
)


def drawn(
    run: Run, letters: Sequence[tuple[Recipient, str]], progress: Callable[[int], None]
) -> bytes:
    """The letters in their order, one page each; `progress` is called with how many are done.

    Raises:
        LettersRefused: a letter needs a second page, or this connector does not know the form
    """
    run = structs.replace(run, dense=_dense(run, letters))
    parts = [letters[start : start + PART] for start in range(0, len(letters), PART)]
    done: list[bytes] = []
    pages = 0
    for part, drawing in zip(parts, _drawings(run, parts), strict=True):
        if join.pages(drawing) != len(part):
            raise LettersRefused(TOO_LONG)
        done.append(drawing)
        pages += len(part)
        progress(pages)
    return join.joined(done)


def _dense(run: Run, letters: Sequence[tuple[Recipient, str]]) -> frozenset[str]:
    """Languages whose letters fit their page only when set closer; tried with the longest name."""
    longest: dict[str, tuple[Recipient, str]] = {}
    for letter in letters:
        known = longest.get(letter[0].language)
        if known is None or len(letter[0].name) > len(known[0].name):
            longest[letter[0].language] = letter
    dense = frozenset(tag for tag, letter in longest.items() if not _fits(run, letter))
    closer = structs.replace(run, dense=dense)
    if not all(_fits(closer, longest[tag]) for tag in dense):
        raise LettersRefused(TOO_LONG)
    return dense


def _fits(run: Run, letter: tuple[Recipient, str]) -> bool:
    return pdf.count_pages(letters_page.document(run, [letter])) == 1


def _drawings(run: Run, parts: Sequence[Sequence[tuple[Recipient, str]]]) -> Iterator[bytes]:
    pages = (
        letters_page.document(run, part, first=1 + PART * number)
        for number, part in enumerate(parts)
    )
    workers = min(os.cpu_count() or 1, len(parts), 4)
    if workers < 2:
        yield from map(_draw, pages, repeat(run.day))
        return
    # Not forked: a child must not inherit the open database.
    context = multiprocessing.get_context("spawn")
    # A layout is one web of objects until it is done: looking for garbage in it costs a tenth.
    with ProcessPoolExecutor(workers, mp_context=context, initializer=gc.disable) as pool:
        yield from pool.map(_draw_and_clear, pages, repeat(run.day))


def _draw(page: str, day: date) -> bytes:
    return pdf.render(page, language="de", created=day)


def _draw_and_clear(page: str, day: date) -> bytes:
    drawn = _draw(page, day)
    gc.collect()
    return drawn
