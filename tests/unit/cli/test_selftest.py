"""`ccr --selftest`: an installation that is whole, and what is said of one that is not."""

import shutil
import sys
from pathlib import Path

import pytest

from ccr_desktop import paths
from ccr_desktop.selftest import check, parts
from tests.support.process import clean_environment, run_bounded
from tests.unit.cli.conftest import Run

RESOURCES = Path(__file__).parents[3] / "resources"


def test_it_has_a_line_for_each_check(run: Run) -> None:
    said = run("--selftest")

    lines = said.out.splitlines()
    assert said.code == 0, said.out
    assert all(line.startswith("ok ") for line in lines)
    assert len(lines) >= len(parts.PARTS) + 1


def test_it_tells_programs_the_same(run: Run) -> None:
    said = run("--selftest", "--json")

    assert said.json["ok"] is True
    assert said.json["bundle"] is False
    named = {entry["name"]: entry["detail"] for entry in said.json["checks"]}
    assert named["vocabulary"] == "cl100k_base, o200k_base"
    assert "SecretService" in named["keyring back ends"]


def test_a_process_of_its_own_passes_with_nothing_in_its_environment(tmp_path: Path) -> None:
    done = run_bounded(
        [sys.executable, "-P", "-m", "ccr_desktop", "--selftest"],
        cwd=tmp_path,
        env=clean_environment(tmp_path, {}),
        timeout_s=90,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "vocabulary" in done.stdout
    assert not list(tmp_path.iterdir())  # nothing was written, no store was opened


def test_it_fails_when_a_part_does(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> str:
        raise check.PartMissing("nobody listed it")

    monkeypatch.setitem(parts.PARTS, "vocabulary", gone)

    said = run("--selftest")

    assert said.code == 1
    assert "FAIL  vocabulary: nobody listed it" in said.out


def test_it_takes_no_other_words(run: Run) -> None:
    assert run("--selftest", "--fast").code == 2


@pytest.fixture
def other_resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of `resources/` that a test may spoil."""
    copy = tmp_path / "resources"
    shutil.copytree(RESOURCES, copy)
    monkeypatch.setattr(paths, "resource", lambda name: copy / name)
    return copy


@pytest.mark.parametrize("name", ["openapi.json", "vocabulary/README.md"])
def test_a_missing_file_is_told(other_resources: Path, name: str) -> None:
    (other_resources / name).unlink()

    outcomes = [check.examined(name, part) for name, part in parts.PARTS.items()]

    bad = [outcome for outcome in outcomes if not outcome.is_good]
    assert len(bad) == 1
    assert Path(name).name in bad[0].detail


def test_a_changed_vocabulary_is_told(other_resources: Path) -> None:
    with (other_resources / "vocabulary" / "o200k_base.tiktoken").open("a") as file:
        file.write("\n")

    with pytest.raises(check.PartMissing, match="o200k_base"):
        parts.vocabulary()


def test_a_back_end_that_lost_its_metadata_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "entry_points", lambda **_: ())

    with pytest.raises(check.PartMissing, match="none"):
        parts.keyring_back_ends()


def test_a_library_that_does_not_load_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "orjson", None)

    with pytest.raises(check.PartMissing, match="orjson"):
        parts.imports()
