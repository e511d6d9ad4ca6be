"""Pages compressed once and spliced per request, and all of one kind of one length.

Compressing a page of 9 kB costs more than all the rest of answering it. What is the same for
everybody is therefore compressed once; the only stretch that differs from person to person, the
form's tag, is put between the two compressed parts as a stored block of RFC 1951. That also keeps
the secret out of every compression window.

Encryption hides what a page says and not how long it is, and a page that says "bekommen" is shorter
than one that says "nicht gebraucht". What is filled grows on the wire, by the field for a file's
name that every gzip decoder passes over: a page that shows somebody's answers is as long as one
that shows none.
"""

import gzip
import struct
import zlib

# RFC 1952: no time, best compression, unknown system; with the name of a file or without.
_PLAIN = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
_NAMED = b"\x1f\x8b\x08\x08\x00\x00\x00\x00\x02\xff"
_RAW = -15
# What does not fit into its length has the next one that is so many bytes longer: who writes much
# is told from who writes little to the nearest kilobyte.
STEP = 1024
# Whoever takes no gzip gets pages in full blocks of this.
BLOCK = 16_384


def pack(page: bytes, length: int = 0) -> bytes:
    """A page that only one person gets, compressed (6: the best of size for little time).

    Args:
        length: of all pages of its kind, 0 if it need not be as long as others
    """
    if not length:
        return gzip.compress(page, 6, mtime=0)
    packer = zlib.compressobj(6, zlib.DEFLATED, _RAW)
    packed = packer.compress(page) + packer.flush()
    trailer = struct.pack("<II", zlib.crc32(page), len(page))
    return b"".join((_filled(len(_PLAIN) + len(packed) + len(trailer), length), packed, trailer))


def even(page: bytes) -> bytes:
    """A page that is not compressed, filled to full blocks."""
    return page.ljust(-(-len(page) // BLOCK) * BLOCK, b"\n")


def _filled(bare: int, length: int) -> bytes:
    """The head of a page of so many bytes that makes it as long as all, or a step longer."""
    missing = length - bare
    if missing < 0:
        missing %= STEP
    # The name ends with a zero, which counts.
    return _NAMED + b"-" * (missing - 1) + b"\0" if missing else _PLAIN


class Whole:
    """A page that is the same for everybody, compressed once; `length` as of a `Spliced` one."""

    __slots__ = ("_packed", "_plain", "length")

    def __init__(self, page: bytes, *, spare: int = 0, least: int = 0) -> None:
        self._plain = even(page) if spare else page
        packer = zlib.compressobj(9, zlib.DEFLATED, _RAW, 9)
        packed = packer.compress(page) + packer.flush()
        trailer = struct.pack("<II", zlib.crc32(page), len(page))
        bare = len(_PLAIN) + len(packed) + len(trailer)
        self.length = max(bare + spare, least)
        self._packed = b"".join((_filled(bare, self.length), packed, trailer))

    def plain(self, _: bytes = b"") -> bytes:
        """The page uncompressed."""
        return self._plain

    def packed(self, _: bytes = b"") -> bytes:
        """The page as gzip."""
        return self._packed


class Spliced:
    """A page that differs only in one stretch of fixed length, in at most one place.

    `length` is that of its packed form, and of every page of its kind.
    """

    __slots__ = (
        "_after", "_before", "_checksum", "_length", "_packed_after", "_packed_before", "_tail",
        "length",
    )  # fmt: skip

    def __init__(self, page: bytes, blank: bytes, *, spare: int = 0, least: int = 0) -> None:
        """Cut `page` at `blank`, which holds no byte that occurs elsewhere in the page.

        Args:
            spare: bytes by which pages of its kind may be longer, packed
            least: bytes that all of them have at least
        Raises:
            ValueError: the blank is missing or stands there more than once
        """
        self._tail = even(page)[len(page) :] if spare else b""
        self._before, self._after = page.split(blank)
        before = zlib.compressobj(9, zlib.DEFLATED, _RAW, 9)
        start = before.compress(self._before) + before.flush(zlib.Z_SYNC_FLUSH)
        stored = struct.pack("<BHH", 0, len(blank), len(blank) ^ 0xFFFF)
        # The blank stands for the stretch in the window: nothing after it can match its bytes, so
        # that no reference ever points into what will differ.
        window = self._before + blank
        after = zlib.compressobj(9, zlib.DEFLATED, _RAW, 9, zlib.Z_DEFAULT_STRATEGY, window)
        self._packed_after = after.compress(self._after) + after.flush()
        self._checksum = zlib.crc32(self._before)
        self._length = len(page)
        parts = (_PLAIN, start, stored, blank, self._packed_after, struct.pack("<II", 0, 0))
        bare = sum(map(len, parts))
        self.length = max(bare + spare, least)
        self._packed_before = _filled(bare, self.length) + start + stored

    def plain(self, stretch: bytes) -> bytes:
        """The page uncompressed, with this stretch."""
        return b"".join((self._before, stretch, self._after, self._tail))

    def packed(self, stretch: bytes) -> bytes:
        """The page as gzip, with this stretch (of the blank's length)."""
        checksum = zlib.crc32(self._after, zlib.crc32(stretch, self._checksum))
        trailer = struct.pack("<II", checksum, self._length)
        return b"".join((self._packed_before, stretch, self._packed_after, trailer))
