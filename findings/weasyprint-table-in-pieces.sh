#!/usr/bin/env bash
# WeasyPrint 70.0: a tagged table over three pages is three tables, two of them with data for heads.
#
# `thead` is repeated on each page, which is right for the eye. In the tag tree each page becomes a
# Table of its own with the repeated head inside, under new IDs. Who counts or walks tables by their
# tags (screen readers do) meets three, and hears the head as rows of the later ones. PDF/UA checkers
# accept it. Expected: one Table, the repeated head an artifact (ISO 32000-1, 14.8.2.2).
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

ROWS = "".join(f"<tr><th scope='row'>Zeile {n}</th><td>{n}</td></tr>" for n in range(120))
HEAD = "<thead><tr><td>Name</td><th scope='col'>Zahl</th></tr></thead>"
html = (
    "<html lang='de'><title>Probe</title><body>"
    f"<table><caption>Tabelle</caption>{HEAD}<tbody>{ROWS}</tbody></table></body></html>"
)
made = weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")
with pikepdf.open(BytesIO(made)) as pdf:
    kinds = [str(thing.get("/S", "")) for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary)]
    pages = len(pdf.pages)
print("weasyprint", weasyprint.__version__)
print("pages", pages, "Table", kinds.count("/Table"), "THead", kinds.count("/THead"), "Caption", kinds.count("/Caption"))
assert pages > 2
assert kinds.count("/Table") == kinds.count("/THead") == pages
assert kinds.count("/Caption") == 1
PY
env/bin/python try.py
