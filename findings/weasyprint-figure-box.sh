#!/usr/bin/env bash
# WeasyPrint 70.0: the box of a tagged figure is in CSS pixels from the top of the page.
#
# BBox of a Figure is given in default user space: points from the lower left corner (ISO 32000-1,
# 14.8.5.4.3). Written are CSS pixels from the upper left one, so that a reader that outlines or
# enlarges figures shows another place, and a figure in the lower right lies off the page altogether.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip --quiet --disable-pip-version-check install weasyprint==70.0 pikepdf==10.17.0
cat > try.py <<'PY'
from io import BytesIO

import pikepdf
import weasyprint

SHEET = (
    "@page { size: 400px 400px; margin: 0 }"
    "svg { position: absolute; inset-block-end: 0; inset-inline-end: 0; inline-size: 100px; block-size: 100px }"
)
SVG = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><title>A</title><rect width='9' height='9'/></svg>"
html = f"<html lang='de'><title>Probe</title><style>{SHEET}</style><body>{SVG}</body></html>"
made = weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")
with pikepdf.open(BytesIO(made)) as pdf:
    figure = next(t for t in pdf.objects if isinstance(t, pikepdf.Dictionary) and t.get("/S") == "/Figure")
    box = [float(edge) for edge in figure.A.BBox]
    page = [float(edge) for edge in pdf.pages[0].MediaBox]
print("weasyprint", weasyprint.__version__)
print("page", page, "figure", box, "expected", [225.0, 0.0, 300.0, 75.0])
assert page == [0, 0, 300, 300]
assert box == [300, 300, 400, 400]
PY
env/bin/python try.py
