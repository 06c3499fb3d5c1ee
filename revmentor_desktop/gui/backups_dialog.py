"""Restore from a list of dates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.gui.dialog import FormDialog
from revmentor_desktop.gui.widgets import label
from revmentor_desktop.i18n import N_, _, format_date, format_number, format_time
from revmentor_desktop.store.backups import Backup

REASONS = {
    "close": N_("When the file was closed"),
    "import": N_("Before a staff list was brought in"),
    "migration": N_("Before a newer RevMentor changed the file"),
    "restore": N_("Before an earlier restore"),
    "asked": N_("Asked for"),
}


class BackupsDialog(FormDialog):
    """Choose a date; what is there now is backed up first, or put aside if it is damaged.

    Signals:
        restored: the chosen date in words.
    """

    restored = Signal(str)

    def __init__(
        self,
        backups: Sequence[Backup],
        restore: Callable[[Backup], object],
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("Restore"), _("Restore"), parent)
        self.resize(600, 480)
        self._backups, self._restore, self._today = backups, restore, today
        words = _("Choose a date. What you have now is kept, so you can come back to it.")
        if not backups:
            words = _("There is no backup yet. One is made by itself whenever you close the file.")
        self.top.addWidget(label(words, "muted", wrap=True))
        self.list = QTreeWidget()
        self.list.setAccessibleName(_("Backups"))
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setHeaderLabels([_("When"), _("Why"), _("Size")])
        self.list.setColumnWidth(0, 190)
        self.list.setColumnWidth(2, 90)
        head = self.list.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        head.setSectionsClickable(False)
        self.list.setMinimumHeight(240)
        for backup in backups:
            self.list.addTopLevelItem(self._item(backup))
        self.list.setCurrentIndex(self.list.model().index(0, 0))
        self.form.addRow(self.list)
        self.save_button.setEnabled(bool(backups))
        self.list.setFocus()

    def save(self) -> None:
        """Go back to the chosen date."""
        at = self.list.currentIndex().row()
        if at < 0:
            raise UserError(_("Choose a date."))
        backup = self._backups[at]
        self._restore(backup)
        self.restored.emit(moment_words(backup.local, self._today))

    def _item(self, backup: Backup) -> QTreeWidgetItem:
        size = _("{n} KB").format(n=format_number(max(1, round(backup.size / 1024))))
        when = moment_words(backup.local, self._today)
        item = QTreeWidgetItem([when, _(REASONS.get(backup.reason, "Asked for")), size])
        item.setTextAlignment(2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return item


def moment_words(moment: datetime, today: date) -> str:
    """A moment as people say it: "Today, 09:12"."""
    day = format_date(moment.date())
    if moment.date() == today:
        day = _("Today")
    elif moment.date() == today - timedelta(days=1):
        day = _("Yesterday")
    return _("{day}, {time}").format(day=day, time=format_time(moment))
