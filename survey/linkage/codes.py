"""Codes people type: 50 random-looking bits and two check symbols, `XXXX-XXXX-XXXX`.

Alphabet: Crockford's 32 characters (no I L O U). The check symbols are those of a Reed-Solomon code
over GF(32), 10 + 2: every single wrong symbol and every transposition of two is told apart from a
wrong code, so that a typing mistake costs nobody a suspicion. The code is computed from the print
run's key and the invitation's number: who has neither cannot guess it better than 1 in 2^50, and
once the key is destroyed nobody can compute it again. Threat: the jobcenter printed the codes;
after `--finish` it must not be able to print them a second time for itself.
"""

import hashlib
import secrets
import unicodedata

from reedsolo import RSCodec

from survey.linkage.primitives import keyed

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
VALUE = {symbol: number for number, symbol in enumerate(ALPHABET)}
# What looks the same on the letter: O, I and L, and the capitals of a Cyrillic or Greek keyboard.
CONFUSED = str.maketrans(
    "OIL" + "АВСЕНІЈКМОРЅТУХҮԚԜӀЗ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "011" + "ABCEH1JKM0PSTYXYQW13" + "ABEZH1KMN0PTYX",
)
DATA, CHECK = 10, 2
# Symbols of a device's token: 100 random bits, typed once when the device is set up.
TOKEN = 20

# GF(2^5) with the primitive polynomial x^5 + x^2 + 1.
_CODEC = RSCodec(CHECK, nsize=31, prim=0b100101, generator=2, c_exp=5)


def derive(print_key: bytes, number: int) -> str:
    """The code of invitation `number` (>= 0) in the print run of this key."""
    drawn = int.from_bytes(keyed(print_key, "code", str(number))[:8], "big")
    data = [(drawn >> (5 * place)) & 31 for place in range(DATA)]
    return _grouped(bytes(_CODEC.encode(bytes(data))))


def drawn() -> str:
    """A code for nobody in particular, drawn on the spot."""
    return derive(secrets.token_bytes(32), 0)


def token() -> str:
    """A device's token, `XXXX-XXXX-XXXX-XXXX-XXXX`."""
    return _grouped(bytes(secrets.randbelow(32) for _ in range(TOKEN)))


def read_token(typed: str) -> str | None:
    """The token as shown, however it was typed; None when it cannot be one."""
    symbols = _symbols(typed)
    if len(symbols) != TOKEN or any(symbol not in VALUE for symbol in symbols):
        return None
    return _grouped(bytes(VALUE[symbol] for symbol in symbols))


def read(typed: str) -> str | None:
    """The code as printed, however it was typed; None when the check symbols do not fit.

    Lower case, blanks, dashes, digits of other scripts and letters that look alike are accepted.
    """
    symbols = _symbols(typed)
    if len(symbols) != DATA + CHECK or any(symbol not in VALUE for symbol in symbols):
        return None
    values = bytes(VALUE[symbol] for symbol in symbols)
    if bytes(_CODEC.encode(values[:DATA])) != values:
        return None
    return _grouped(values)


def digest(code: str) -> bytes:
    """sha256 of the code as printed: what the connector hands over instead of the code."""
    return hashlib.sha256(code.encode("ascii")).digest()


def given(typed: str) -> int:
    """How many symbols were typed, of whatever kind."""
    return len(_symbols(typed))


def _symbols(typed: str) -> str:
    """Letters and digits as the letter shows them, whatever keyboard they come from.

    Decomposed, so that wide letters are narrow ones and a Turkish I is an I with a dot to drop.
    """
    plain = unicodedata.normalize("NFKD", typed.upper()).translate(CONFUSED)
    return "".join(str(unicodedata.decimal(symbol, symbol)) for symbol in plain if symbol.isalnum())


def _grouped(values: bytes) -> str:
    text = "".join(ALPHABET[value] for value in values)
    return "-".join(text[place : place + 4] for place in range(0, len(text), 4))
