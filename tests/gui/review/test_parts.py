"""The parts of the review by themselves: bar, table, presets, and what a reader hears of them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from revmentor_desktop.domain.matching.rules import CRITERIA, Rules
from revmentor_desktop.gui import theme
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.review.bar import KIND_OF, KINDS, Bar, paint_bar
from revmentor_desktop.gui.review.partners import PartnersDialog
from revmentor_desktop.gui.review.presets_bar import NameForm
from revmentor_desktop.gui.review.proposal_model import Column, ProposalModel
from revmentor_desktop.gui.review.side_by_side import SOFT_HYPHEN, breakable
from revmentor_desktop.gui.review.window import ReviewWindow
from revmentor_desktop.services import presets
from revmentor_desktop.services.suggestions import Part, Suggestion
from tests.gui.review.conftest import dialog_of
from tests.gui.test_accessibility import chain, nameless, small_targets

PARTS = st.lists(
    st.builds(
        Part, st.sampled_from(sorted(CRITERIA)), st.just("T"), st.integers(0, 90),
        st.integers(90, 90), st.booleans(),
    ),
    max_size=11, unique_by=lambda part: part.key,
)  # fmt: skip


def suggestion(mentor: str, mentee: str, at: int = 0, score: int = 500) -> Suggestion:
    return Suggestion(at, mentor, "", at + 1, mentee, "", score, 100, "They share much.", ())


def test_every_criterion_has_a_kind_and_every_kind_a_colour() -> None:
    assert set(KIND_OF) == set(CRITERIA)
    assert len(KINDS) <= len(theme.LIGHT.charts)


@given(PARTS)
def test_a_bar_shows_what_the_parts_sum_to(found: list[Part]) -> None:
    bar = Bar.of([replace(part, points=part.points if part.known else 0) for part in found])
    points = sum(part.points for part in found if part.known)
    assert sum(bar.kinds) == pytest.approx(points / 1000)
    assert 0 <= bar.unknown <= 1
    assert sum(bar.kinds) + bar.unknown <= 1


@pytest.mark.parametrize("way", list(Qt.LayoutDirection)[:2])
def test_a_bar_starts_at_the_leading_edge(look: QApplication, way: Qt.LayoutDirection) -> None:
    image = QImage(100, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint_bar(painter, image.rect(), Bar((0.4, 0, 0, 0, 0), 0.2), way)
    painter.end()
    first, last = image.pixelColor(20, 10).name(), image.pixelColor(80, 10).name()
    ahead = way == Qt.LayoutDirection.LeftToRight
    accent = theme.LIGHT.charts[0].lower()
    assert (first if ahead else last) == accent
    assert (last if ahead else first) != accent


def test_the_table_is_sorted_by_what_is_clicked(look: QApplication) -> None:
    model = ProposalModel("Mentor", "Mentee")
    model.show_pairs(
        [suggestion("Cy", "Bo", 1, 900), suggestion("ann", "Zed", 3, 100)], frozenset()
    )

    def mentors() -> list[str]:
        return [model.pair_at(row).mentor for row in range(model.rowCount())]  # type: ignore[union-attr]

    assert mentors() == ["ann", "Cy"]
    model.sort(Column.MENTEE)
    assert mentors() == ["Cy", "ann"]
    model.sort(Column.BAR, Qt.SortOrder.DescendingOrder)
    assert mentors() == ["Cy", "ann"]
    model.sort(Column.BAR)
    assert mentors() == ["ann", "Cy"]


def test_the_same_pairs_under_other_weights_are_no_reset(look: QApplication, qtbot: QtBot) -> None:
    model = ProposalModel("Mentor", "Mentee")
    model.show_pairs([suggestion("Ann", "Bo")], frozenset())
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged) as told:
        model.show_pairs([suggestion("Ann", "Bo", score=700)], frozenset())
    assert [index.column() for index in told.args[:2]] == [Column.BAR] * 2
    locked = replace(suggestion("Ann", "Bo", score=700), locked=True)
    with qtbot.waitSignal(model.dataChanged) as told:
        model.show_pairs([locked], frozenset())
    assert [index.column() for index in told.args[:2]] == [Column.TICK, Column.LOCK]
    with qtbot.waitSignal(model.modelReset):
        model.show_pairs([suggestion("Ann", "Bo"), suggestion("Cy", "Di", 5)], frozenset())


def test_a_preset_is_chosen_kept_renamed_and_forgotten(
    review_window: ReviewWindow, context: Context
) -> None:
    bar = review_window.rules.presets
    assert bar.current is not None
    assert bar.current.name == "Balanced"
    bar.combo.setCurrentIndex(1)
    bar.combo.activated.emit(1)
    assert review_window.review is not None
    assert review_window.review.rules.weight_wanted == 60
    assert bar.combo.currentText() == "Digital upskilling"
    slider = review_window.rules.weights.sliders["met"]
    slider.setValue(77)
    review_window.rules.finish()
    assert bar.combo.currentText() == "A mix of your own"
    bar.keep()
    form = dialog_of(review_window, NameForm)
    assert isinstance(form, NameForm)
    form.name.set_value("balanced")
    form.save_button.click()
    assert "already" in form.error
    form.name.set_value("Ours & theirs")
    form.save_button.click()
    assert bar.combo.currentText() == "Ours & theirs"
    [own] = [row for row in context.read(presets.rows, Rules()) if row.id is not None]
    assert own.rules.weight_met == 77
    titles = [action.text() for action in bar.menu().actions()]
    assert "Ours && theirs" in titles
    bar.rename(own)
    form = dialog_of(review_window, NameForm)
    assert isinstance(form, NameForm)
    form.name.set_value("Theirs")
    form.save_button.click()
    assert bar.combo.currentText() == "Theirs"
    bar.forget(own)
    assert bar.combo.currentText() == "A mix of your own"
    review_window.head.undo_action.trigger()
    assert bar.combo.currentText() == "Theirs"


def unfolded(window: ReviewWindow) -> None:
    panel = window.pair
    for section in (
        *window.rules.sections, panel.spoken_section, panel.reserves_section,
        panel.why_not_section,
    ):  # fmt: skip
        section.set_open(True)
    QApplication.processEvents()


def test_everything_has_a_name_and_tab_reaches_it(
    review_window: ReviewWindow, qtbot: QtBot
) -> None:
    unfolded(review_window)
    qtbot.waitUntil(lambda: review_window.proposal.model.solid is not None, timeout=10_000)
    assert nameless(review_window) == []
    assert small_targets(review_window) == []
    reached = set(chain(review_window))
    wanted: list[QWidget] = [
        review_window.proposal.view, review_window.waiting.table,
        *review_window.rules.weights.sliders.values(), *review_window.rules.rows.combos.values(),
        review_window.pair.lock_button, review_window.foot.accept_button,
    ]  # fmt: skip
    assert all(one in reached for one in wanted)
    mnemonics = Counter(
        button.text()[button.text().index("&") + 1].casefold()
        for button in review_window.findChildren(QAbstractButton)
        if "&" in button.text().replace("&&", "") and button.isVisible()
    )
    assert all(count == 1 for count in mnemonics.values()), mnemonics


def test_the_partners_have_names_too(review_window: ReviewWindow) -> None:
    review_window.choose_partner()
    dialog = dialog_of(review_window, PartnersDialog)
    QApplication.processEvents()
    assert nameless(dialog) == []
    assert small_targets(dialog) == []
    dialog.reject()


@pytest.mark.parametrize("width", [860, 1000, 1280])
def test_nothing_is_cut_off_at_the_sides(review_window: ReviewWindow, width: int) -> None:
    review_window.resize(width, 700)
    unfolded(review_window)
    for panel in (review_window.rules, review_window.pair):
        page = panel.widget()
        assert page is not None
        assert page.minimumSizeHint().width() <= panel.viewport().width(), type(panel).__name__


def test_a_long_name_is_whole_for_who_listens(look: QApplication) -> None:
    name = "Maximiliane-Alexandra von Habsburg-Lothringen"
    model = ProposalModel("Mentor", "Mentee")
    model.show_pairs([suggestion(name, "Bo")], frozenset())
    index = model.index(0, Column.MENTOR)
    assert model.data(index) == name
    assert model.data(index, Qt.ItemDataRole.AccessibleTextRole) == name


@given(st.text(max_size=60))
def test_long_words_can_be_broken_and_nothing_else_changes(text: str) -> None:
    found = breakable(text)
    assert found.replace(SOFT_HYPHEN, "") == text.replace(SOFT_HYPHEN, "")
    assert all(len(piece) <= 15 for piece in re.findall(r"\w+", found))
