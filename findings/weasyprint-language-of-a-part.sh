#!/usr/bin/env bash
# WeasyPrint 70.0: `lang` of a part does not reach the tags, so another voice reads it.
#
# HTML names the language of a paragraph, layout uses it (hyphens, quotes, glyphs), and the tag tree
# holds it nowhere: the only /Lang of a PDF/UA file is that of the document. A German voice reads the
# Arabic half of a bilingual letter. Checkers cannot see it: they do not know what language a text is in.
# Expected: /Lang on the structure element (ISO 14289-1, 7.2).
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

html = (
    "<html lang='de'><title>Probe</title><body>"
    "<p>Guten Tag</p><p lang='tr'>Merhaba</p><p lang='en'>Hello</p></body></html>"
)
made = weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")
with pikepdf.open(BytesIO(made)) as pdf:
    tags = [t for t in pdf.objects if isinstance(t, pikepdf.Dictionary) and t.get("/Type") == "/StructElem"]
    named = [str(tag.Lang) for tag in tags if "/Lang" in tag]
    document = str(pdf.Root.Lang)
print("weasyprint", weasyprint.__version__)
print("document", document, "elements", len(tags), "with a language of their own", named)
assert document == "de" and len(tags) > 3
assert named == []
PY
env/bin/python try.py
