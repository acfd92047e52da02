"""Where folders are, whatever they are called."""

import sys
from pathlib import Path

import pytest

from ccr_desktop.core.routing import real_paths
from ccr_desktop.core.routing.real_paths import RealPaths, innermost, is_inside, whole_paths


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" /a ", ["/a"]),
        ("`/a`", ["/a"]),
        ("/a (git repo)", ["/a (git repo)", "/a"]),
        ("`/a` (git repo)", ["/a"]),
        ("a/b", []),
        ("", []),
        ("/a\0b", []),
        ("/a\ud800", []),
        ("/" + "x" * 5000, []),
    ],
)
def test_only_a_whole_path_is_a_folder(text: str, expected: list[str]) -> None:
    assert whole_paths(text)[-1:] == [Path(path) for path in expected][-1:]
    assert {Path(path) for path in expected} <= set(whole_paths(text))


@pytest.mark.parametrize(
    ("folder", "pattern", "holds"),
    [
        ("/a/b", "/a", True),
        ("/ab", "/a", False),
        ("/a/b/c", "/a/*/c", True),
        ("/a/b", "/**", True),
        ("/x/secret", "*/secret", True),
        ("/a[1]", "/a[1]", True),
        ("/real/x", "/link", True),
        ("/real/x", "/link/x*", True),
    ],
)
def test_folders_are_compared_by_all_their_names(folder: str, pattern: str, holds: bool) -> None:
    assert is_inside(Path(folder), pattern, {"/link": "/real"}) is holds


@pytest.mark.parametrize("pattern", ["~/clients", " ~/clients/**"])
def test_a_home_is_the_one_that_is_now(pattern: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for home, other in (("/home/ada", "/home/bob"), ("/home/bob", "/home/ada")):
        monkeypatch.setenv("HOME", home)
        monkeypatch.setenv("USERPROFILE", home)

        assert is_inside(Path(home, "clients", "acme"), pattern)
        assert not is_inside(Path(other, "clients", "acme"), pattern)


async def test_where_a_path_leads_is_looked_up_once_and_again_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link, known = tmp_path / "link", RealPaths()
    link.symlink_to(tmp_path / "a")
    assert await known.of([link]) == {str(link): str(tmp_path / "a")}

    link.unlink()
    link.symlink_to(tmp_path / "b")
    assert await known.of([link]) == {str(link): str(tmp_path / "a")}
    monkeypatch.setattr(real_paths, "_VALID_S", -1)
    assert await known.of([link]) == {str(link): str(tmp_path / "b")}


async def test_a_folder_that_a_pattern_fits_may_be_a_link(tmp_path: Path) -> None:
    clients, data = tmp_path / "clients", tmp_path / "data"
    for folder in (clients / "plain", data / "acme" / "src", data / "other"):
        folder.mkdir(parents=True)
    (clients / "acme").symlink_to(data / "acme")
    pattern = f"{clients}/*"

    real = await RealPaths().of([data / "acme" / "src", data / "other"], [pattern])

    assert real
    assert is_inside(data / "acme" / "src", pattern, real)
    assert is_inside(clients / "plain", pattern, real)
    assert not is_inside(data / "other", pattern, real)
    assert not is_inside(clients, pattern, real)


@pytest.mark.parametrize("pattern", ["/a\0b/*", "/a/\0*", "/\ud800/*", "/gone/*/x", "*", "x/*", ""])
async def test_a_pattern_that_fits_nothing_harms_nothing(pattern: str) -> None:
    assert await RealPaths().of([Path("/a")], [pattern]) is not None


@pytest.mark.parametrize(
    ("patterns", "expected"),
    [
        (["/home/somebody", "~/a"], "~/a"),
        (["/home/somebody/a/", "/home/x/../../home/somebody/"], "/home/somebody/a/"),
        (["/home/somebody", "/l"], "/l"),
        (["~/a", "/home/somebody/a"], "/home/somebody/a"),
        (["/elsewhere", "~/b"], ""),
    ],
)
def test_the_innermost_of_several_is_told_by_where_it_is_not_by_its_spelling(
    patterns: list[str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/home/somebody")
    monkeypatch.setenv("USERPROFILE", "/home/somebody")
    real = {"/l": "/home/somebody/a", "/home/somebody/a/b": "/home/somebody/a/b"}

    assert innermost(Path("/home/somebody/a/b"), patterns, real) == expected


@pytest.mark.parametrize("pattern", ["/Users/Me/CAFE\u0301", "/users/me/*", "/users/me/caf\u00e9/"])
def test_on_a_mac_a_folder_is_known_in_any_case_and_spelling(
    pattern: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real_paths._wanted.cache_clear()
    monkeypatch.setattr(sys, "platform", "darwin")

    assert is_inside(Path("/Users/me/Caf\u00e9/of-a-mac"), pattern)
    assert not is_inside(Path("/Users/me"), pattern)
    real_paths._wanted.cache_clear()
    real_paths._written_places.cache_clear()
