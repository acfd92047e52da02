"""Arguments in a field: what is written there is read as the same again, on every system."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.launch.typed_arguments import read_arguments, write_arguments

PLATFORMS = ("linux", "win32")
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\"'\\ #$"))


@given(st.lists(WORDS), st.sampled_from(PLATFORMS))
def test_what_is_written_is_read_again(arguments: list[str], platform: str) -> None:
    assert read_arguments(write_arguments(arguments, platform), platform) == tuple(arguments)


@pytest.mark.parametrize(
    ("argument", "line"),
    [
        ("plan", "plan"),
        ("two words", "'two words'"),
        ("it's here", '"it\'s here"'),
        ('say "no"', "'say \"no\"'"),
    ],
)
def test_quotes_are_as_a_person_sets_them(argument: str, line: str) -> None:
    assert write_arguments([argument], "linux") == line


def test_a_path_of_windows_is_taken_as_it_is_typed() -> None:
    line = r'--add-dir C:\new\table "D:\my files"'

    assert read_arguments(line, "win32") == ("--add-dir", r"C:\new\table", r"D:\my files")


def test_a_mark_that_is_not_closed_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="quotation"):
        read_arguments("it's")
