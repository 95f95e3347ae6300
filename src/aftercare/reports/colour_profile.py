"""A small ICC profile of sRGB (version 2, matrix and tone curve), made here so that every page may carry it."""

from __future__ import annotations

import struct
from functools import lru_cache

# sRGB primaries and white, adapted to D50 (IEC 61966-2-1, as in common v2 profiles)
_COLORANTS = {b"rXYZ": (0.4360747, 0.2225045, 0.0139322), b"gXYZ": (0.3850649, 0.7168786, 0.0971045),
              b"bXYZ": (0.1430804, 0.0606169, 0.7141733)}  # fmt: skip
_WHITE = (0.9642, 1.0, 0.8249)
_CURVE_POINTS = 1024


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(map(_fixed, values))


def _text(words: bytes) -> bytes:
    return b"text\0\0\0\0" + words + b"\0"


def _description(words: bytes) -> bytes:
    return b"desc\0\0\0\0" + struct.pack(">I", len(words) + 1) + words + b"\0" + bytes(4 + 4 + 2 + 1 + 67)


def _linear(encoded: float) -> float:
    return encoded / 12.92 if encoded <= 0.04045 else ((encoded + 0.055) / 1.055) ** 2.4


def _curve() -> bytes:
    points = [round(_linear(n / (_CURVE_POINTS - 1)) * 65535) for n in range(_CURVE_POINTS)]
    return b"curv\0\0\0\0" + struct.pack(f">I{_CURVE_POINTS}H", _CURVE_POINTS, *points)


@lru_cache(maxsize=1)
def srgb() -> bytes:
    """The profile as a file."""
    blocks: list[tuple[bytes, bytes]] = [
        (b"desc", _description(b"sRGB IEC61966-2.1")),
        (b"cprt", _text(b"No copyright, use freely")),
        (b"wtpt", _xyz(_WHITE)),
        *((tag, _xyz(values)) for tag, values in _COLORANTS.items()),
        (b"rTRC", _curve()),
    ]
    offset = 128 + 4 + 12 * (len(blocks) + 2)
    table, body = [], b""
    for tag, block in blocks:
        table.append((tag, offset + len(body), len(block)))
        body += block + bytes(-len(block) % 4)
    curve = table[-1]
    table += [(tag, curve[1], curve[2]) for tag in (b"gTRC", b"bTRC")]
    entries = struct.pack(">I", len(table)) + b"".join(tag + struct.pack(">II", at, size) for tag, at, size in table)
    size = 128 + len(entries) + len(body)
    head = struct.pack(
        ">I4sI4s4s4s6H4s4sI4s4sQI12s4s44s",
        size, b"\0\0\0\0", 0x02100000, b"mntr", b"RGB ", b"XYZ ", 2026, 1, 1, 0, 0, 0, b"acsp", b"\0\0\0\0", 0,
        b"\0\0\0\0", b"\0\0\0\0", 0, 0, b"".join(map(_fixed, _WHITE)), b"\0\0\0\0", bytes(44),
    )  # fmt: skip
    return head + entries + body
