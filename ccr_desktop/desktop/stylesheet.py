"""The one style sheet, generated from the tokens and the font's measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Template

from ccr_desktop.desktop.tokens import (
    HELP_SCALE,
    RADIUS_CARD,
    RADIUS_CONTROL,
    SECTION_SCALE,
    TITLE_SCALE,
    Tokens,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Sizes that follow the system's font, and the small drawings that a style sheet needs."""

    font_pt: float
    control_height: int
    glyphs: Mapping[str, str]
    """Name of a drawing -> path of its file, in the colours of the tokens."""


_TYPE = """
QLabel { background: transparent; }
QLabel[role="title"] { font-size: ${title_pt}pt; font-weight: 600; color: $text; }
QLabel[role="section"] { font-size: ${section_pt}pt; font-weight: 600; color: $text; }
QLabel[role="field"] { font-weight: 600; color: $text; }
QLabel[role="help"] { font-size: ${help_pt}pt; color: $secondary; }
QLabel[role="error"] { font-size: ${help_pt}pt; color: $attention; }
QLabel[role="warning"] { font-size: ${help_pt}pt; color: $text; }
QLabel[role="secondary"] { color: $secondary; }
QLabel[role="empty"] { color: $secondary; }
QLabel:disabled { color: $disabled; }
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 4px 8px;
  qproperty-textFormat: PlainText; }
"""

_SURFACES = """
QFrame[surface="card"] { background: $card; border: 1px solid $line; border-radius: ${r_card}px; }
QFrame[surface="raised"] { background: $raised; border: 1px solid $line;
  border-radius: ${r_card}px; }
QFrame[surface="toast"] { background: $raised; border: 1px solid $line_strong;
  border-radius: ${r_card}px; }
QFrame[surface="window"] { background: $raised; border: 1px solid $line_strong; }
QFrame[surface="found"] { background: transparent; border: 2px solid $focus;
  border-radius: ${r_card}px; }
QFrame[surface="line"] { background: $line; border: none; }
QFrame[surface="info"] { background: $off_soft; border: 1px solid $line;
  border-radius: ${r_card}px; }
QFrame[surface="running"] { background: $running_soft; border: 1px solid $running;
  border-radius: ${r_card}px; }
QFrame[surface="backup"] { background: $backup_soft; border: 1px solid $backup;
  border-radius: ${r_card}px; }
QFrame[surface="attention"] { background: $attention_soft; border: 1px solid $attention;
  border-radius: ${r_card}px; }
QScrollArea, QScrollArea > QWidget > QWidget[surface="page"] { background: transparent;
  border: none; }
"""

# Fusion would draw its own ring for the focus within ours.
_BUTTONS = """
QAbstractButton { outline: none; }
QPushButton { background: $card; color: $text; border: 1px solid $line_strong;
  border-radius: ${r_control}px; padding: 0 13px; min-height: ${inner}px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked { background: $pressed; }
QPushButton:disabled { color: $disabled; background: $card; border-color: $line; }
QPushButton[ring="true"] { border: 2px solid $focus; padding: 0 12px;
  min-height: ${ringed}px; }
QPushButton::menu-indicator { image: none; width: 0; }

QPushButton[kind="primary"] { background: $accent; color: $on_accent; font-weight: 600;
  border: 1px solid $accent; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:pressed { background: $accent_pressed;
  border-color: $accent_pressed; }
QPushButton[kind="primary"][ring="true"] { border: 2px solid $text; }
QPushButton[kind="danger"] { color: $attention; border-color: $attention; }
QPushButton[kind="danger"]:hover { background: $attention_soft; }
QPushButton[kind="danger"]:pressed { background: $attention; color: $on_danger; }
QPushButton[kind="danger"][ring="true"] { border: 2px solid $focus; }
QPushButton[kind="quiet"] { background: transparent; border: 1px solid transparent;
  color: $accent; font-weight: 600; padding: 0 9px; }
QPushButton[kind="quiet"]:hover { background: $hover; }
QPushButton[kind="quiet"]:pressed { background: $pressed; }
QPushButton[kind="quiet"][ring="true"] { border: 2px solid $focus; padding: 0 8px; }
QPushButton[edge="start"] { padding: 0 9px 0 1px; }
QPushButton[edge="start"]:hover, QPushButton[edge="start"]:pressed { background: transparent;
  text-decoration: underline; }
QPushButton[edge="start"][ring="true"] { padding: 0 8px 0 0; }
QPushButton[kind="primary"]:disabled { background: $pressed; color: $disabled;
  border-color: $pressed; }
QPushButton[kind="danger"]:disabled { color: $disabled; border-color: $line; }
QPushButton[kind="quiet"]:disabled { color: $disabled; background: transparent; }

QPushButton[corners="left"] { border-top-right-radius: 0; border-bottom-right-radius: 0; }
QPushButton[corners="right"] { border-top-left-radius: 0; border-bottom-left-radius: 0; }
QPushButton[part="more"] { padding: 0 6px; }
QPushButton[part="more"][ring="true"] { padding: 0 5px; }
QPushButton[kind="primary"][part="more"][corners="right"] { border-left: 1px solid $on_accent; }
QPushButton[kind="primary"][part="more"][corners="left"] { border-right: 1px solid $on_accent; }
QPushButton[kind="plain"][part="more"][corners="right"] { border-left: none; }
QPushButton[kind="plain"][part="more"][corners="left"] { border-right: none; }
QPushButton[kind="plain"][part="more"][ring="true"] { border: 2px solid $focus; }
QPushButton[kind="primary"][part="more"][ring="true"] { border: 2px solid $text; }

QPushButton[kind="disclosure"] { background: transparent; border: 1px solid transparent;
  color: $accent; font-weight: 600; padding: 0 5px 0 0; }
QPushButton[kind="disclosure"]:hover { color: $accent_hover; text-decoration: underline; }
QPushButton[kind="disclosure"][ring="true"] { border: 2px solid $focus; padding: 0 4px 0 0; }
QPushButton[filters="true"] { background: $selection; color: $on_selection;
  border-color: $accent; }
QPushButton[kind="picker"] { background: $field; }
QPushButton[kind="picker"]:hover { background: $field; border-color: $secondary; }
QPushButton[kind="picker"]:disabled { background: $window; }

QPushButton[kind="side"] { background: transparent; border: 1px solid transparent;
  color: $text; text-align: left; padding: 0 11px; }
QPushButton[kind="side"]:hover { background: $hover; }
QPushButton[kind="side"]:checked { background: $selection; color: $on_selection;
  font-weight: 600; }
QPushButton[kind="side"][ring="true"] { border: 2px solid $focus; padding: 0 10px; }

QFrame[surface="segments"] { background: $pressed; border: none;
  border-radius: ${r_card}px; }
QPushButton[kind="segment"] { background: transparent; color: $secondary; padding: 0 11px;
  border: 1px solid transparent; min-height: ${segment}px; }
QPushButton[kind="segment"]:hover { color: $text; }
QPushButton[kind="segment"]:checked { background: $card; color: $text;
  border: 1px solid $line_strong; }
QPushButton[kind="segment"][ring="true"] { border: 2px solid $focus; padding: 0 10px;
  min-height: ${segment_ringed}px; }

QToolButton { background: transparent; border: 1px solid transparent; color: $text;
  border-radius: ${r_control}px; padding: 5px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $pressed; }
QToolButton[ring="true"] { border: 2px solid $focus; padding: 4px; }
QToolButton::menu-indicator { image: none; }
"""

_FIELDS = """
QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox { background: $field;
  color: $text; border: 1px solid $line_strong; border-radius: ${r_control}px;
  selection-background-color: $selection; selection-color: $on_selection; }
QLineEdit, QAbstractSpinBox, QComboBox { min-height: ${inner}px; padding: 0 8px; }
QLineEdit { placeholder-text-color: $secondary; }
QPlainTextEdit, QTextEdit { padding: 5px; placeholder-text-color: $secondary; }
QLineEdit:hover, QComboBox:hover, QAbstractSpinBox:hover { border-color: $secondary; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { border: 2px solid $focus;
  padding: 0 7px; min-height: ${ringed}px; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $focus; padding: 4px; }
QLineEdit[invalid="true"] { border-color: $attention; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QAbstractSpinBox:disabled,
QComboBox:disabled { color: $disabled; background: $window; border-color: $line; }
QLineEdit:read-only { background: $window; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit { border: none; min-height: 0; padding: 0;
  background: transparent; }
QAbstractSpinBox { padding: 0 24px 0 0; min-height: ${spin}px; }
QAbstractSpinBox:focus { padding: 0 23px 0 0; min-height: ${spin_ringed}px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: 22px;
  background: transparent; subcontrol-origin: border; }
QAbstractSpinBox::up-button { subcontrol-position: top right; top: 3px; right: 2px; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; bottom: 3px; right: 2px; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hover;
  border-radius: 4px; }
QAbstractSpinBox::up-arrow { image: url("$glyph_up"); width: 12px; height: 12px; }
QAbstractSpinBox::down-arrow { image: url("$glyph_down"); width: 12px; height: 12px; }
QComboBox { padding: 0 26px 0 10px; }
QComboBox:focus { padding: 0 25px 0 9px; }
QComboBox::drop-down { border: none; width: 26px; subcontrol-origin: border;
  subcontrol-position: center right; }
QComboBox::down-arrow { image: url("$glyph_down"); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $line; padding: 4px;
  selection-background-color: $selection; selection-color: $on_selection; outline: none; }

QCheckBox, QRadioButton { spacing: 8px; background: transparent; }
QCheckBox::indicator, QListView::indicator, QRadioButton::indicator { width: 16px; height: 16px;
  border: 1px solid $line_strong; background: $field; }
QCheckBox::indicator, QListView::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $text; }
QCheckBox::indicator:checked, QCheckBox::indicator:indeterminate,
QListView::indicator:checked { background: $accent; border-color: $accent; }
QCheckBox::indicator:checked, QListView::indicator:checked { image: url("$glyph_check"); }
QCheckBox::indicator:indeterminate { image: url("$glyph_part"); }
QRadioButton::indicator:checked { border-color: $accent; background: $accent;
  image: url("$glyph_dot"); }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid $focus;
  width: 14px; height: 14px; }
QCheckBox::indicator:checked:focus, QRadioButton::indicator:checked:focus {
  border-color: $text; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $line;
  background: $window; }
QCheckBox::indicator:checked:disabled, QRadioButton::indicator:checked:disabled {
  background: $disabled; }
"""

_REST = """
QListView, QTreeView, QTableView { background: transparent; border: none; color: $text;
  outline: none; selection-background-color: $selection; selection-color: $on_selection; }
QTableView { gridline-color: $line; }
QTableView::item, QTreeView::item { padding: 0 8px; border-bottom: 1px solid $line; }
QTableView::item:hover, QTreeView::item:hover { background: $hover; }
QTableView::item:selected, QTreeView::item:selected { background: $selection;
  color: $on_selection; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: transparent; color: $secondary; border: none;
  border-bottom: 1px solid $line; padding: 6px 8px; font-weight: 600; }
QHeaderView::up-arrow { image: url("$glyph_up"); width: 12px; height: 12px; }
QHeaderView::down-arrow { image: url("$glyph_down"); width: 12px; height: 12px; }
QTableCornerButton::section { background: transparent; border: none; }

QMenu { background: $raised; color: $text; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 10px; border-radius: 4px; border: 1px solid transparent; }
QMenu::item:selected { background: $selection; color: $on_selection; border-color: $line; }
QMenu::item:disabled { color: $disabled; }
QMenu::icon { padding-left: 8px; }
QMenu::indicator { width: 14px; height: 14px; left: 8px; }
QMenu::indicator:checked { image: url("$glyph_tick"); }
QMenu::right-arrow { image: url("$glyph_right"); width: 14px; height: 14px; right: 6px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 6px; }

QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $line_strong; }
QScrollBar::handle:vertical { min-height: 32px; margin: 2px 3px; border: none;
  border-radius: 3px; }
QScrollBar::handle:horizontal { min-width: 32px; margin: 3px 2px; border: none;
  border-radius: 3px; }
QScrollBar::handle:hover { background: $secondary; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QProgressBar { background: $pressed; border: none; border-radius: 3px; max-height: 6px;
  min-height: 6px; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSlider:horizontal { min-height: 22px; }
QSlider::groove:horizontal { background: $line_strong; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal { background: $card; border: 2px solid $accent; width: 14px;
  height: 14px; margin: -7px 0; border-radius: 9px; }
QSlider::handle:horizontal:focus { border-color: $text; background: $accent; }
QSplitter::handle { background: $line; }
QStatusBar::item { border: none; }
"""


def style_sheet(tokens: Tokens, measures: Measures) -> str:
    """The look of every widget of the app."""
    values = {name: getattr(tokens, name) for name in Tokens.__slots__}
    body = measures.font_pt
    return Template(_TYPE + _SURFACES + _BUTTONS + _FIELDS + _REST).substitute(
        values,
        title_pt=round(body * TITLE_SCALE, 2),
        section_pt=round(body * SECTION_SCALE, 2),
        help_pt=round(body * HELP_SCALE, 2),
        r_card=RADIUS_CARD,
        r_control=RADIUS_CONTROL,
        inner=measures.control_height - 2,
        ringed=measures.control_height - 4,
        spin=measures.control_height - 5,  # Qt adds three to what it is told
        spin_ringed=measures.control_height - 7,
        segment=measures.control_height - 6,
        segment_ringed=measures.control_height - 8,
        **{f"glyph_{name}": path for name, path in measures.glyphs.items()},
    )
