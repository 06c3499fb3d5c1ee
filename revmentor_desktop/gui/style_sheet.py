"""The little QSS over Fusion; ``@name`` stands for a token of the theme."""

from __future__ import annotations

SHEET = """
QWidget { font-family: Inter, 'Noto Sans', 'Noto Sans Arabic', 'Noto Sans Hebrew',
    'Noto Sans Devanagari'; }
QToolTip { background: @surface; color: @text; border: 1px solid @border; padding: 4px 6px; }
QMenuBar { background: @window; border-bottom: 1px solid @border; padding: 1px 8px; }
QMenuBar::item { padding: 5px 9px; border-radius: 5px; background: transparent; }
QMenuBar::item:selected { background: @sunken; }
QMenu { background: @surface; border: 1px solid @border; padding: 5px; }
QMenu::item { padding: 6px 26px 6px 12px; border-radius: 5px; }
QMenu::item:selected { background: @selection; color: @selection_text; }
QMenu::item:disabled { color: @field_border; }
QMenu::separator { height: 1px; background: @line; margin: 5px 8px; }
QStatusBar { background: @window; border-top: 1px solid @border; color: @muted; }
QStatusBar::item { border: none; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { padding: 9px 14px 8px 10px; margin-right: 8px; color: @muted; border: none;
    border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @accent; border-bottom-color: @accent; font-weight: 600; }
QTabBar::tab:hover:!selected { color: @text; }
QTabBar[kbd="true"]::tab:selected { background: @accent_soft; }
QTabWidget::pane { border: none; border-top: 1px solid @border; }
QLineEdit, QComboBox, QPlainTextEdit, QTextEdit, QSpinBox, QDateEdit { background: @surface;
    color: @text; border: 1px solid @field_border; border-radius: 7px; padding: 6px 9px;
    selection-background-color: @accent; selection-color: @on_accent; }
QLineEdit, QComboBox, QSpinBox { min-height: 20px; }
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus {
    border: 2px solid @accent; padding: 5px 8px; }
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled, QSpinBox:disabled {
    color: @muted; background: @sunken; border-color: @border; }
QLineEdit[bad="true"], QComboBox[bad="true"] { border-color: @bad; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url("@chevron"); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: @surface; border: 1px solid @border; outline: none;
    selection-background-color: @selection; selection-color: @selection_text; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: none; }
QSpinBox { padding: 4px 2px; }
QSpinBox:focus { padding: 3px 1px; }
QPushButton, QToolButton[text="true"] { background: @surface; color: @text;
    border: 1px solid @border; border-radius: 7px; padding: 0 14px; min-height: 32px; }
QPushButton:hover, QToolButton[text="true"]:hover { border-color: @field_border; }
QPushButton:pressed { background: @sunken; }
QPushButton:disabled { color: @field_border; }
QPushButton[filled="true"] { background: @accent; color: @on_accent; border-color: @accent;
    font-weight: 600; }
QPushButton[filled="true"]:disabled { background: @sunken; color: @muted; border-color: @border; }
QPushButton[flat="true"] { background: transparent; border-color: transparent; color: @accent;
    padding: 0 8px; min-height: 26px; }
QPushButton[flat="true"]:hover { background: @accent_soft; }
QPushButton[small="true"] { padding: 0; }
QPushButton[kbd="true"] { border: 2px solid @accent; padding: 0 13px; min-height: 30px; }
QPushButton[filled="true"][kbd="true"] { border-color: @text; }
QCheckBox, QRadioButton { spacing: 8px; min-height: 24px; }
QCheckBox::indicator, QTableView::indicator, QTreeView::indicator,
QListView::indicator { width: 15px; height: 15px; border-radius: 4px;
    border: 1px solid @field_border; background: @surface; }
QCheckBox::indicator:checked, QTableView::indicator:checked, QTreeView::indicator:checked,
QListView::indicator:checked { background: @accent;
    border-color: @accent; image: url("@tick"); }
QCheckBox::indicator:disabled { border-color: @border; background: @sunken; }
QRadioButton::indicator { width: 14px; height: 14px; border-radius: 8px;
    border: 1px solid @field_border; background: @surface; }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid @accent; }
QCheckBox[kbd="true"], QRadioButton[kbd="true"] { color: @accent; background: @accent_soft;
    border-radius: 5px; }
QTableView, QListView, QListWidget, QTreeView { background: @surface; border: none; outline: none;
    selection-background-color: @selection; selection-color: @selection_text; }
QListWidget::item { padding: 7px 10px; border-radius: 5px; }
QTreeWidget::item { padding: 7px 6px; }
QTreeWidget#documents::item { padding: 4px; }
QListWidget, QTreeWidget { border: 1px solid @border; border-radius: 7px; padding: 3px; }
QListWidget[kbd="true"], QTreeWidget[kbd="true"] { border-color: @accent; }
QHeaderView { background: @surface; border: none; }
QHeaderView::section { background: @surface; color: @muted; border: none;
    border-bottom: 1px solid @border; padding: 8px 10px; font-weight: 600; font-size: 12px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @border; border-radius: 4px; margin: 2px; min-height: 30px;
    min-width: 30px; }
QScrollBar::handle:hover { background: @field_border; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
    background: none; border: none; width: 0; height: 0; }
QScrollArea, QScrollArea > QWidget > QWidget#page { background: transparent; border: none; }
QProgressBar { background: @sunken; border: none; border-radius: 4px; max-height: 8px; }
QProgressBar::chunk { background: @accent; border-radius: 4px; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QCalendarWidget QWidget { alternate-background-color: @surface; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: @surface; }
QCalendarWidget QToolButton { background: transparent; color: @text; border: none;
    border-radius: 5px; padding: 4px 8px; min-height: 22px; min-width: 22px; font-weight: 600; }
QCalendarWidget QToolButton:hover { background: @sunken; }
QCalendarWidget QAbstractItemView { selection-background-color: @accent;
    selection-color: @on_accent; }
QSplitter::handle { background: @line; }
QSplitter#gap::handle { background: transparent; }
QPushButton:checked { background: @accent_soft; border-color: @accent; }
QPushButton#wrapped { background: @surface; border: 1px solid @border; border-radius: 7px;
    padding: 0; min-height: 0; }
QPushButton#wrapped:hover { border-color: @accent; background: @accent_soft; }
QPushButton#wrapped[kbd="true"] { border: 2px solid @accent; }
QToolButton { border: none; border-radius: 7px; background: transparent; color: @text; }
QToolButton:hover { background: @sunken; }
QToolButton[kbd="true"] { border: 2px solid @accent; }
QToolButton#fold { text-align: left; font-size: 13px; font-weight: 600; padding: 6px 0;
    min-height: 20px; }
QSlider::groove:horizontal { height: 4px; background: @border; border-radius: 2px; }
QSlider::sub-page:horizontal { background: @accent; border-radius: 2px; }
QSlider::handle:horizontal { background: @surface; border: 2px solid @accent; width: 12px;
    margin: -6px 0; border-radius: 8px; }
QSlider::handle:horizontal:hover, QSlider[kbd="true"]::handle:horizontal { background: @accent; }
QFrame#card, QFrame#table { background: @surface; border: 1px solid @border; border-radius: 10px; }
QLabel#title { font-size: 20px; font-weight: 600; }
QLabel#cardTitle { font-size: 13px; font-weight: 600; }
QLabel#figure { font-size: 26px; font-weight: 600; }
QLabel#muted { color: @muted; }
QLabel#error { color: @bad; }
QLabel#action { color: @accent; font-weight: 500; }
QLabel#hint { background: @info_soft; color: @info; border-radius: 7px; padding: 9px 12px; }
QFrame#notice { border-radius: 7px; background: @info_soft; }
QFrame#notice[kind="ok"] { background: @ok_soft; }
QFrame#notice[kind="warn"] { background: @warn_soft; }
QFrame#notice[kind="bad"] { background: @bad_soft; }
QFrame#notice QLabel { color: @info; }
QFrame#notice[kind="ok"] QLabel, QFrame#notice[kind="ok"] QPushButton { color: @ok; }
QFrame#notice[kind="warn"] QLabel, QFrame#notice[kind="warn"] QPushButton { color: @warn; }
QFrame#notice[kind="bad"] QLabel, QFrame#notice[kind="bad"] QPushButton { color: @bad; }
QFrame#notice QPushButton { font-weight: 600; }
QListView#sunken { background: @sunken; border-radius: 7px; }
QLabel#heading { color: @muted; font-size: 12px; font-weight: 600; }
QComboBox[quiet="true"] { background: transparent; border-color: transparent; padding: 1px 4px;
    color: @muted; }
QComboBox[quiet="true"]:hover { border-color: @field_border; }
QComboBox[quiet="true"]:focus { border: 2px solid @accent; padding: 0 3px; color: @text; }
QFrame#block { border: none; border-left: 3px solid transparent; border-radius: 0; }
QFrame#block[current="true"] { border-left-color: @accent; }
QFrame#block[kbd="true"] { background: @accent_soft; }
QPlainTextEdit#words { background: transparent; border: 1px solid transparent; padding: 2px 6px; }
QPlainTextEdit#words[cell="true"] { border-color: @border; }
QPlainTextEdit#words:hover { border-color: @field_border; }
QPlainTextEdit#words:focus { border: 2px solid @accent; padding: 1px 5px; }
QFrame#toast { background: @text; border-radius: 8px; }
QFrame#toast QLabel { color: @window; }
QFrame#toast QPushButton { background: transparent; border: none; color: @window; font-weight: 600;
    min-height: 26px; padding: 0 8px; }
QFrame#toast QPushButton[small="true"] { padding: 0; }
QFrame#toast QPushButton[kbd="true"] { border: 1px solid @window; padding: 0 7px; }
"""
