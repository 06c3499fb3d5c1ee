"""The organisation: levels in order with their people, and a letterhead that can be trusted."""

from __future__ import annotations

from pathlib import Path
from zlib import crc32

import pytest
from PySide6.QtGui import QColor, QImage

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.gui.letterhead_fields import KEPT_SIDE, LogoField, read_logo
from revmentor_desktop.gui.main_window import MainWindow
from revmentor_desktop.gui.organisation_form import OrganisationForm
from revmentor_desktop.services import organisation, staff


def open_form(window: MainWindow) -> OrganisationForm:
    assert window.context is not None
    form = OrganisationForm(window.context, window)
    form.open()
    return form


def name_new_level(form: OrganisationForm, name: str) -> None:
    form.levels.add()
    item = form.levels.list.currentItem()
    assert item is not None
    item.setText(0, name)


def stored_levels(window: MainWindow) -> list[tuple[int, str, int]]:
    assert window.context is not None
    return [(row.rank, row.name, row.people) for row in window.context.read(organisation.levels)]


def picture(path: Path, width: int, height: int) -> Path:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#0F6E66"))
    assert image.save(str(path))
    return path


def test_levels_are_added_ordered_renamed_and_removed(open_window: MainWindow) -> None:
    form = open_form(open_window)
    for name in ("Analyst", "Manager", "Director"):
        name_new_level(form, name)
    form.accept()
    assert stored_levels(open_window) == [(1, "Analyst", 0), (2, "Manager", 0), (3, "Director", 0)]
    assert open_window.context is not None
    level_id = open_window.context.read(organisation.levels)[1].id
    open_window.context.do("", staff.add, {"full_name": "Ann Ash", "level_id": level_id})

    form = open_form(open_window)
    assert form.levels.names() == ["Director", "Manager", "Analyst"]
    item = form.levels.list.topLevelItem(1)
    assert item is not None
    assert item.text(1) == "1"
    item.setText(0, "Team lead")
    form.levels.list.setCurrentItem(item)
    form.levels.move_up()
    form.levels.move_up()
    form.levels.list.setCurrentIndex(form.levels.list.model().index(2, 0))
    form.levels.remove()
    form.accept()
    assert stored_levels(open_window) == [(1, "Director", 0), (2, "Team lead", 1)]


def test_two_levels_of_one_name_are_refused_in_place(open_window: MainWindow) -> None:
    form = open_form(open_window)
    for name in ("Manager", "MANAGER"):
        name_new_level(form, name)
    form.accept()
    assert form.isVisible()
    assert "two levels called" in form.error
    assert stored_levels(open_window) == []


def test_all_of_the_form_is_one_step_to_take_back(open_window: MainWindow) -> None:
    form = open_form(open_window)
    form.fields["name"].set_value("Harbour Group")
    form.fields["footer"].set_value("Registered in Hull")
    name_new_level(form, "Analyst")
    form.accept()
    assert open_window.windowTitle() == "Harbour Group – RevMentor"
    open_window.actions_by_name["undo"].trigger()
    assert open_window.windowTitle() == "Harbour Bank – RevMentor"
    assert stored_levels(open_window) == []


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [("name", "  ", "needs a name"), ("accent", "teal-ish", "must look like #0F6E66")],
)
def test_refusals_stay_in_the_form(
    open_window: MainWindow, field: str, value: str, words: str
) -> None:
    form = open_form(open_window)
    form.fields[field].set_value(value)
    form.accept()
    assert form.isVisible()
    assert words in form.error


def test_a_logo_is_kept_as_png(open_window: MainWindow, tmp_path: Path) -> None:
    form = open_form(open_window)
    form.logo.take(str(picture(tmp_path / "logo.jpg", 300, 90)))
    form.accept()
    assert open_window.context is not None
    kept = open_window.context.read(organisation.settings)["logo"]
    assert kept.startswith(b"\x89PNG")
    form = open_form(open_window)
    form.logo.remove()
    form.accept()
    assert open_window.context.read(organisation.settings)["logo"] is None


def test_a_large_logo_is_made_smaller(tmp_path: Path) -> None:
    image = QImage.fromData(read_logo(str(picture(tmp_path / "logo.png", 3000, 1500))))
    assert (image.width(), image.height()) == (KEPT_SIDE, KEPT_SIDE // 2)


def test_a_huge_logo_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    path = picture(tmp_path / "logo.png", 10, 10)
    data = bytearray(path.read_bytes())
    data[16:24] = (50_000).to_bytes(4, "big") * 2
    data[29:33] = crc32(bytes(data[12:29])).to_bytes(4, "big")
    path.write_bytes(bytes(data))
    with pytest.raises(UserError, match="50000 x 50000 pixels"):
        read_logo(str(path))


def test_a_torn_picture_is_refused(tmp_path: Path) -> None:
    path = picture(tmp_path / "logo.png", 200, 200)
    path.write_bytes(path.read_bytes()[:20])
    with pytest.raises(UserError, match="damaged"):
        read_logo(str(path))


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", b"GIF89a\x01\x00\x01"],
)
def test_what_is_no_picture_is_refused_and_the_old_logo_stays(
    open_window: MainWindow, tmp_path: Path, content: bytes
) -> None:
    good = read_logo(str(picture(tmp_path / "good.png", 20, 10)))
    field = LogoField(good)
    bad = tmp_path / "bad.png"
    bad.write_bytes(content)
    field.take(str(bad))
    assert field.error == "This file is not a PNG or JPEG picture. Choose another one."
    assert field.value() == good
