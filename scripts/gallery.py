"""Draws every widget in every state, light and dark, at 100 and 200 %, to PNG files.

    python scripts/gallery.py <folder> [--scheme light] [--scale 1]

Needs no screen. Look at the pictures after a change of the theme or of a widget.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor, QPainter, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QRadioButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from ccr_desktop import paths
from ccr_desktop.desktop import theme
from ccr_desktop.desktop.icons import drawn
from ccr_desktop.desktop.tray.icon import TrayLook, drawing
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.buttons import (
    DangerButton,
    IconButton,
    PlainButton,
    PrimaryButton,
    QuietButton,
    SplitButton,
)
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.choices import Choice
from ccr_desktop.desktop.widgets.copy_field import CopyField
from ccr_desktop.desktop.widgets.disclosure import Disclosure
from ccr_desktop.desktop.widgets.empty_state import EmptyState
from ccr_desktop.desktop.widgets.filter_picker import FilterPicker
from ccr_desktop.desktop.widgets.flow_layout import FlowLayout
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.widgets.labels import BodyText, HelpText, PageTitle, SecondaryText
from ccr_desktop.desktop.widgets.number_field import NumberField
from ccr_desktop.desktop.widgets.page_scroll import PageScroll
from ccr_desktop.desktop.widgets.picture import Monogram
from ccr_desktop.desktop.widgets.ring import set_ring
from ccr_desktop.desktop.widgets.row_delegate import RowAction
from ccr_desktop.desktop.widgets.row_list import RowList
from ccr_desktop.desktop.widgets.rows import Row
from ccr_desktop.desktop.widgets.search_field import SearchField
from ccr_desktop.desktop.widgets.secret_field import SecretField
from ccr_desktop.desktop.widgets.segments import SegmentedControl
from ccr_desktop.desktop.widgets.sparkline import Sparkline
from ccr_desktop.desktop.widgets.state import State, StateDot
from ccr_desktop.desktop.widgets.step_list import Step, StepList
from ccr_desktop.desktop.widgets.switch import Switch
from ccr_desktop.desktop.widgets.toast import UndoToast

MODELS = tuple(
    Choice(key=f"{group},{title}", title=title, group=group, detail=detail)
    for group, title, detail in (
        ("DeepSeek", "deepseek-v4-chat", "128k"),
        ("DeepSeek", "deepseek-v4-reasoner", "128k"),
        ("Moonshot", "kimi-k2.7-code", "256k"),
        ("OpenRouter", "anthropic/claude-sonnet-5", "1M"),
        ("OpenRouter", "google/gemini-3.5-pro-with-a-name-that-is-rather-long-preview", "1M"),
        ("Ollama", "qwen3-coder:30b", "32k"),
    )
)
PROVIDERS = (
    Row(
        key="ds",
        title="DeepSeek",
        subtitle="deepseek-v4-chat, deepseek-v4-reasoner",
        state="running",
        trailing="12.40 USD left",
        monogram="DeepSeek",
    ),
    Row(
        key="ms",
        title="Moonshot",
        subtitle="kimi-k2.7-code",
        state="backup",
        trailing="slow: 8.2 s",
        badge="Main work",
        monogram="Moonshot",
    ),
    Row(
        key="or",
        title="OpenRouter, the account of the whole company with a long name",
        subtitle="key not accepted since 14:05, so that 6 requests failed and went elsewhere",
        state="attention",
        badge="Backup",
        monogram="OpenRouter",
    ),
    Row(
        key="ol",
        title="Ollama",
        subtitle="On this computer",
        state="busy",
        trailing="checking",
        monogram="Ollama",
    ),
    Row(
        key="gr",
        title="Groq",
        subtitle="Switched off",
        state="off",
        enabled=False,
        monogram="Groq",
    ),
)
ACTIONS = (
    RowAction(key="test", text="Test", icon="zap"),
    RowAction(key="edit", text="Edit", icon="pencil"),
    RowAction(key="remove", text="Remove", icon="trash-2", danger=True),
)


def line(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return holder


def buttons() -> QWidget:
    page = PageScroll()
    page.add(PageTitle("Buttons and states"))
    card = Card("Buttons", "One primary button a view, at the bottom right of its card.")
    kinds = (PrimaryButton, PlainButton, DangerButton, QuietButton)
    names = ("Save", "Test", "Remove", "Get a key")
    icons = ("check", "zap", "trash-2", "external-link")
    card.add(line(*(kind(name) for kind, name in zip(kinds, names, strict=True))))
    card.add(line(*(k(n, i) for k, n, i in zip(kinds, names, icons, strict=True))))
    off = [kind(name, i) for kind, name, i in zip(kinds, names, icons, strict=True)]
    ringed = [kind(name, i) for kind, name, i in zip(kinds, names, icons, strict=True)]
    for button in off:
        button.setEnabled(False)
    for button in ringed:
        set_ring(button, True)
    card.add(line(*off))
    card.add(line(*ringed))
    split, plain = SplitButton("Launch Claude Code", "terminal"), SplitButton("Open", primary=False)
    for button in (split, plain):
        button.set_menu(QMenu(button))
    icon = IconButton("ellipsis-vertical", "More")
    second = IconButton("trash-2", "Remove", color="attention")
    set_ring(second, True)
    card.add(line(split, plain, icon, second, CopyField("127.0.0.1:3456")))
    done = CopyField("http://127.0.0.1:3456")
    done.copy()
    card.add(line(CopyField("127.0.0.1:3456", compact=True), done))
    card.add_action(PlainButton("Cancel"))
    card.add_action(PrimaryButton("Save"))
    page.add(card)
    states: tuple[tuple[State, str], ...] = (
        ("running", "Running"),
        ("backup", "On a backup"),
        ("attention", "Needs attention"),
        ("off", "Off"),
        ("busy", "Starting"),
    )
    card = Card("States")
    card.add(line(*(StateDot(state, word) for state, word in states)))
    segments = SegmentedControl([("a", "Kinds of work"), ("b", "Rules"), ("c", "Backups")])
    card.add(line(segments))
    on, off_switch, dead = Switch("Start at login"), Switch("Show names"), Switch("Not now")
    on.setChecked(True)
    dead.setEnabled(False)
    dead_on = Switch()
    dead_on.setChecked(True)
    dead_on.setEnabled(False)
    card.add(line(on, off_switch, dead, dead_on))
    card.add(line(*(Monogram(n) for n in ("DeepSeek", "OpenRouter", "my key", "ollama", "xAI"))))
    page.add(card)
    return page


def forms() -> QWidget:
    page = PageScroll()
    page.add(PageTitle("Forms"))
    card = Card("Add DeepSeek", "Keys are kept in the keyring of this system.")
    secret = SecretField()
    secret.set_stored("Secret Service")
    card.add(FormRow("Name", QLineEdit("DeepSeek")))
    card.add(FormRow("Key", secret, "It starts with sk-. It is never shown again in full."))
    wrong = FormRow("Address", QLineEdit("api.deepseek.com"), "Where the provider listens.")
    wrong.show_error("An address begins with https://, or with http:// on this computer.", "Add it")
    card.add(wrong)
    picker = FilterPicker("Model")
    picker.set_choices(MODELS)
    picker.set_current("Moonshot,kimi-k2.7-code")
    card.add(FormRow("Main work", picker))
    empty = FilterPicker("Model", placeholder="Same as Main work")
    card.add(FormRow("Web search", empty))
    combo, spin = QComboBox(), NumberField(1, 65535)
    combo.addItems(["OpenAI Chat", "Anthropic"])
    spin.setValue(3456)
    dead = QLineEdit("not to be changed")
    dead.setEnabled(False)
    card.add(line(FormRow("Kind", combo), FormRow("Port", spin), FormRow("Locked", dead)))
    advanced = Disclosure(opened=True)
    search = SearchField("Search models")
    search.setText("kimi")
    advanced.add(search)
    advanced.add(QPlainTextEdit("x-header: value"))
    card.add(advanced)
    card.add(Disclosure("More kinds of work"))
    card.add(choices())
    card.add_action(PlainButton("Cancel"))
    card.add_action(PrimaryButton("Add"))
    page.add(card)
    return page


def choices() -> QWidget:
    boxes = [QCheckBox("Off"), QCheckBox("On"), QRadioButton("One"), QRadioButton("Other")]
    part = QCheckBox("Part")
    part.setCheckState(Qt.CheckState.PartiallyChecked)
    boxes[1].setChecked(True)
    boxes[2].setChecked(True)
    locked = QCheckBox("Locked")
    locked.setChecked(True)
    locked.setEnabled(False)
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setValue(40)
    slider.setFixedWidth(160)
    return line(*boxes, part, locked, slider)


def lists() -> QWidget:
    page = PageScroll()
    page.add(PageTitle("Lists"))
    card = Card("Providers")
    card.add_header_action(PlainButton("Add provider", "plus"))
    rows = RowList("Providers", reorderable=True, fit_content=True)
    rows.set_rows(PROVIDERS)
    rows.set_actions(ACTIONS)
    rows.select("ms")
    card.add(rows)
    focused = RowList("Projects", fit_content=True)
    focused.set_rows(PROVIDERS[2:4])
    focused.set_actions(ACTIONS)
    focused.setObjectName("focused")
    card.add(focused)
    page.add(card)
    card = Card()
    card.add(
        EmptyState(
            "No providers yet. A provider is the service or program that answers.",
            "Add provider",
            "plug",
        )
    )
    page.add(card)
    chips = QWidget()
    flow = FlowLayout(chips)
    for number in range(9):
        flow.addWidget(PlainButton(f"Filter number {number}"))
    page.add(chips)
    return page


def feedback() -> QWidget:
    page = PageScroll()
    page.add(PageTitle("Feedback"))
    page.add(
        Banner(
            "info",
            "Opened for viewing only: a newer version wrote these settings.",
            "Update",
            closable=True,
        )
    )
    page.add(Banner("ok", "It works: your first request used kimi-k2.7-code and took 2.1 s."))
    page.add(Banner("warn", "DeepSeek answers slowly. Main work uses Kimi K2.7 until it recovers."))
    page.add(
        Banner(
            "error",
            "OpenRouter did not accept this key. It may be mistyped, expired or "
            "for another service, and so nothing is sent there until it is replaced.",
            "Enter key",
        )
    )
    card = Card("Testing DeepSeek", "Uses a few tokens.")
    card.add(
        StepList(
            [
                Step(key="a", title="Reach the address", state="ok", note="0.2 s"),
                Step(key="b", title="Key accepted", state="running"),
                Step(
                    key="c",
                    title="Model answers",
                    state="failed",
                    note="DeepSeek has no model named 'deepseek-v5'. Closest: 'deepseek-v4-chat'.",
                ),
                Step(key="d", title="Tools work", state="skipped"),
                Step(key="e", title="Pictures", state="waiting"),
            ]
        )
    )
    bar = QProgressBar()
    bar.setValue(40)
    card.add(bar)
    card.add(Sparkline([1, 4, 2, 6, 9, 3, 7, 8]))
    card.add(BodyText("Requests 1 284, tokens 3 481 220, estimated 1.24 USD of 5.00"))
    card.add(SecondaryText("Last request 14:05"))
    card.add(HelpText("How is this counted? By the provider's prices of 2026-11-01."))
    page.add(card)
    toast = UndoToast(page)
    page.resize(900, 760)
    toast.show_undo("Removed DeepSeek.")
    return page


def icons() -> QWidget:
    page = QWidget()
    grid = QGridLayout(page)
    names = sorted(
        path.stem for path in paths.resource("icons").glob("*.svg") if path.stem != "app"
    )
    for number, name in enumerate(names):
        cell = QVBoxLayout()
        for side in (16, 20):
            label = QLabel()
            ratio = page.devicePixelRatio()
            label.setPixmap(drawn(name, theme.current().tokens.text, side, ratio))
            cell.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        cell.addWidget(HelpText(name))
        grid.addLayout(cell, number // 9, number % 9)
    return page


def tray() -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    for panel, ground in (("light", "#EEEEEE"), ("dark", "#222222"), ("template", "#FFFFFF")):
        for look in TrayLook:
            strip = QLabel()
            pixmap = QPixmap(620, 68)
            pixmap.fill(ground)
            painter = QPainter(pixmap)
            x = 8
            for pixels in (16, 22, 24, 32, 44, 48, 64):
                painter.drawImage(QPoint(x, 2), drawing(look, panel, pixels))
                x += pixels + 16
            painter.drawImage(QPoint(x, 2), drawing(look, panel, 16).scaled(64, 64))
            painter.end()
            strip.setPixmap(pixmap)
            column.addWidget(strip)
    return page


def pop_over() -> QWidget:
    picker = FilterPicker("Model", allow_other=True)
    picker.set_choices(MODELS)
    picker.set_current("Moonshot,kimi-k2.7-code")
    picker.open()
    picker.pop_over.setParent(picker.pop_over.parentWidget(), Qt.WindowType.Widget)
    holder = picker.pop_over
    holder.setParent(None)
    holder.setProperty("keeps", picker)
    return holder


PAGES: dict[str, Callable[[], QWidget]] = {
    "buttons": buttons,
    "forms": forms,
    "lists": lists,
    "feedback": feedback,
    "icons": icons,
    "tray": tray,
    "pop_over": pop_over,
}
SIZES = {"forms": (760, 1000), "pop_over": (380, 340)}


def draw(folder: Path, scheme: theme.Scheme, scale: str) -> None:
    app = QApplication(sys.argv[:1])
    QCursor.setPos(2000, 2000)
    theme.apply(app, scheme)
    for name, make in PAGES.items():
        page = make()
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)
        page = holder
        page.resize(*SIZES.get(name, (900, 760)))
        page.show()
        page.activateWindow()
        app.processEvents()
        if focused := page.findChild(QWidget, "focused"):
            focused.setFocus(Qt.FocusReason.TabFocusReason)
            app.processEvents()
        page.grab().save(str(folder / f"{name}-{scheme}-{scale}.png"))
        page.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scheme", choices=("light", "dark"))
    parser.add_argument("--scale", default="1")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    if arguments.scheme:
        draw(arguments.folder, arguments.scheme, arguments.scale)
        return
    for scale in ("1", "2"):
        for scheme in ("light", "dark"):
            subprocess.run(
                [sys.executable, __file__, arguments.folder, "--scheme", scheme, "--scale", scale],
                env={**os.environ, "QT_SCALE_FACTOR": scale},
                check=True,
            )


if __name__ == "__main__":
    main()
