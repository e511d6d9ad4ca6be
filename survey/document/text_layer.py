"""The letters behind the drawn text: what is found, copied and read aloud.

A typeface draws several characters with one glyph, and WeasyPrint writes down the first of them
that a document uses: after one no-break space no blank of the file is found by a search for two
words, and a copied mail address holds a hyphen that no mail programme knows.
"""

import zlib

import pikepdf

# The character that is meant wherever a glyph stands for several: what a keyboard types.
TYPED = {"00a0": "0020", "00ad": "002d", "2010": "002d", "2011": "002d"}


def use_typed_characters(pdf: pikepdf.Pdf) -> None:
    """Let every glyph of a blank or a hyphen stand for the one that people type."""
    for font in pdf.objects:
        if isinstance(font, pikepdf.Dictionary) and "/ToUnicode" in font:
            table = font.ToUnicode.read_bytes()
            typed = table
            for drawn, meant in TYPED.items():
                typed = typed.replace(f"<{drawn}>\n".encode(), f"<{meant}>\n".encode())
            if typed != table:
                font.ToUnicode.write(zlib.compress(typed), filter=pikepdf.Name.FlateDecode)
