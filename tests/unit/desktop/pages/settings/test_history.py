"""The states of the settings, what changed between them, and back."""

import json
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from ccr_desktop import paths
from ccr_desktop.core.setup.setting_changes import changed_settings
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.settings.history import HistoryView
from ccr_desktop.desktop.pages.settings.history_words import change_words, setting_words
from ccr_desktop.errors import ConfigError
from tests.unit.desktop.attended import RAW
from tests.unit.desktop.fitting import cut, overflow
from tests.unit.desktop.pages.settings.shown import Shown, section
from tests.unit.desktop.views import drawn
from tests.unit.desktop.waiting import eventually


def view(shown: Shown) -> HistoryView:
    found = shown.page.findChild(HistoryView)
    assert isinstance(found, HistoryView)
    return found


def titles(own: HistoryView) -> list[str]:
    return [row.title for row in own.states.rows.rows]


def changes(own: HistoryView) -> list[str]:
    return [label.text().replace("\u200b", "") for label in own.changes.findChildren(QLabel)]


async def test_before_the_first_change_there_is_nothing_to_compare(qloop: Loop) -> None:
    async with section("general") as shown:
        (paths.config_dir() / "config.json").unlink()
        await shown.desk.bridge.reload()
        shown.page.show_detail("history")
        own = view(shown)

        assert own.states.isHidden()
        assert own.comparison.isHidden()
        assert shown.says("None yet")


async def test_each_change_is_listed_with_who_made_it(qloop: Loop) -> None:
    async with section("history") as shown:
        own, bridge = view(shown), shown.desk.bridge
        await bridge.edit(lambda raw: {**raw, "LOG": False}, "Log: off")
        await bridge.editor.undo()
        path = paths.config_dir() / "config.json"
        path.write_text(json.dumps({**RAW, "LOG": False}), encoding="utf-8")
        await bridge.reload()

        await eventually(lambda: len(titles(own)) == 4)

        assert titles(own)[:3] == ["The file was edited", "Undone: Log: off", "Log: off"]
        assert own.states.rows.rows[0].trailing == "In force"


async def test_a_file_that_can_not_be_used_is_not_said_to_be_in_force(qloop: Loop) -> None:
    async with section("history") as shown:
        own, bridge = view(shown), shown.desk.bridge
        await bridge.edit(lambda raw: {**raw, "LOG": False}, "Log: off")
        await eventually(lambda: len(titles(own)) == 2)
        path = paths.config_dir() / "config.json"
        path.write_text('{"PORT": ', encoding="utf-8")

        with pytest.raises(ConfigError):
            await bridge.reload()
        bridge.config_changed.emit(bridge.config)
        await eventually(lambda: len(titles(own)) == 3)

        rows = own.states.rows.rows
        assert [row.trailing for row in rows] == ["Can't be used", "In force", ""]
        assert rows[0].state == "attention"


async def test_choosing_a_version_shows_what_changed_since(qloop: Loop) -> None:
    async with section("history") as shown:
        own, bridge = view(shown), shown.desk.bridge
        await bridge.edit(lambda raw: {**raw, "LOG": False}, "Log: off")
        await bridge.edit(lambda raw: {**raw, "PORT": 4001}, "Port: 4001")
        await eventually(lambda: len(titles(own)) == 3)
        await eventually(lambda: changes(own) == ["Port", "45671 → 4001"])
        assert own.between.text() == "What the last change did."
        assert own.restore.isHidden()

        own.states.setCurrentIndex(own.states.rows.index(2))

        await eventually(lambda: "Write log files" in changes(own) and "Port" in changes(own))
        await eventually(lambda: '+  "LOG": false' in own.text.text())
        assert own.between.text().startswith("What was changed since this version.")
        own.old.setCurrentIndex(1)
        own.old.activated.emit(1)
        await eventually(lambda: changes(own) == ["Port", "45671 → 4001"])
        assert own.states.current_key() == own.states.rows.rows[1].key
        own.new.setCurrentIndex(1)
        own.new.activated.emit(1)
        await eventually(lambda: "Nothing: they are the same." in own.nothing.text())


async def test_long_names_do_not_push_the_page_out_of_the_window(qloop: Loop) -> None:
    long = "a-company/a-model-with-a-name-that-tells-of-its-size" + "x" * 80
    provider = {**RAW["Providers"][0], "name": f"{long} and more", "models": [long, "m"]}
    async with section("history") as shown:
        own = view(shown)
        await shown.desk.bridge.edit(
            lambda raw: {
                **raw,
                "Providers": [provider],
                "Router": {"default": f"{long} and more,m"},
            },
            "All",
        )
        await eventually(lambda: any(long in words for words in changes(own)))
        await drawn()

        assert list(overflow(shown.page)) == []
        assert list(cut(own.changes)) == []


async def test_a_state_can_be_restored_and_that_undone(qloop: Loop) -> None:
    async with section("history") as shown:
        own, bridge = view(shown), shown.desk.bridge
        await bridge.edit(lambda raw: {**raw, "LOG": False}, "Log: off")
        await eventually(lambda: own.undo.isEnabled() and len(titles(own)) == 2)
        assert own.undo.toolTip() == "Log: off"

        own.states.action_requested.emit(own.states.rows.rows[1].key, "restore")
        await eventually(lambda: bridge.config.writes_log)

        wanted = "Restored the settings of "
        await eventually(lambda: bridge.editor.undo_words.startswith(wanted))
        await eventually(lambda: len(titles(own)) == 3)
        own.undo.click()
        await eventually(lambda: not bridge.config.writes_log)
        await eventually(own.redo.isEnabled)
        own.redo.click()
        await eventually(lambda: bridge.config.writes_log)


@pytest.mark.parametrize("by_button", [True, False])
async def test_what_is_restored_is_exactly_the_chosen_row(qloop: Loop, by_button: bool) -> None:
    async with section("history") as shown:
        own, bridge = view(shown), shown.desk.bridge
        for port in (4001, 4002, 4003):
            await bridge.edit(
                lambda raw, port=port: {**raw, "PORT": port},
                f"Port: {port}",  # type: ignore[misc]
            )
        await eventually(lambda: titles(own)[:3] == ["Port: 4003", "Port: 4002", "Port: 4001"])
        row = own.states.rows.rows[1]
        own.states.setCurrentIndex(own.states.rows.index(1))
        await eventually(own.restore.isVisible)
        assert row.subtitle.partition(" · ")[0] in own.restore.text()

        if by_button:
            own.restore.click()
        else:
            own.states.action_requested.emit(row.key, "restore")

        await eventually(lambda: bridge.raw["PORT"] == 4002)
        bridge.undo()
        await eventually(lambda: bridge.raw["PORT"] == 4003)
        await eventually(lambda: titles(own)[0].startswith("Undone: Restored the settings of"))


async def test_without_a_former_state_it_says_when_there_will_be_one(qloop: Loop) -> None:
    async with section("history") as shown:
        await eventually(lambda: len(titles(view(shown))) == 1)
        assert not view(shown).comparison.isVisible()


def test_changes_are_told_in_the_words_of_the_window() -> None:
    old = {
        "Router": {"default": "p,a"},
        "Providers": [{"name": "p", "models": ["a", "b", "c"], "api_key": "sk-one-0123456789"}],
        "StatusLine": {"enabled": True},
        "Desktop": {"theme": "dark"},
    }
    new = {
        "Router": {"default": ["q,b", "p,a"]},
        "Providers": [
            {"name": "q", "models": []},
            {"name": "p", "models": ["a", "b", "d"], "api_key": "sk-two-0123456789"},
        ],
        "StatusLine": {"enabled": False},
        "Desktop": {"theme": "light"},
    }

    found = [(setting_words(c), change_words(c)) for c in changed_settings(old, new)]

    assert found == [
        ("Main work", "p,a → q,b, p,a"),
        ("Provider q", "added"),
        ("p: Models", "+ d, − c"),
        ("p: Key", "another secret, which is not shown"),
        ("Status line (enabled)", "on → off"),
        ("Colours", "dark → light"),
    ]


def test_rules_and_routes_are_told_in_the_words_of_the_window() -> None:
    night = {"name": "night", "when": {"time": "22:00-06:00"}, "route": "p,a"}
    acme = {"name": "acme", "when": {"folder": "~/acme"}, "only": ["p"]}
    old = {
        "Router": {"rules": [night, acme], "agents": {"Explore": "p,a"}},
        "Providers": [{"name": "p", "timeout": {"idle_s": 60}}],
    }
    new = {
        "Router": {
            "rules": [
                {**acme, "when": {"folder": "~/clients"}, "x-team": 1},
                {**night, "route": "p,b"},
                {"name": "new", "block": "No."},
            ],
            "agents": {"Explore": "p,b"},
        },
        "Providers": [{"name": "p", "timeout": {"idle_s": 9}}],
        "Failover": {"when": {"busy": False}},
        "projects": {"~/work": {"never": ["q"]}},
    }

    found = [setting_words(change) for change in changed_settings(old, new)]

    assert found == [
        "acme: Conditions of a rule (folder)",
        "acme: x-team",
        "night: Model of a rule",
        "Rule new",
        "Order of the rules",
        "Helper agents by name (Explore)",
        "p: Time-outs of a provider (idle_s)",
        "Backup behaviour",
        "Projects with routes of their own",
    ]


def test_a_rule_without_a_name_is_told_by_its_number_in_the_list() -> None:
    old = {"Router": {"rules": [{"route": "p,a"}, {"route": "p,b"}]}}
    new = {"Router": {"rules": [{"route": "p,a"}, {"route": "p,c"}]}}

    assert [setting_words(c) for c in changed_settings(old, new)] == ["Own rules (2, route)"]


NIGHT = {"when": {"time": "22:00-06:00"}, "route": "p,a"}
ACME = {"when": {"folder": "~/acme"}, "never": ["p"]}
STOP = {"name": "stop", "block": "No."}
AT_NIGHT = "When it is between 22:00 and 06:00, use a from p."
IN_ACME = "When the folder is ~/acme, never use p."


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (None, [NIGHT], f"+ {AT_NIGHT}"),
        ([NIGHT], [NIGHT, ACME], f"+ {IN_ACME}"),
        ([NIGHT, ACME], [ACME], f"− {AT_NIGHT}"),
        ([NIGHT], [NIGHT, STOP], "+ stop: Always refuse it with “No”."),
        ([NIGHT], [ACME, NIGHT, NIGHT], f"+ {IN_ACME} + {AT_NIGHT}"),
        ([NIGHT, ACME], [{**NIGHT, "x": 1}], f"− {IN_ACME}"),
        ([NIGHT, ACME], [ACME, NIGHT], "in another order"),
        ([NIGHT], None, f"− {AT_NIGHT}"),
    ],
)
def test_rules_without_names_are_told_as_sentences(before: Any, after: Any, words: str) -> None:
    old, new = ({"Router": {"default": "p,a", "rules": rules}} for rules in (before, after))
    for raw in (old, new):
        if raw["Router"]["rules"] is None:
            del raw["Router"]["rules"]

    (change,) = changed_settings(old, new)

    assert setting_words(change) == "Own rules"
    assert change_words(change) == words


def test_options_are_told_with_the_names_of_the_window() -> None:
    def of(level: int, use: list[Any]) -> dict[str, Any]:
        return {
            "transformers": [{"path": "/home/me/team.py", "options": {"level": level}}],
            "Providers": [{"name": "p", "transformer": {"use": use}}],
        }

    old = of(1, ["tooluse", ["maxtoken", {"max_tokens": 1}]])
    new = of(2, [["maxtoken", {"max_tokens": 2}], "tooluse", "deepseek"])

    assert [(setting_words(c), change_words(c)) for c in changed_settings(old, new)] == [
        ("Own compatibility fixes (team.py, level)", "1 → 2"),
        ("p: Compatibility fixes (maxtoken, max_tokens)", "1 → 2"),
        ("p: Compatibility fixes (deepseek)", "added"),
        ("p: Compatibility fixes (order)", "tooluse, maxtoken → maxtoken, tooluse"),
    ]
