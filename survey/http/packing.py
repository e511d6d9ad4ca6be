"""Pages compressed once and spliced per request.

Compressing a page of 9 kB costs more than all the rest of answering it. What is the same for
everybody is therefore compressed once; the only stretch that differs from person to person, the
form's tag, is put between the two compressed parts as a stored block of RFC 1951. That also keeps
the secret out of every compression window, so that lengths of replies tell nothing about it.
"""

import gzip
import struct
import zlib

# RFC 1952: no name, no time, best compression, unknown system.
_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
_RAW, _GZIP = -15, 31


def pack(page: bytes) -> bytes:
    """A page that only one person gets, compressed (6: the best of size for little time)."""
    return gzip.compress(page, 6, mtime=0)


class Whole:
    """A page that is the same for everybody, compressed once."""

    __slots__ = ("_packed", "_plain")

    def __init__(self, page: bytes) -> None:
        self._plain = page
        packer = zlib.compressobj(9, zlib.DEFLATED, _GZIP, 9)
        self._packed = packer.compress(page) + packer.flush()

    def plain(self) -> bytes:
        """As it is."""
        return self._plain

    def packed(self) -> bytes:
        """As gzip."""
        return self._packed


class Spliced:
    """A page that differs only in one stretch of fixed length, in at most one place."""

    __slots__ = ("_after", "_before", "_checksum", "_length", "_packed_after", "_packed_before")

    def __init__(self, page: bytes, blank: bytes) -> None:
        """Cut `page` at `blank`, which holds no byte that occurs elsewhere in the page.

        Raises:
            ValueError: the blank is missing or stands there more than once
        """
        self._before, self._after = page.split(blank)
        before = zlib.compressobj(9, zlib.DEFLATED, _RAW, 9)
        start = before.compress(self._before) + before.flush(zlib.Z_SYNC_FLUSH)
        stored = struct.pack("<BHH", 0, len(blank), len(blank) ^ 0xFFFF)
        self._packed_before = _HEADER + start + stored
        # The blank stands for the stretch in the window: nothing after it can match its bytes, so
        # that no reference ever points into what will differ.
        window = self._before + blank
        after = zlib.compressobj(9, zlib.DEFLATED, _RAW, 9, zlib.Z_DEFAULT_STRATEGY, window)
        self._packed_after = after.compress(self._after) + after.flush()
        self._checksum = zlib.crc32(self._before)
        self._length = len(page)

    def plain(self, stretch: bytes) -> bytes:
        """As it is, with this stretch."""
        return b"".join((self._before, stretch, self._after))

    def packed(self, stretch: bytes) -> bytes:
        """As gzip, with this stretch (of the blank's length)."""
        checksum = zlib.crc32(self._after, zlib.crc32(stretch, self._checksum))
        trailer = struct.pack("<II", checksum, self._length)
        return b"".join((self._packed_before, stretch, self._packed_after, trailer))
