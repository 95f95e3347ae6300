"""Make resources/fonts/ from the fonts of Debian: fonts-noto-core and fonts-droid-fallback.

Run by hand when a font is added or renewed: `python packaging/subset_fonts.py /usr/share/fonts/truetype`.
Hints go (paper and previews do not need them), and characters that no page of ours prints; shaping rules stay whole.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import uharfbuzz

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "resources" / "fonts"

LATIN_GREEK_CYRILLIC = [
    (0x20, 0x7E), (0xA0, 0x24F), (0x250, 0x2FF), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x52F), (0x1AB0, 0x1AFF),
    (0x1C80, 0x1C8F), (0x1D00, 0x1DFF), (0x1E00, 0x1EFF), (0x1F00, 0x1FFF), (0x2000, 0x206F), (0x2070, 0x209F),
    (0x20A0, 0x20CF), (0x2100, 0x214F), (0x2150, 0x218F), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x25CC, 0x25CC),
    (0x2C60, 0x2C7F), (0x2DE0, 0x2DFF), (0x2E00, 0x2E7F), (0xA640, 0xA69F), (0xA700, 0xA7FF), (0xFB00, 0xFB06),
    (0xFE20, 0xFE2F), (0xFFFD, 0xFFFD),
]  # fmt: skip
ARROWS = [(0x2190, 0x21FF), (0x2212, 0x2212), (0x2248, 0x2248), (0x2260, 0x2265)]
SYMBOLS = [(0x2300, 0x23FF), (0x25A0, 0x25FF), (0x2600, 0x26FF), (0x2700, 0x27BF)]
CJK = [
    (0x20, 0x7E), (0xA0, 0xFF), (0x2010, 0x2026), (0x2030, 0x203B), (0x2E80, 0x2FDF), (0x3000, 0x30FF),
    (0x3100, 0x312F), (0x3130, 0x318F), (0x3200, 0x33FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3),
    (0xF900, 0xFAFF), (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF),
]  # fmt: skip
EVERYTHING = [(0x20, 0x10FFFF)]
SCRIPTS = [
    "Arabic", "Armenian", "Bengali", "Devanagari", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi", "Hebrew", "Khmer",
    "Lao", "Myanmar", "Sinhala", "Tamil", "Telugu", "Thai",
]  # fmt: skip


def subset(source: Path, target: Path, ranges: Iterable[tuple[int, int]]) -> None:
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(source)))
    wanted = uharfbuzz.SubsetInput()
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    wanted.unicode_set.clear()
    characters = set(face.unicodes)
    for first, last in ranges:
        wanted.unicode_set.update(code for code in characters if first <= code <= last)
    for tags in (wanted.layout_feature_tag_set, wanted.layout_script_tag_set):
        tags.clear()
        tags.invert()  # every shaping rule
    wanted.name_id_set.update(range(26))
    made = uharfbuzz.subset(face, wanted).blob.data
    target.write_bytes(made)
    print(f"{target.name:32} {source.stat().st_size:>9} -> {len(made):>9}")


def main(fonts: Path) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    noto = fonts / "noto"
    for style in ("Regular", "Bold", "Italic", "BoldItalic"):
        subset(noto / f"NotoSans-{style}.ttf", OUT / f"NotoSans-{style}.ttf", LATIN_GREEK_CYRILLIC)
    for script in SCRIPTS:
        for style in ("Regular", "Bold"):
            name = f"NotoSans{script}-{style}.ttf"
            subset(noto / name, OUT / name, EVERYTHING)
    subset(noto / "NotoSansSymbols2-Regular.ttf", OUT / "NotoSansSymbols2-Regular.ttf", SYMBOLS)
    subset(noto / "NotoSansMath-Regular.ttf", OUT / "NotoSansMath-Regular.ttf", ARROWS)
    subset(fonts / "droid" / "DroidSansFallbackFull.ttf", OUT / "DroidSansFallback-Regular.ttf", CJK)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
