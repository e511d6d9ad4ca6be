#!/usr/bin/env bash
# WeasyPrint 70.0: a valid drawing that it cannot draw leaves the rest of the page in its state.
#
# An empty `points` draws nothing (SVG 1.1, 9.7), a `transform-origin` may be given in per cent. In a
# group with an opacity both stop the drawing of the picture: one line in the log at level ERROR, no
# exception, and graphics states that are opened and never closed, so that what the page draws later
# (running foot, other text) is moved, faded or cut. PDF/A and PDF/UA checkers do not count states.
# Expected: nothing is drawn for the element, or the states are closed before going on.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip --quiet --disable-pip-version-check install weasyprint==70.0 pikepdf==10.17.0
cat > try.py <<'PY'
import logging
from base64 import b64encode
from io import BytesIO

import pikepdf
import weasyprint

DRAWINGS = {
    "plain": '<rect width="5" height="5"/>',
    "empty points": '<polyline points=""/>',
    "origin in per cent": '<rect width="5" height="5" transform="rotate(9)" transform-origin="50% 50%"/>',
}
errors: list[str] = []


class Keep(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        errors.append(record.msg)


logging.getLogger("weasyprint").addHandler(Keep(logging.ERROR))


def states(drawing: str) -> tuple[int, int, int]:
    errors.clear()
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g opacity=".9">{drawing}</g></svg>'
    data = b64encode(svg.encode()).decode()
    body = f'<img alt="A" src="data:image/svg+xml;base64,{data}"><p>Text</p>'
    html = f"<html lang='de'><title>Probe</title><body>{body}</body></html>"
    with pikepdf.open(BytesIO(weasyprint.HTML(string=html).write_pdf())) as pdf:
        operators = [str(name) for _, name in pikepdf.parse_content_stream(pdf.pages[0])]
    return operators.count("q"), operators.count("Q"), len(errors)


print("weasyprint", weasyprint.__version__)
found = {name: states(drawing) for name, drawing in DRAWINGS.items()}
for name, (opened, closed, logged) in found.items():
    print(f"{name}: opened {opened}, closed {closed}, logged {logged}")
assert found["plain"][0] == found["plain"][1] and found["plain"][2] == 0
for name in ("empty points", "origin in per cent"):
    opened, closed, logged = found[name]
    assert opened > closed and logged == 1, name
PY
env/bin/python try.py
