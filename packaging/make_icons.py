"""Makes the icon files of Windows and macOS from the one drawing: `python packaging/make_icons.py`. Needs PySide6."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parents[1] / "resources" / "icons"
ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
ICNS_TYPES = {
    b"icp4": 16,
    b"icp5": 32,
    b"icp6": 64,
    b"ic07": 128,
    b"ic08": 256,
    b"ic09": 512,
    b"ic10": 1024,
    b"ic11": 32,
    b"ic12": 64,
    b"ic13": 256,
    b"ic14": 512,
}
"""The kinds of picture in an icon of macOS, the last four for screens with twice the dots."""
_ICO_PNG_FROM = 64
"""Windows reads smaller pictures as bitmaps everywhere, and as PNG only in some places."""


def drawn(renderer: QSvgRenderer, size: int) -> QImage:
    """Return the drawing as a picture of `size` by `size`."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return image


def png(image: QImage) -> bytes:
    """Return `image` as a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def bitmap(image: QImage) -> bytes:
    """Return `image` as an icon of Windows holds it: a header, rows from the bottom up, and an empty mask."""
    size = image.width()
    rows = [bytes(image.constScanLine(row))[: size * 4] for row in range(size - 1, -1, -1)]
    mask = bytes((size + 31) // 32 * 4 * size)
    header = struct.pack("<IiiHHIIiiII", 40, size, size * 2, 1, 32, 0, size * size * 4 + len(mask), 0, 0, 0, 0)
    return header + b"".join(rows) + mask


def ico(renderer: QSvgRenderer) -> bytes:
    """Return the icon of Windows in every size."""
    pictures = [
        png(drawn(renderer, size)) if size >= _ICO_PNG_FROM else bitmap(drawn(renderer, size)) for size in ICO_SIZES
    ]
    place = 6 + 16 * len(pictures)
    entries: list[bytes] = []
    for size, picture in zip(ICO_SIZES, pictures, strict=True):
        entries.append(struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), place))
        place += len(picture)
    return struct.pack("<HHH", 0, 1, len(pictures)) + b"".join(entries) + b"".join(pictures)


def icns(renderer: QSvgRenderer) -> bytes:
    """Return the icon of macOS in every size."""
    parts = [(kind, png(drawn(renderer, size))) for kind, size in ICNS_TYPES.items()]
    body = b"".join(kind + struct.pack(">I", len(picture) + 8) + picture for kind, picture in parts)
    return b"icns" + struct.pack(">I", len(body) + 8) + body


def main() -> int:
    """Write both files."""
    _app = QGuiApplication([sys.argv[0], "-platform", "offscreen"])
    renderer = QSvgRenderer(str(ICONS / "audit-desktop.svg"))
    if not renderer.isValid():
        print("audit-desktop.svg cannot be drawn", file=sys.stderr)
        return 1
    (ICONS / "audit-desktop.ico").write_bytes(ico(renderer))
    (ICONS / "audit-desktop.icns").write_bytes(icns(renderer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
