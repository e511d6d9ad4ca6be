"""Units too small for one wave: whole waves together, in closed blocks that never overlap."""

from collections.abc import Sequence


def blocks(answers: Sequence[int], k: int) -> tuple[tuple[int, ...], ...]:
    """Positions of the waves that are shown together, oldest first; the open rest is not shown.

    A block is closed as soon as it holds `k` answers and never changes again: with rolling blocks
    the difference of two would be a single wave.

    Args:
        answers: of one unit and one question, per wave
    Raises:
        ValueError: a negative number of answers
    """
    closed, open_block, people = [], [], 0
    for wave, count in enumerate(answers):
        if count < 0:
            raise ValueError(f"{count} answers in wave {wave}")
        open_block.append(wave)
        people += count
        if people >= k:
            closed.append(tuple(open_block))
            open_block, people = [], 0
    return tuple(closed)
