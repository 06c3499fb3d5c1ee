"""A picture of the window and the sample programme's pack, for a machine without a screen."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QSettings

from revmentor_desktop.gui import theme
from revmentor_desktop.gui.main_window import MainWindow
from revmentor_desktop.i18n import _


def draw_sample() -> list[tuple[str, Path]]:
    """Make the pack and the picture in the program's own folder; returns what and where."""
    from revmentor_desktop.gui.app import make_application
    from revmentor_desktop.jobs import files, pack
    from revmentor_desktop.services import programmes
    from revmentor_desktop.services.packs import Pack

    app = make_application()
    theme.load_other_fonts()
    theme.apply(app, "light")
    folder = files.data_dir() / "sample"
    workspace = files.sample_copy(datetime.now)
    programme = workspace.read(programmes.required_id, None)
    target = folder / "Sample pack.pdf"
    pack.make_pack(workspace, target, Pack(programme, pack.kinds(""), datetime.now().date()))
    settings = QSettings(str(folder / "picture.ini"), QSettings.Format.IniFormat)
    window = MainWindow(settings, datetime.now)
    window.resize(1280, 800)
    window.adopt_workspace(workspace)
    window.show()
    app.processEvents()
    picture = folder / "Window.png"
    window.grab().save(str(picture))
    window.close()
    return [
        (_("The sample programme"), workspace.path),
        (_("Its pack"), target),
        (_("A picture of the window"), picture),
    ]
