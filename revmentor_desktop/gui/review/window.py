"""The review of the proposed pairs: who with whom, why, who waits; changed, locked and accepted."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.matching.rules import Rules
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.icons import icon
from revmentor_desktop.gui.review.finder import Finder
from revmentor_desktop.gui.review.pair_panel import PairPanel
from revmentor_desktop.gui.review.partners import PartnersDialog
from revmentor_desktop.gui.review.proposal_model import Couple, ProposalModel
from revmentor_desktop.gui.review.proposal_view import ProposalView
from revmentor_desktop.gui.review.rules_panel import RulesPanel
from revmentor_desktop.gui.review.steps import Steps
from revmentor_desktop.gui.review.waiting_panel import WaitingPanel
from revmentor_desktop.gui.toast import Toast
from revmentor_desktop.gui.widgets import Card, EmptyState, button, label
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.services import proposals
from revmentor_desktop.services.diagnosis import Remedy
from revmentor_desktop.services.programmes import ProgrammeRow
from revmentor_desktop.services.review import Review
from revmentor_desktop.services.suggestions import Suggestion
