"""Pictures of the results page: those of the report, in the page's colours and type.

They stand in the page itself, so that they follow dark and light. Any typeface of the machine sets
them: every text is given the width it was measured with, which keeps it off its neighbours.
"""

import re
from collections.abc import Callable
from html import unescape

from markupsafe import Markup

from survey.document import colours, typeface
from survey.document.svg import Drawing

Say = Callable[[str], str]

_TEXT = re.compile(
    r'<text (?P<place>x="[^"]*" y="[^"]*") font-size="(?P<size>[\d.]+)" fill="(?P<fill>[^"]+)" '
    r'text-anchor="(?P<anchor>\w+)" font-weight="(?P<weight>\d+)">(?P<words>[^<]*)</text>'
)
_COLOUR = re.compile(r'(fill|stroke)="(#[0-9A-F]{6})"')


def inline(drawing: Drawing, *, kind: str) -> Markup:
    """The picture as part of the page, its colours by the names that the style sheet gives them.

    One without alternative text is hidden from screen readers: its words stand beside it.
    """
    # Our own drawing, whose words `survey.document.svg` has escaped.
    body = Markup(_COLOUR.sub(_named, _TEXT.sub(_fitted, drawing.body)))  # noqa: S704
    label = Markup('role="img" aria-label="{}"').format(drawing.alt)
    return Markup(
        '<svg class="chart {}" width="{}" height="{}" viewBox="0 0 {} {}" {}>{}</svg>'
    ).format(
        kind,
        round(drawing.width * 1.6),
        round(drawing.height * 1.6),
        f"{drawing.width:g}",
        f"{drawing.height:g}",
        label if drawing.alt else Markup('aria-hidden="true" focusable="false"'),
        body,
    )


def _fitted(match: re.Match[str]) -> str:
    words, size, weight = unescape(match["words"]), float(match["size"]), int(match["weight"])
    fill = "var(--petrol-on)" if match["fill"] == "#FFFFFF" else match["fill"]
    wide = typeface.width(words, size, face="semibold" if weight >= 600 else "sans")
    fit = f' textLength="{wide:.1f}" lengthAdjust="spacingAndGlyphs"' if len(words) > 1 else ""
    return (
        f'<text {match["place"]} font-size="{size:g}" fill="{fill}" '
        f'text-anchor="{match["anchor"]}" font-weight="{weight}"{fit}>{match["words"]}</text>'
    )


def _named(match: re.Match[str]) -> str:
    names = {code: name for name, code in reversed(colours.light().items())}
    return f'{match[1]}="var(--{names[match[2]]})"'
