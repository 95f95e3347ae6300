"""The program's icon for Windows, drawn from the same picture as everywhere: build/icons/aftercare.ico."""

from __future__ import annotations

import subprocess
from pathlib import Path

import freeze

PICTURE = freeze.ROOT / "resources" / "icons" / "aftercare.svg"
PATH = freeze.BUILD / "icons" / "aftercare.ico"
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
_DRAW = """
import sys
from io import BytesIO
from PIL import Image
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
application = QGuiApplication(["icon", "-platform", "offscreen"])
renderer = QSvgRenderer(sys.argv[1])
pictures = []
for size in map(int, sys.argv[3:]):
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "PNG")
    pictures.append(Image.open(BytesIO(bytes(buffer.data().data()))).convert("RGBA"))
sizes = [picture.size for picture in pictures]
pictures[-1].save(sys.argv[2], format="ICO", sizes=sizes, append_images=pictures[:-1], bitmap_format="bmp")
"""


def draw_icon(path: Path = PATH) -> Path:
    """Every size drawn for itself: a small one that was shrunk from a large one is a smudge."""
    path.parent.mkdir(parents=True, exist_ok=True)
    command = [str(freeze.PYTHON), "-c", _DRAW, str(PICTURE), str(path), *map(str, SIZES)]
    subprocess.run(command, check=True)
    return path


if __name__ == "__main__":
    print(draw_icon())
