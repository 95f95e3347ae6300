"""The README's pictures from those that `make screenshots` just made: the same scenes each time, as small files.

python packaging/readme_pictures.py SCREENSHOTS_FOLDER
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image

PICTURES = Path(__file__).resolve().parent.parent / "resources" / "pictures"
SCENES = {"today": "today", "person": "person-overview", "report": "reports-progress"}
COLOURS = 256  # what a window of flat colours needs, letters smoothed included


def smaller(picture: Path) -> bytes:
    """The picture as PNG with a palette, nothing told of when or where it was made."""
    made = BytesIO()
    with Image.open(picture) as shown:
        palette = shown.convert("RGB").quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        palette.save(made, "PNG", optimize=True)
    return made.getvalue()


def main(screenshots: Path) -> None:
    """Write those that changed, so that the history keeps one of each look."""
    for name, scene in SCENES.items():
        picture, target = smaller(screenshots / f"{scene}.png"), PICTURES / f"{name}.png"
        if not target.exists() or target.read_bytes() != picture:
            target.write_bytes(picture)
            print(f"resources/pictures/{name}.png, {len(picture) / 1024:.0f} kB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
