"""Changes of earlier runs of the app are undone, too."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ccr_desktop import paths
from ccr_desktop.core.config.origins import Origin, Source
from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.core.secrets import MemorySecrets
from ccr_desktop.core.setup.history import states_of
from ccr_desktop.core.setup.unused_keys import UnusedKey, unused_keys
from ccr_desktop.desktop.editing import Editor
from tests.unit.desktop.desks import read_config_file, write_config
from tests.unit.desktop.test_editing import BARE, Used, editor, setting

Edit = Callable[[dict[str, Any]], dict[str, Any]]


async def an_earlier_run(*changes: tuple[str, Edit]) -> Editor:
    """An app that made these changes and ended."""
    before = editor(Used())
    for words, edit in changes:
        await before.change(edit, words)
    return before


async def test_the_last_changes_of_the_run_before_are_taken_back_and_made_again(home: Path) -> None:
    write_config(BARE)
    await an_earlier_run(("one", setting("PORT", 4001)), ("two", setting("PORT", 4002)))
    used = Used()
    changes = editor(used)

    assert [await changes.undo(), await changes.undo(), await changes.undo()] == ["two", "one", ""]
    assert read_config_file() == BARE
    assert [config.port for config in used.configs][:1] == [4001]
    assert [await changes.redo(), await changes.redo()] == ["one", "two"]
    assert read_config_file()["PORT"] == 4002


async def test_a_change_from_here_comes_first(home: Path) -> None:
    write_config(BARE)
    await an_earlier_run(("one", setting("PORT", 4001)))
    changes = editor(Used())
    await changes.change(setting("PORT", 4002), "two")

    assert [await changes.undo(), await changes.undo()] == ["two", "one"]
    assert read_config_file() == BARE


async def test_what_was_undone_then_is_not_undone_again(home: Path) -> None:
    write_config(BARE)
    before = await an_earlier_run(("one", setting("PORT", 4001)), ("two", setting("PORT", 4002)))
    await before.undo()

    assert await editor(Used()).undo() == "one"
    assert read_config_file() == BARE


async def test_a_change_from_elsewhere_is_not_taken_back(home: Path) -> None:
    write_config(BARE)
    await an_earlier_run(("one", setting("PORT", 4001)))
    store = ConfigStore(paths.find_config())
    with store.noting(Origin(Source.COMMAND, "ccr config set")):
        store.save({**BARE, "PORT": 4003})

    assert await editor(Used()).undo() == ""
    assert read_config_file()["PORT"] == 4003


async def test_a_file_that_was_edited_since_is_left(home: Path) -> None:
    write_config(BARE)
    await an_earlier_run(("one", setting("PORT", 4001)))
    write_config({**BARE, "PORT": 4003})

    assert await editor(Used()).undo() == ""
    assert read_config_file()["PORT"] == 4003


async def test_no_reference_comes_back_to_a_key_that_may_be_gone(home: Path) -> None:
    provider = {"name": "p", "api_base_url": "https://h.test/v1", "models": ["m"]}
    write_config({**BARE, "Providers": [{**provider, "api_key": "keyring:p"}]})
    await an_earlier_run(
        ("one", setting("PORT", 4001)),
        ("key", setting("Providers", [])),
        ("two", setting("LOG", True)),
    )
    changes = editor(Used())

    assert [await changes.undo(), await changes.undo()] == ["two", ""]
    assert read_config_file()["Providers"] == []


async def test_a_key_that_an_undone_change_had_added_is_told_as_unused_and_serves_a_redo(
    home: Path,
) -> None:
    write_config(BARE)
    keys = MemorySecrets(ours="sk-a")
    await an_earlier_run(("one", setting("APIKEY", "keyring:ours")))
    changes, store = editor(Used()), ConfigStore(paths.find_config())

    await changes.undo()
    assert unused_keys(read_config_file(), states_of(store), keys) == (UnusedKey("ours", True),)

    await changes.redo()
    assert read_config_file()["APIKEY"] == "keyring:ours"
    assert keys.get("ours") == "sk-a"
    assert unused_keys(read_config_file(), states_of(store), keys) == ()
