"""Variables taken out of a settings file of Claude Code, and put back."""

from pathlib import Path

import pytest

from ccr_desktop.errors import CcrError, ConfigConflict
from ccr_desktop.launch import taking_out
from ccr_desktop.launch.environment import Override

SECRET = "sk-planted-0123456789abcdef"
CONTENT = (
    '{\n  "env": {\n    "ANTHROPIC_BASE_URL": "https://elsewhere.test",\n'
    f'    "ANTHROPIC_AUTH_TOKEN": "{SECRET}",\n    "MINE": "1"\n  }},\n  "other": [1,2]\n}}\n'
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "settings.json"
    path.write_text(CONTENT, encoding="utf-8")
    path.chmod(0o640)
    return path


def planned(file: Path, *names: str) -> taking_out.Removal:
    return taking_out.plan(Override(file, names or ("ANTHROPIC_BASE_URL",)))


def test_the_plan_shows_what_goes_and_changes_nothing(file: Path) -> None:
    plan = planned(file, "ANTHROPIC_BASE_URL", "ANTHROPIC_AUTH_TOKEN")

    removed = [line for line in plan.diff.splitlines() if line.startswith("-    ")]
    assert len(removed) == 2
    assert SECRET not in plan.diff
    assert file.read_text("utf-8") == CONTENT
    assert [*file.parent.iterdir()] == [file]


def test_only_that_goes_and_a_dated_copy_stays(file: Path) -> None:
    copy = taking_out.apply(planned(file))

    line = '    "ANTHROPIC_BASE_URL": "https://elsewhere.test",\n'
    assert file.read_text("utf-8") == CONTENT.replace(line, "")
    assert copy.read_text("utf-8") == CONTENT
    assert copy.name.startswith("settings.json.before-ccr-")
    assert file.stat().st_mode & 0o777 == 0o640


def test_the_program_for_keys_goes_alone_and_comes_back(file: Path) -> None:
    content = CONTENT.replace('"other"', f'"apiKeyHelper": "echo {SECRET}",\n  "other"')
    file.write_text(content, encoding="utf-8")
    plan = taking_out.plan_of_helper(file)

    copy = taking_out.apply(plan)

    assert file.read_text("utf-8") == CONTENT
    assert SECRET not in plan.diff
    assert plan.names == ("apiKeyHelper",)
    taking_out.undo(plan, copy)
    assert file.read_text("utf-8") == content


def test_going_back_has_every_byte_and_no_copy(file: Path) -> None:
    plan = planned(file)

    taking_out.undo(plan, taking_out.apply(plan))

    assert file.read_text("utf-8") == CONTENT
    assert [*file.parent.iterdir()] == [file]


def test_a_file_that_changed_since_it_was_shown_is_left(file: Path) -> None:
    plan = planned(file)
    file.write_text("{}", encoding="utf-8")

    with pytest.raises(ConfigConflict, match="changed meanwhile"):
        taking_out.apply(plan)

    assert file.read_text("utf-8") == "{}"
    assert [*file.parent.iterdir()] == [file]


def test_what_was_changed_since_is_not_undone_and_the_copy_stays(file: Path) -> None:
    plan = planned(file)
    copy = taking_out.apply(plan)
    file.write_text("{}", encoding="utf-8")

    with pytest.raises(ConfigConflict, match=copy.name):
        taking_out.undo(plan, copy)

    assert file.read_text("utf-8") == "{}"
    assert copy.read_text("utf-8") == CONTENT


def test_a_damaged_file_is_left(file: Path) -> None:
    file.write_text("{", encoding="utf-8")

    with pytest.raises(CcrError, match="was left as it is"):
        planned(file)
