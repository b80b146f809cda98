"""Slices of a block of bytes as columns: offsets found by numpy, text given to polars whole."""

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

Offsets = NDArray[np.int64]
Bytes = NDArray[np.uint8]
_INLINE = 12
_PAD = 16


class ByteSlices:
    """A block of at most 2 GiB of UTF-8 text, and any stretches of it as columns of strings."""

    def __init__(self, data: bytes) -> None:
        self.size = len(data)
        self.bytes: Bytes = np.frombuffer(data + bytes(_PAD), dtype=np.uint8)
        self._words: NDArray[np.uint64] = np.ndarray(
            (self.size + _PAD - 7,), dtype="<u8", buffer=self.bytes, strides=(1,)
        )

    def words(self, starts: Offsets) -> NDArray[np.uint64]:
        """Return the eight bytes at each offset, the first one lowest."""
        return self._words[starts]

    def strings(self, starts: Offsets, ends: Offsets) -> pl.Series:
        """Return the stretches [start, end) as strings of their own, not tied to the block."""
        views = self._views(starts, ends - starts)
        column = pa.Array.from_buffers(
            pa.string_view(), starts.size, [None, pa.py_buffer(views), pa.py_buffer(self.bytes)]
        )
        # A view would keep the whole block in memory: copying out what is wanted lets go of it.
        owned = pl.Series(column).to_arrow(compat_level=pl.CompatLevel.oldest())
        return pl.Series(owned)

    def _views(self, starts: Offsets, lengths: Offsets) -> NDArray[np.uint32]:
        """Lay out Arrow's 16-byte views: length, then the text, or its start and its place."""
        views = np.zeros((starts.size, 4), dtype="<u4")
        views[:, 0] = lengths
        first = self._words[starts]
        text = np.empty((starts.size, 2), dtype="<u8")
        text[:, 0] = first & _mask(lengths)
        text[:, 1] = self._words[starts + 8] & _mask(lengths - 8)
        halves = text.view("<u4")
        views[:, 1:4] = halves[:, 0:3]
        long = lengths > _INLINE
        views[long, 1] = first[long].astype("<u4")
        views[long, 2] = 0
        views[long, 3] = starts[long]
        return views


def _mask(lengths: Offsets) -> NDArray[np.uint64]:
    """Return the mask of the first `length` bytes of eight."""
    return _MASKS[np.clip(lengths, 0, 8)]


_MASKS = np.array([(1 << 8 * length) - 1 for length in range(9)], dtype=np.uint64)
