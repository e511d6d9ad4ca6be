#!/usr/bin/env bash
# WeasyPrint 70.0: a line is broken after its first word when it fits but for the blank at its end.
#
# Text stands before an element (`<p>aaa bbb ccc. <strong>ddd</strong>`), and the line is as wide as
# the text without its last blank. Expected (CSS Text 3, 4.1.2): a blank at the end of a line hangs,
# the text stays whole and the element begins the next line. Seen: the first word stands alone on a
# line. Whether a page shows it depends on a tenth of a millimetre. With the blank inside the element
# (`ccc.<strong> ddd`) it never happens.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip --quiet --disable-pip-version-check install weasyprint==70.0
cat > try.py <<'PY'
import weasyprint
from weasyprint.formatting_structure import boxes

TEXT = {
    "blank before the element": "Sie entscheiden selbst, ob Sie antworten. <strong>Das ist frei.</strong>",
    "blank inside the element": "Sie entscheiden selbst, ob Sie antworten.<strong> Das ist frei.</strong>",
}
STYLE = "p { margin: 0; width: %smm } strong { font-weight: 400 } @page { size: 210mm 99mm }"


def first_line(html):
    page = weasyprint.HTML(string=html).render().pages[0]._page_box
    line = next(box for box in page.descendants() if isinstance(box, boxes.LineBox))
    return "".join(box.text for box in line.descendants() if isinstance(box, boxes.TextBox)).strip()


print("weasyprint", weasyprint.__version__)
alone = {}
for name, text in TEXT.items():
    widths = [width / 10 for width in range(500, 1200)]
    alone[name] = [w for w in widths if first_line(f"<style>{STYLE % w}</style><p>{text}") == "Sie"]
    print(name, "first word alone at", alone[name] or "no width")
assert alone["blank before the element"]
assert not alone["blank inside the element"]
PY
env/bin/python try.py
