"""Changes to the configuration, their undo, and edits by others in between."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop import paths
from ccr_desktop.core.config.schema import Config
from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.core.setup.rule_edits import without_rule
from ccr_desktop.desktop.editing import Editor
from ccr_desktop.errors import ClientError, ConfigConflict, ConfigError
from tests.unit.desktop.desks import read_config_file, write_config

BARE: dict[str, Any] = {"LOG_LEVEL": "info"}


class Used:
    """Whoever puts configurations in force, and a person who is asked about comments."""

    def __init__(self, *, lets_comments_go: bool = True) -> None:
        self.configs: list[Config] = []
        self.asked = 0
        self._lets_comments_go = lets_comments_go

    async def use(self, config: Config) -> None:
        self.configs.append(config)

    async def may_lose_comments(self) -> bool:
        self.asked += 1
        return self._lets_comments_go


def editor(used: Used) -> Editor:
    store = ConfigStore(paths.find_config())
    return Editor(store, used.use, used.may_lose_comments)


def setting(name: str, value: object) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda raw: {**raw, name: value}


async def test_a_change_is_saved_and_used(home: Path) -> None:
    write_config(BARE)
    used = Used()
    changes = editor(used)

    assert await changes.change(setting("PORT", 4001), "Port: 4001")

    assert read_config_file() == {**BARE, "PORT": 4001}
    assert [config.port for config in used.configs] == [4001]
    assert changes.undo_words == "Port: 4001"


async def test_a_change_of_nothing_is_none(home: Path) -> None:
    write_config(BARE)
    used = Used()
    changes = editor(used)

    assert not await changes.change(lambda raw: raw, "Nothing")

    assert (used.configs, changes.undo_words) == ([], "")


async def test_changes_are_taken_back_and_made_again_in_order(home: Path) -> None:
    write_config(BARE)
    changes = editor(Used())
    await changes.change(setting("PORT", 4001), "one")
    await changes.change(setting("PORT", 4002), "two")

    assert [await changes.undo(), await changes.undo(), await changes.undo()] == ["two", "one", ""]
    assert read_config_file() == BARE
    assert [await changes.redo(), await changes.redo(), await changes.redo()] == ["one", "two", ""]
    assert read_config_file()["PORT"] == 4002


async def test_a_new_change_ends_what_could_be_made_again(home: Path) -> None:
    write_config(BARE)
    changes = editor(Used())
    await changes.change(setting("PORT", 4001), "one")
    await changes.undo()

    await changes.change(setting("PORT", 4002), "two")

    assert changes.redo_words == ""


async def test_what_somebody_else_wrote_meanwhile_is_kept(home: Path) -> None:
    write_config(BARE)
    changes = editor(Used())
    write_config({**BARE, "own": "theirs"})

    await changes.change(setting("PORT", 4001), "Port: 4001")

    assert read_config_file() == {**BARE, "own": "theirs", "PORT": 4001}


def said(words: str) -> Callable[[], Awaitable[str]]:
    async def say() -> str:
        return words

    return say


async def test_an_undo_never_takes_back_what_somebody_else_wrote(home: Path) -> None:
    write_config(BARE)
    changes = editor(Used())
    await changes.change(setting("PORT", 4001), "Port: 4001")
    theirs = {**read_config_file(), "own": "theirs"}
    write_config(theirs)

    with pytest.raises(ConfigConflict, match="changed elsewhere"):
        await changes.undo()

    assert read_config_file() == theirs
    assert changes.undo_words == "Port: 4001"


async def test_what_somebody_else_wrote_is_a_step_of_its_own(home: Path) -> None:
    path = write_config(BARE)
    changes = editor(Used())
    changes.others_words = said("Changed elsewhere")
    await changes.change(setting("PORT", 4001), "Port: 4001")
    ours = path.read_bytes()
    path.write_bytes(b"{ PORT: 4002 } // theirs")

    assert await changes.undo() == "Changed elsewhere"
    assert path.read_bytes() == ours
    assert changes._store.present_origin().step == "undo"
    assert await changes.undo() == "Port: 4001"
    assert read_config_file() == BARE
    assert await changes.redo() == "Port: 4001"
    assert await changes.redo() == "Changed elsewhere"
    assert path.read_bytes() == b"{ PORT: 4002 } // theirs"


async def test_what_came_after_somebody_elses_change_can_be_made_again_behind_it(
    home: Path,
) -> None:
    path = write_config(BARE)
    changes = editor(Used())
    changes.others_words = said("Changed elsewhere")
    await changes.change(setting("PORT", 4001), "Port: 4001")
    path.write_bytes(b"{ PORT: 4002 } // theirs")
    await changes.change(setting("PORT", 4003), "Port: 4003")
    last = path.read_bytes()

    undone = [await changes.undo() for _ in range(3)]
    assert undone == ["Port: 4003", "Changed elsewhere", "Port: 4001"]
    redone = [await changes.redo() for _ in range(3)]

    assert redone == undone[::-1]
    assert path.read_bytes() == last
    assert changes.redo_words == ""


async def test_what_somebody_else_wrote_stays_unless_it_may_go(home: Path) -> None:
    path = write_config(BARE)
    changes = editor(Used())
    changes.others_words = said("")
    await changes.change(setting("PORT", 4001), "Port: 4001")
    path.write_bytes(b"{ PORT: 4002 }")

    assert await changes.undo() == ""
    assert path.read_bytes() == b"{ PORT: 4002 }"
    assert (changes.undo_words, changes.redo_words) == ("Port: 4001", "")


async def allowed() -> bool:
    return True


async def refused() -> bool:
    return False


async def test_a_redo_over_what_somebody_else_wrote_can_be_taken_back(home: Path) -> None:
    path = write_config(BARE)
    changes = editor(Used())
    changes.may_replace_others = allowed
    await changes.change(setting("PORT", 4001), "Port: 4001")
    await changes.undo()
    path.write_bytes(b"{ PORT: 4002 } // theirs")

    assert await changes.redo() == "Port: 4001"
    assert read_config_file() == {**BARE, "PORT": 4001}
    assert changes.redo_words == ""
    assert await changes.undo() == "Port: 4001"
    assert path.read_bytes() == b"{ PORT: 4002 } // theirs"
    assert await changes.redo() == "Port: 4001"


async def test_a_redo_never_replaces_what_somebody_else_wrote_unasked(home: Path) -> None:
    path = write_config(BARE)
    changes = editor(Used())
    await changes.change(setting("PORT", 4001), "Port: 4001")
    await changes.undo()
    path.write_bytes(b"{ PORT: 4002 } // theirs")

    with pytest.raises(ConfigConflict, match="changed elsewhere"):
        await changes.redo()
    changes.may_replace_others = refused
    assert await changes.redo() == ""

    assert path.read_bytes() == b"{ PORT: 4002 } // theirs"
    assert (changes.undo_words, changes.redo_words) == ("", "Port: 4001")


async def test_an_error_in_the_file_is_taken_back_as_a_change_from_elsewhere(home: Path) -> None:
    path = write_config(BARE)
    changes = editor(Used())
    changes.others_words = said("Changed elsewhere")
    await changes.change(setting("PORT", 4001), "Port: 4001")
    ours = path.read_bytes()
    path.write_bytes(b'{ "PORT": ')

    assert await changes.undo() == "Changed elsewhere"

    assert path.read_bytes() == ours


async def test_a_state_that_can_not_be_used_is_not_in_the_way_of_those_before_it(
    home: Path,
) -> None:
    path = write_config(BARE)
    changes = editor(Used())
    changes.others_words = said("Changed elsewhere")
    await changes.change(setting("PORT", 4001), "Port: 4001")
    ours = path.read_bytes()
    version = next(iter(changes._store.versions())).name
    path.write_bytes(b'{ "PORT": ')
    with pytest.raises(ConfigError):
        changes._store.reload()
    await changes.restore(version, "Restored")

    with pytest.raises(ClientError, match="can't be used"):
        await changes.undo()

    assert await changes.undo() == "Changed elsewhere"
    assert path.read_bytes() == ours


async def test_what_can_not_be_used_changes_nothing(home: Path) -> None:
    write_config(BARE)
    used = Used()
    changes = editor(used)

    with pytest.raises(ConfigError):
        await changes.change(setting("PORT", "nonsense"), "Port")

    assert read_config_file() == BARE
    assert (used.configs, changes.undo_words) == ([], "")


@pytest.mark.parametrize("lets_go", [True, False])
async def test_comments_are_lost_only_with_consent(home: Path, lets_go: bool) -> None:
    path = write_config('{\n  // mine\n  "LOG": true, "LOG": true\n}\n')
    used = Used(lets_comments_go=lets_go)
    changes = editor(used)

    assert await changes.change(setting("PORT", 4001), "Port: 4001") is lets_go
    await changes.change(setting("PORT", 4002), "Port: 4002")

    assert ("// mine" in path.read_text()) is not lets_go
    assert used.asked == (1 if lets_go else 2)


async def test_a_change_leaves_comments_where_they_are(home: Path) -> None:
    path = write_config("// mine\n{ 'PORT': 4000, /* here */ }\n")
    used = Used(lets_comments_go=False)
    changes = editor(used)

    assert await changes.change(setting("PORT", 4001), "Port: 4001")

    assert path.read_text(encoding="utf-8") == "// mine\n{ 'PORT': 4001, /* here */ }\n"
    assert used.asked == 0


async def test_taking_a_change_back_brings_the_comments_back(home: Path) -> None:
    text = "// mine\n{ 'LOG': true, 'LOG': true, 'PORT': 4000, }\n"
    path = write_config(text)
    changes = editor(Used())

    await changes.change(setting("PORT", 4001), "Port: 4001")
    assert "mine" not in path.read_text(encoding="utf-8")
    await changes.undo()

    assert path.read_text(encoding="utf-8") == text


async def test_a_rule_takes_its_comment_along_and_undo_brings_both_back(home: Path) -> None:
    own = "    // cheap at night\n    {'name': 'night', 'route': 'a,m'}, // ask Ada\n"
    text = f"""{{ 'Providers': [
{{ 'name': 'a', 'api_base_url': 'http://127.0.0.1:1', 'models': ['m', 'n'] }}
],
'Router': {{ 'rules': [
    // all of them

{own}    // long texts
    {{'name': 'long', 'route': 'a,n'}},
] }} }}
"""
    path = write_config(text)
    changes = editor(Used())
    night = {"name": "night", "route": "a,m"}

    await changes.change(lambda raw: without_rule(raw, 0, night), "Removed night")
    assert path.read_text(encoding="utf-8") == text.replace(own, "")
    await changes.undo()

    assert path.read_text(encoding="utf-8") == text


async def test_a_text_is_saved_as_it_is_and_that_can_be_undone(home: Path) -> None:
    path = write_config(BARE)
    before = path.read_bytes()
    used = Used()
    changes = editor(used)
    store = changes._store

    await changes.change_text(b"{ PORT: 4001 } // mine", store.present.revision, "Edited the text")

    assert path.read_bytes() == b"{ PORT: 4001 } // mine"
    assert [config.port for config in used.configs] == [4001]
    assert await changes.undo() == "Edited the text"
    assert path.read_bytes() == before
    await changes.redo()
    assert path.read_bytes() == b"{ PORT: 4001 } // mine"


async def test_a_text_is_refused_where_the_file_is_another_one(home: Path) -> None:
    path = write_config(BARE)
    changes = editor(Used())
    revision = changes._store.present.revision
    await changes.change(setting("PORT", 4001), "Port: 4001")

    with pytest.raises(ConfigConflict):
        await changes.change_text(b"{}", revision, "Edited the text")

    assert b"4001" in path.read_bytes()
    assert changes.undo_words == "Port: 4001"


async def test_changes_are_kept_with_their_words(home: Path) -> None:
    write_config(BARE)
    changes = editor(Used())
    await changes.change(setting("PORT", 4001), "Port: 4001")
    made = changes._store.present_origin()
    await changes.undo()
    undone = changes._store.present_origin()

    assert (made.source, made.words, made.step) == ("window", "Port: 4001", "change")
    assert (undone.source, undone.words, undone.step) == ("window", "Port: 4001", "undo")


async def test_the_end_waits_for_changes_that_wait_for_their_turn(home: Path) -> None:
    write_config(BARE)
    changes = editor(Used())
    wanted = {f"X-{number}": number for number in range(5)}
    waiting = [
        asyncio.ensure_future(changes.change(setting(name, value), name))
        for name, value in wanted.items()
    ]

    await changes.settle(60)

    assert read_config_file() == {**BARE, **wanted}
    await asyncio.gather(*waiting)


async def test_the_end_does_not_wait_for_a_person(home: Path) -> None:
    write_config(BARE)
    file = paths.find_config()
    assert file
    file.write_text('{"PORT": 4001, "PORT": 4002}', "utf-8")
    asked, answered = asyncio.Event(), asyncio.Event()

    async def may_lose_comments() -> bool:
        asked.set()
        return await answered.wait()

    changes = Editor(ConfigStore(file), Used().use, may_lose_comments)
    waiting = asyncio.ensure_future(changes.change(setting("PORT", 4003), "three"))
    await asked.wait()

    await changes.settle(0.01)

    answered.set()
    assert await waiting
