"""Characters in people's own words that cannot be printed, and the stand-ins for them.

An emoji is drawn by whatever font a machine has for it, in colours that PDF/A may not hold, or by
none; a character without any font makes the file unusable for readers (`render_errors`). A stand-in
says what stood there, in the brackets in which two readers mark what they took out.
"""

import re
import unicodedata
from collections.abc import Iterable
from html import escape

import weasyprint

from survey.document import pdf, render_errors, typeface

# Joins, colours and styles of the pictures before them; and the planes of pictures themselves.
SILENT = re.compile("[\u200d\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
PICTURE = re.compile("[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
REPEATED = re.compile(r"(\[[^\[\]]+\])(?:\s*\1)+")


def without_font(texts: Iterable[str]) -> frozenset[str]:
    """Those characters of the texts that no font of this machine has; one trial page finds all."""
    rare = {
        letter
        for text in texts
        for letter in text
        if not typeface.has(letter) and not letter.isspace()
    }
    if not rare:
        return frozenset()
    page = weasyprint.HTML(string=f"<p>{escape(' '.join(sorted(rare)))}</p>")
    with render_errors.log() as log:
        page.write_pdf(font_config=pdf.fonts())
    return frozenset(render_errors.letter_of(record) for record in log.records) & rare


def stand_in(
    text: str, missing: frozenset[str], *, picture: str, character: str, named: bool
) -> str:
    """The text with a description in brackets for every picture and every character without a font.

    Args:
        missing: as `without_font` found them
        picture: the word for a picture, "Bildzeichen"
        character: the word before the number of a character, "Zeichen"
        named: whether a picture's name follows its word; Unicode has names in English alone
    """

    def told(letter: str) -> str:
        if PICTURE.match(letter):
            name = unicodedata.name(letter, f"U+{ord(letter):04X}").lower()
            return f"[{picture}: {name}]" if named else f"[{picture}]"
        return f"[{character} U+{ord(letter):04X}]" if letter in missing else letter

    plain = SILENT.sub("", text)
    return REPEATED.sub(r"\1", "".join(told(letter) for letter in plain))
