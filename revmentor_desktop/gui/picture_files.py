"""Pictures from anybody become PNG: checked before a pixel is decoded, in a process of its own."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QImageReader, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

from revmentor_desktop.domain.errors import Progress, UserError
from revmentor_desktop.exchange import drawings, worker
from revmentor_desktop.i18n import _

LARGEST_SIDE = 4000
LARGEST_SCAN = 7200
"""A signature may be scanned with its whole page, A4 at 600 dots an inch."""
KEPT_SIDE = 1200
MOST_BYTES = 30 * 2**20
SECONDS = 20.0
"""A damaged picture must not hold up the window; an honest one takes under a second."""
SLIMMEST = 40
"""How many times as long as high a drawing may be."""
INK = 0.12
"""The share of ink from which a pixel counts as written."""

_application: QGuiApplication | None = None


def logo(path: str, progress: Progress) -> bytes:
    """A PNG, JPEG or SVG file as PNG, at most 1,200 pixels a side; UserError says why not."""
    return worker.run_untrusted(read_logo, path, seconds=SECONDS)


def signature(path: str, progress: Progress) -> bytes:
    """A scanned signature as PNG: the paper is made transparent, and the margins are cut off."""
    return worker.run_untrusted(read_signature, path, seconds=SECONDS)


def read_logo(path: str) -> bytes:
    """See ``logo``; in the worker."""
    return _as_png(_read(path))


def read_signature(path: str) -> bytes:
    """See ``signature``; in the worker."""
    return _as_png(_ink_of(_read(path, LARGEST_SCAN)))


def _read(path: str, largest: int = LARGEST_SIDE) -> QImage:
    try:
        if Path(path).stat().st_size > MOST_BYTES:
            raise UserError(_("This picture is larger than 30 MB. Choose another one."))
        with Path(path).open("rb") as file:
            start = file.read(512)
    except OSError:
        raise UserError(_("This picture cannot be read. Choose another one.")) from None
    for sign, name in ((b"\x89PNG\r\n\x1a\n", b"png"), (b"\xff\xd8\xff", b"jpeg")):
        if start.startswith(sign):
            return _decoded(path, QByteArray(name), largest)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _drawn(Path(path).read_bytes())
    raise UserError(_("This file is not a PNG, JPEG or SVG picture. Choose another one."))


def _decoded(path: str, kind: QByteArray, largest: int) -> QImage:
    reader = QImageReader(path, kind)
    # Left to itself Qt goes by the file's name, and would draw an SVG that is called .png.
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid():
        raise UserError(_("This picture is damaged. Choose another one."))
    if max(size.width(), size.height()) > largest:
        raise UserError(
            _(
                "This picture has {w} x {h} pixels; {most} a side are the most. Make it smaller."
            ).format(w=size.width(), h=size.height(), most=largest)
        )
    image = reader.read()
    if image.isNull():
        raise UserError(_("This picture is damaged. Choose another one."))
    if max(image.width(), image.height()) > KEPT_SIDE:
        image = image.scaled(
            QSize(KEPT_SIDE, KEPT_SIDE),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    return image


def _drawn(content: bytes) -> QImage:
    """An SVG drawing at high resolution; nothing that it refers to is loaded."""
    _make_ready_for_text()
    renderer = QSvgRenderer(QByteArray(drawings.cleaned(content)))
    size = renderer.viewBoxF().size() if renderer.isValid() else QSizeF()
    if not (size.width() > 0 and size.height() > 0):
        raise UserError(_("This drawing is damaged or empty. Choose another one."))
    if not 1 / SLIMMEST <= size.width() / size.height() <= SLIMMEST:
        raise UserError(_("This drawing is far too long for a logo. Choose another one."))
    size.scale(KEPT_SIDE, KEPT_SIDE, Qt.AspectRatioMode.KeepAspectRatio)
    image = QImage(size.toSize(), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, image.width(), image.height()))
    painter.end()
    if not _pixels(image)[:, :, 3].any():
        raise UserError(_("Nothing is seen of this drawing. Save it as a PNG and choose that."))
    return image


def _make_ready_for_text() -> None:
    """Qt draws text only where there is an application; the worker has none of its own."""
    global _application  # noqa: PLW0603 - kept for as long as the worker lives
    if QGuiApplication.instance() is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        _application = QGuiApplication([""])


def _ink_of(image: QImage) -> QImage:
    """What is written, on a transparent ground: the lightest grey of the scan is its paper."""
    pixels = _pixels(image).astype(np.float32)
    alpha = pixels[:, :, 3:] / 255
    colour = pixels[:, :, :3] * alpha + 255 * (1 - alpha)
    light = colour @ np.array([0.0722, 0.7152, 0.2126], np.float32)
    paper, black = np.percentile(light, 80), light.min()
    if paper - black < 60:
        raise UserError(_("No signature is seen in this picture. Write darker, on white paper."))
    # Grain of the paper stays below a twentieth.
    ink = np.clip((paper - light) / (paper - black) - 0.05, 0, 0.8) / 0.8
    rows, columns = (np.flatnonzero((ink > INK).any(axis=at)) for at in (1, 0))
    if np.ptp(rows) < 2 or np.ptp(columns) < 2:
        raise UserError(_("No signature is seen in this picture. Write darker, on white paper."))
    top, bottom = max(0, rows[0] - 4), rows[-1] + 5
    left, right = max(0, columns[0] - 4), columns[-1] + 5
    ink, colour = ink[top:bottom, left:right], colour[top:bottom, left:right]
    share = np.maximum(ink, 0.05)[:, :, None]
    pen = np.clip((colour - paper * (1 - share)) / share, 0, 255)
    made = np.dstack((pen, ink * 255)).round().astype(np.uint8)
    height, width = ink.shape
    return QImage(made.tobytes(), width, height, 4 * width, QImage.Format.Format_ARGB32).copy()


def _pixels(image: QImage) -> np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]:
    """Height x width x (blue, green, red, alpha)."""
    plain = image.convertToFormat(QImage.Format.Format_ARGB32)
    flat = np.frombuffer(plain.constBits(), np.uint8)
    # A copy: the memory is that of the image above, which ends here.
    return flat.reshape(plain.height(), plain.width(), 4).copy()


def _as_png(image: QImage) -> bytes:
    # What a camera or an editor wrote about the picture is nobody's business.
    for key in image.textKeys():
        image.setText(key, "")
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(kept.data())
