"""BGZF: gzip members that each give their size, so that one can be read alone."""


def block_size(extra: bytes) -> int | None:
    """Return the total size that a BGZF member's extra field gives, or None without one."""
    at = 0
    while at + 4 <= len(extra):
        length = int.from_bytes(extra[at + 2 : at + 4], "little")
        if extra[at : at + 2] == b"BC" and length == 2 and at + 6 <= len(extra):
            return int.from_bytes(extra[at + 4 : at + 6], "little") + 1
        at += 4 + length
    return None
