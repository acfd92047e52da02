"""The dialogs can be read aloud, used with the keyboard, and hold longer words."""

import ast
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ccr_desktop.core.presets.manifest import Input, Manifest, Option
from ccr_desktop.core.secrets import Place, StoreState
from ccr_desktop.core.secrets.state import status
from ccr_desktop.core.transfer.found import Origin
from ccr_desktop.core.transfer.items import Item, Kind
from ccr_desktop.core.transfer.offer import Offer
from ccr_desktop.core.updates.release import Release
from ccr_desktop.desktop import language
from ccr_desktop.desktop.dialogs import Answer, Question, cancel
from ccr_desktop.desktop.file_passphrase import PassphraseDialog
from ccr_desktop.desktop.importing.preset_dialog import Change, PresetDialog
from ccr_desktop.desktop.importing.take_dialog import TakeDialog
from ccr_desktop.desktop.name_dialog import NameDialog
from ccr_desktop.desktop.pages.activity.report import ReportDialog
from ccr_desktop.desktop.pages.help.reader import Reader
from ccr_desktop.desktop.pages.help.support_dialog import SupportDialog
from ccr_desktop.desktop.pages.launch.change_dialog import ChangeDialog
from ccr_desktop.desktop.pages.launch.options_dialog import OptionsDialog
from ccr_desktop.desktop.pages.launch.rows import Folder
from ccr_desktop.desktop.pages.launch.session_picker import SessionPicker
from ccr_desktop.desktop.pages.providers.sign_in_dialog import SignInDialog
from ccr_desktop.desktop.pages.providers.variable_dialog import VariableDialog
from ccr_desktop.desktop.pages.routes.rules.editor import RuleEditor
from ccr_desktop.desktop.pages.routes.rules.text_editor import RuleText
from ccr_desktop.desktop.pages.settings.passphrase import PassphraseQuestion
from ccr_desktop.desktop.pages.settings.plugin_card import PluginCard
from ccr_desktop.desktop.pages.settings.plugin_records import FoundTransformer, Load, PluginSeen
from ccr_desktop.desktop.updating.dialog import Stage, UpdateDialog, UpdateView
from ccr_desktop.desktop.widgets.reading_order import stops
from ccr_desktop.errors import ClientError
from ccr_desktop.launch.normal_claude import Plan
from ccr_desktop.launch.taking_out import Removal
from scripts.translations.sources import PACKAGE
from tests.support.pseudo import PseudoTranslator
from tests.unit.desktop.controls import context_of, controls, described, name_of
from tests.unit.desktop.fitting import cut, overlaps, unfilled
from tests.unit.desktop.pages.routes.rules.test_editor import ALL, CONFIG
from tests.unit.desktop.walking import trouble, walk

_LONG = "a provider of models with a name of eighty characters, which somebody really has"
_CHANGE = Change(
    lines=["+ a line"],
    notes=["A note."],
    places=[("a", _LONG), ("b", "Standard")],
    about_places=_LONG,
)
_OFFER = Offer(
    title="Settings of CC Switch",
    origin=Origin.LINK,
    items=(
        Item(
            kind=Kind.PROVIDER,
            name=_LONG,
            title=_LONG,
            warnings=("The address is in another country.",),
            value={"api_base_url": f"https://{'models' * 12}.example.com/v1", "models": ["m"]},
        ),
        Item(kind=Kind.KEY, name=_LONG, title=_LONG),
        Item(kind=Kind.ROUTE, name="default", title="default", detail=f"{_LONG},chat"),
    ),
    needs_hand=("A setting that nobody knows.",),
    same=3,
)
_PRESET = Manifest(
    name="team",
    about={"description": f"For all of us. {_LONG}"},
    inputs=(
        Input(id="key", label="Key", prompt=_LONG),
        Input(id="model", kind="select", label="Model", options=(Option(_LONG, _LONG),)),
        Input(id="kinds", kind="multiselect", label="Kinds", options=(Option("a", _LONG),)),
        Input(id="more", kind="editor", label="More", is_required=False),
        Input(id="sure", kind="confirm", label="Pictures"),
    ),
)
_PLAN = Plan(
    path=Path("/home/ada/.claude/settings.json"),
    diff=f"--- a\n+++ b\n@@ -1 +1 @@\n-{{}}\n+{{ {_LONG} }}\n",
    changes=(),
    replaces=("ANTHROPIC_BASE_URL",),
    holds_key=True,
    before=b"{}",
    after=b"",
)

_REMOVAL = Removal(
    path=_PLAN.path,
    names=("ANTHROPIC_BASE_URL", "ANTHROPIC_AUTH_TOKEN"),
    diff=_PLAN.diff,
    before=b"{}",
    after=b"",
)

RELEASE = Release(version="9.0", notes="- All.", page="https://example.com")


def signing_in() -> SignInDialog:
    dialog = SignInDialog("GitHub")
    dialog.show_code("ABCD-1234", "https://github.com/login/device")
    return dialog


def offered(view: UpdateView) -> UpdateDialog:
    dialog = UpdateDialog(RELEASE, None)
    dialog.show_view(view)
    return dialog


def without_store() -> TakeDialog:
    dialog = TakeDialog(_OFFER, None)
    dialog.show_store(status(Place.KEYRING, StoreState.MISSING, ""))
    return dialog


DIALOGS: dict[str, Callable[[], QDialog]] = {
    "question": lambda: Question("Stop?", "A request runs.", [cancel(), Answer("stop", "Stop")]),
    "report": lambda: ReportDialog("What happened"),
    "support": lambda: SupportDialog("Versions"),
    "variable": lambda: VariableDialog("DEEPSEEK_API_KEY"),
    "passphrase": lambda: PassphraseDialog("Keys are kept there."),
    "new-passphrase": lambda: PassphraseDialog("Keys are kept there.", may_be_empty=True),
    "passphrase-of-file": lambda: PassphraseQuestion("Keys", ["Text."], "Help.", "Go on", None),
    "sign-in": signing_in,
    "sign-in-without-a-code": lambda: SignInDialog("GitHub"),
    "name": lambda: NameDialog("New route set", "Add", "Nights", lambda _: ""),
    "rule": lambda: RuleEditor("Edit rule", "Save rule", ALL, CONFIG, None),
    "rule-text": lambda: RuleText(ALL, CONFIG, None),
    "launch": lambda: OptionsDialog(Folder(path=Path("/home/ada/shop")), "", ("Nights",), None),
    "take": lambda: TakeDialog(_OFFER, None),
    "take-without-a-store": without_store,
    "preset": lambda: PresetDialog(_PRESET, lambda *_: _CHANGE, None),
    "preset-without-questions": lambda: PresetDialog(
        Manifest(name="team"), lambda *_: Change(lines=[f"+ {_LONG}"], notes=[_LONG]), None
    ),
    "change": lambda: ChangeDialog(_PLAN, None),
    "removal": lambda: ChangeDialog(_REMOVAL, None),
    "update": lambda: offered(UpdateView(stage=Stage.OFFER, problem="It broke off.")),
    "update-by-command": lambda: offered(UpdateView(stage=Stage.MANAGER, command="pipx upgrade x")),
    "update-in-hand": lambda: offered(UpdateView(stage=Stage.READY)),
    "sessions": lambda: SessionPicker(Path("/home/ada/shop"), None),
    "reader": Reader,
}
PLUGINS = {
    "failing": PluginSeen(
        number=0,
        text=f"~/{_LONG}.py",
        load=Load.FAILED,
        problem=f'Traceback:\n  File "{_LONG}.py", line 2\nNameError: {_LONG}',
        notes=(f"{_LONG} has a second 'polite'; this one counts.",),
        options={"word": _LONG},
    ),
    "missing": PluginSeen(number=1, text=f"~/{_LONG}.py", load=Load.MISSING),
    "unused": PluginSeen(
        number=2,
        text=f"~/{_LONG}.py",
        load=Load.LOADED,
        found=(FoundTransformer(name=_LONG, hooks=("request", "open"), options=()),),
    ),
}
_NARROW = 520  # a section, in the smallest window
every_dialog = pytest.mark.parametrize("make", DIALOGS.values(), ids=DIALOGS)

pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def longer() -> Iterator[None]:
    language.current().use("en", PseudoTranslator())
    yield
    language.current().use("en")


def opened(qtbot: QtBot, make: Callable[[], QDialog]) -> QDialog:
    dialog = make()
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    return dialog


@every_dialog
def test_each_control_has_a_name_and_its_turn(qtbot: QtBot, make: Callable[[], QDialog]) -> None:
    dialog = opened(qtbot, make)

    found = list(controls(dialog))
    assert not [described(control) for control in found if not name_of(control)]
    names = Counter((context_of(control, dialog), name_of(control)) for control in found)
    assert not [name for name, count in names.items() if count > 1]
    assert dialog.focusWidget(), "nothing has the cursor"
    assert not trouble(dialog, walk(next(stops(dialog))))


@every_dialog
@pytest.mark.usefixtures("longer")
def test_nothing_is_cut_by_longer_words(qtbot: QtBot, make: Callable[[], QDialog]) -> None:
    dialog = opened(qtbot, make)

    assert not [*cut(dialog), *overlaps(dialog), *unfilled(dialog)]


@pytest.mark.parametrize("plugin", PLUGINS.values(), ids=PLUGINS)
@pytest.mark.usefixtures("longer")
def test_nothing_of_a_plugin_is_cut_by_longer_words(qtbot: QtBot, plugin: PluginSeen) -> None:
    place = QWidget()
    column = QVBoxLayout(place)
    card = PluginCard(plugin)
    column.addWidget(card)
    column.addStretch(1)
    card.options.button.setChecked(True)
    place.resize(_NARROW, 600)
    qtbot.addWidget(place)
    with qtbot.waitExposed(place):
        place.show()

    assert place.width() == _NARROW
    assert not [*cut(place), *overlaps(place), *unfilled(place)]


@pytest.mark.usefixtures("longer")
def test_the_preview_of_a_preset_holds_longer_words(qtbot: QtBot) -> None:
    dialog = opened(qtbot, DIALOGS["preset-without-questions"])

    assert isinstance(dialog, PresetDialog)
    assert dialog.lines()
    assert not [*cut(dialog), *overlaps(dialog), *unfilled(dialog)]


def test_what_is_wrong_with_a_name_has_its_room(qtbot: QtBot) -> None:
    def refuse(name: str) -> str:
        raise ClientError(f"The name {name!r} can't be had", _LONG)

    dialog = opened(qtbot, lambda: NameDialog("New route set", "Add", "Nights", refuse))
    assert isinstance(dialog, NameDialog)

    dialog.ok.click()

    assert dialog.row.error()
    assert not [*cut(dialog), *overlaps(dialog)]


def test_each_dialog_there_is_is_among_these(qtbot: QtBot) -> None:
    made = {type(opened(qtbot, make)).__name__ for make in DIALOGS.values()}

    assert _dialogs() - made == set()


def _dialogs() -> set[str]:
    trees = (ast.parse(path.read_text("utf-8")) for path in (PACKAGE / "desktop").rglob("*.py"))
    return {
        node.name
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id == "QDialog" for base in node.bases)
    }


def test_what_is_found_takes_no_more_room_than_it_needs(qtbot: QtBot) -> None:
    few = TakeDialog(replace(_OFFER, items=_OFFER.items[2:], needs_hand=(), same=0), None)
    many = TakeDialog(replace(_OFFER, needs_hand=("A setting that nobody knows.",) * 40), None)
    for dialog in (few, many):
        qtbot.addWidget(dialog)
        dialog.show()
    scrolled = [d.findChild(QScrollArea).verticalScrollBar().maximum() > 0 for d in (few, many)]

    assert scrolled == [False, True]
    assert (few.height() < 260, many.height()) == (True, 500)

    before = few.height()
    few.tell("The disk is full. " * 20)
    assert few.height() > before
