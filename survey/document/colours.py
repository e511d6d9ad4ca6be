"""The colours of `static/tokens.css`, for drawings that cannot read a style sheet."""

import re
from functools import cache

from survey import paths


@cache
def light() -> dict[str, str]:
    """Hexadecimal colour by token, as on white paper."""
    sheet = (paths.STATIC / "tokens.css").read_text("utf-8")
    first = sheet[sheet.index(":root {") : sheet.index("}")]
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9A-F]{6})", first))
