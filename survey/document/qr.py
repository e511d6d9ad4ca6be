"""QR codes as SVG, for letters and pages."""

from html import escape

import segno

QUIET_ZONE = 4  # modules of white around the code that ISO/IEC 18004 asks for


def svg(text: str, *, title: str, size: str = "35mm") -> str:
    """An inline SVG of `text`, error correction M, `size` wide with its quiet zone.

    Args:
        title: what the code is for; the only text an SVG hands to a PDF's tag tree
        size: a CSS length
    """
    code = segno.make(text, error="m", micro=False, boost_error=False)
    side = code.symbol_size(border=QUIET_ZONE)[0]
    # Runs of dark modules as one path: single squares print with hairlines between them.
    drawn = "".join(
        f"M{x + QUIET_ZONE},{y + QUIET_ZONE}h{length}v1h-{length}z"
        for y, row in enumerate(code.matrix)
        for x, length in _runs(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="qr" role="img" '
        f'viewBox="0 0 {side} {side}" width="{size}" height="{size}">'
        f"<title>{escape(title)}</title>"
        f'<path fill="#fff" d="M0,0h{side}v{side}h-{side}z"/>'
        f'<path fill="#000" d="{drawn}"/></svg>'
    )


def _runs(row: bytearray | bytes) -> list[tuple[int, int]]:
    """Start and length of each run of dark modules in a row."""
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for x, dark in enumerate((*row, 0)):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            runs.append((start, x - start))
            start = None
    return runs
