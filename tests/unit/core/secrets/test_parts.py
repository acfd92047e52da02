"""Keys that are too long for one entry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.secrets import parts
from ccr_desktop.errors import SecretError


class Entries(dict[str, str]):
    """Entries that fail at the write of the number `fails_at`."""

    fails_at: int | None = None

    def read(self, user: str) -> str | None:
        return self.get(user)

    def write(self, user: str, text: str) -> None:
        if self.fails_at is not None:
            self.fails_at -= 1
            if self.fails_at < 0:
                raise SecretError("It refused", "")
        self[user] = text

    def remove(self, user: str) -> None:
        del self[user]


@pytest.mark.parametrize(("platform", "most"), [("win32", 1280), ("linux", None), ("darwin", None)])
def test_only_windows_limits_an_entry(platform: str, most: int | None) -> None:
    assert parts.most_units(platform) == most


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1), min_size=1, max_size=4))
def test_any_key_comes_back_and_leaves_nothing(keys: list[str]) -> None:
    entries = Entries()

    for key in keys:
        parts.write(entries, "p", key, 4)
        assert parts.read(entries, "p") == key
        pieces = [text for user, text in entries.items() if user.startswith("part:")]
        assert all(len(piece.encode("utf-16-le")) <= 8 for piece in pieces)
    assert parts.remove(entries, "p")
    assert not entries


@pytest.mark.parametrize("fails_at", range(4))
def test_a_write_that_fails_half_way_leaves_the_old_key(fails_at: int) -> None:
    entries = Entries()
    parts.write(entries, "p", "the old key", 4)
    entries.fails_at = fails_at

    with pytest.raises(SecretError):
        parts.write(entries, "p", "a new key, 4", 4)
    assert parts.read(entries, "p") == "the old key"


def test_a_part_that_is_gone_is_told() -> None:
    entries = Entries()
    parts.write(entries, "p", "a long key", 4)
    entries.remove(next(user for user in entries if user.startswith("part:")))

    with pytest.raises(SecretError, match="some of them are gone"):
        parts.read(entries, "p")
    assert parts.remove(entries, "p")
    assert not entries


def test_a_key_that_looks_like_a_note_of_ours_is_a_key() -> None:
    entries = Entries()
    key = f"ccr-parts:1:2:{'0' * 16}"

    parts.write(entries, "p", key, None)

    assert parts.read(entries, "p") == key


def test_parts_are_no_names() -> None:
    entries = Entries()
    parts.write(entries, "p", "a long key", 4)

    assert {parts.name_of(user) for user in entries} == {"p", None}
