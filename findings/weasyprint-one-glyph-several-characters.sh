#!/usr/bin/env bash
# WeasyPrint 70.0: one no-break space takes all blanks out of a search.
#
# Source Sans draws the blank and the no-break space with one glyph, and '-' and U+2010 with another.
# The file's ToUnicode table keeps, for a glyph, the character it was used for first. What follows is
# then found, copied and read as that one: "zwei Wörter" is not in the text, and the copied mail
# address holds U+2010. Checkers for PDF/A and PDF/UA accept the file. Expected: each run of text
# keeps its own characters (ActualText), or the table prefers what keyboards type.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip --quiet --disable-pip-version-check install weasyprint==70.0 pypdf==7.1.0
npm install --silent --no-audit --no-fund source-sans@3.52.0
cat > try.py <<'PY'
from io import BytesIO

import pypdf
import weasyprint

SHEET = (
    "@font-face { font-family: S; src: url(node_modules/source-sans/TTF/SourceSans3-Regular.ttf) }"
    "body { font-family: S }"
)


def text(body: str) -> str:
    html = f"<html lang='de'><title>Probe</title><style>{SHEET}</style><body>{body}</body></html>"
    pdf = weasyprint.HTML(string=html, base_url=".").write_pdf()
    return pypdf.PdfReader(BytesIO(pdf)).pages[0].extract_text()


print("weasyprint", weasyprint.__version__)
cases = {
    "plain": text("<p>zwei Wörter</p>"),
    "after a no-break space": text("<p>Zehn\u00a0Prozent</p><p>zwei Wörter</p>"),
    "after U+2010": text("<p>E\u2010Bike</p><p>post@muster-stadt.example</p>"),
}
for name, found in cases.items():
    print(f"{name}: {found.splitlines()[-1]!a}")
last = {name: found.splitlines()[-1] for name, found in cases.items()}
assert last["plain"] == "zwei Wörter"
assert last["after a no-break space"] == "zwei\u00a0Wörter"
assert last["after U+2010"] == "post@muster\u2010stadt.example"
PY
env/bin/python try.py
