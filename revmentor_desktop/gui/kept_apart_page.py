"""Who is kept apart, for the coordinator alone: the one place where a reason can be read."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.info_page import InfoPage
from revmentor_desktop.gui.review.reason_form import ReasonForm
from revmentor_desktop.gui.widgets import Card, EmptyState, button, label
from revmentor_desktop.i18n import _
from revmentor_desktop.services import keep_aparts, staff
from revmentor_desktop.services.keep_aparts import KeptApart


class KeptApartPage(InfoPage):
    """Two names a card, with why and with what allows them again."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.resize(620, 480)
        self.refill()

    def fill(self) -> None:
        """A card for each two."""
        found = self._context.read(keep_aparts.rows)
        note = _("These are never proposed as a pair, in any programme. Only this page says why.")
        self.set_title(_("Kept apart"), note if found else "")
        if not found:
            self.cards.addWidget(
                EmptyState(
                    "users",
                    _("Nobody is kept apart"),
                    _("Choose two people on the Staff tab, then “Keep these two apart …” in the "
                      "menu of the right mouse button."),
                ),
                1,
            )  # fmt: skip
        for one in found:
            self.cards.addWidget(self._card(one))

    def _card(self, one: KeptApart) -> Card:
        names = two(one.one, one.other)
        card, row, words = Card(), QHBoxLayout(), QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(label(names, "cardTitle", wrap=True))
        reason = label(one.reason or _("No reason written"), "muted", wrap=True)
        reason.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.addWidget(reason)
        row.addLayout(words, 1)
        again = button(_("Allow again"), partial(self._allow_again, one))
        again.setAccessibleName(_("Allow again: {two}").format(two=names))
        row.addWidget(again, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(row)
        return card

    def _allow_again(self, one: KeptApart) -> None:
        text = _("{two} allowed again").format(two=two(one.one, one.other))
        self._context.attempt(text, keep_aparts.allow_again, one.one_id, one.other_id)


def keep_apart_form(
    context: Context, one_id: int, other_id: int, parent: QWidget | None = None
) -> ReasonForm:
    """Asks why two people are never to be a pair."""
    names = two(*(str(context.read(staff.record, id_).values["full_name"])
                  for id_ in (one_id, other_id)))  # fmt: skip
    note = _(
        "{two} will not be proposed as a pair in any programme. Elsewhere it only says "
        "“Not available”; the reason stays with you."
    ).format(two=names)
    if context.read(keep_aparts.are_a_pair, one_id, other_id):
        note += " " + _("They are a pair now; that pair stays until you end it.")
    # Undo, toast and status bar say it as everybody may read it.
    text = _("{two}: not available").format(two=names)
    kept = partial(context.do, text, keep_aparts.keep_apart, one_id, other_id)
    return ReasonForm(_("Keep these two apart"), note, _("Keep apart"), kept, False, parent)


def two(one: str, other: str) -> str:
    """Both names."""
    return _("{one} and {other}").format(one=one, other=other)
