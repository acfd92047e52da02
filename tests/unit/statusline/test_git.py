"""The branch, read from git's files."""

from pathlib import Path

import pytest

from ccr_desktop.statusline.git import branch

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def repository(folder: Path, head: str) -> Path:
    git = folder / ".git"
    git.mkdir(parents=True)
    (git / "HEAD").write_text(head, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("ref: refs/heads/main\n", "main"),
        ("ref: refs/heads/feature/ünder\n", "feature/ünder"),
        (f"{COMMIT}\n", "0123456"),
        ("ref: refs/remotes/origin/main\n", "remotes/origin/main"),
        ("", ""),
    ],
    ids=["branch", "slash", "detached", "other reference", "empty"],
)
def test_head_says_it(tmp_path: Path, head: str, expected: str) -> None:
    assert branch(str(repository(tmp_path, head))) == expected


def test_folders_inside_belong_to_the_repository(tmp_path: Path) -> None:
    repository(tmp_path, "ref: refs/heads/main\n")
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)

    assert branch(str(inside)) == "main"
    assert branch(str(inside / "deleted")) == "main"


@pytest.mark.parametrize("is_absolute", [True, False])
def test_worktrees_and_submodules_point_to_their_folder(tmp_path: Path, is_absolute: bool) -> None:
    git = tmp_path / "main" / ".git" / "worktrees" / "side"
    git.mkdir(parents=True)
    (git / "HEAD").write_text("ref: refs/heads/side\n", "utf-8")
    side = tmp_path / "side"
    side.mkdir()
    target = str(git) if is_absolute else "../main/.git/worktrees/side"
    (side / ".git").write_text(f"gitdir: {target}\n", "utf-8")

    assert branch(str(side)) == "side"


@pytest.mark.parametrize("content", ["", "nonsense", "gitdir: /nowhere"])
def test_a_broken_pointer_means_no_branch(tmp_path: Path, content: str) -> None:
    (tmp_path / ".git").write_text(content, "utf-8")

    assert branch(str(tmp_path)) == ""


@pytest.mark.parametrize("folder", ["", "/", "relative", "/a\0b"])
def test_outside_a_repository_there_is_none(folder: str) -> None:
    assert branch(folder) == ""
