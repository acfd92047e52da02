"""A text that is being written, and what the file became meanwhile, as one text."""

import pytest

from ccr_desktop.core.setup.joined_texts import joined_texts

BEFORE = '{\n  // home\n  "PORT": 1,\n  "Router": { "default": "a,b" }\n}\n'


def test_both_changes_are_in_the_text_that_is_being_written() -> None:
    mine = BEFORE.replace('"PORT": 1,', '"PORT": 2, // office')
    theirs = BEFORE.replace("}\n}", '},\n  "LOG": false\n}')

    assert joined_texts(BEFORE, mine, theirs) == mine.replace("}\n}", '},\n  "LOG": false\n}')


def test_what_was_taken_out_on_either_side_stays_out() -> None:
    mine = BEFORE.replace('  "PORT": 1,\n', "")
    theirs = BEFORE.replace(' "default": "a,b" ', "")

    found = joined_texts(BEFORE, mine, theirs)

    assert found is not None
    assert "PORT" not in found
    assert "default" not in found


def test_comments_of_the_file_stay_with_what_was_changed_here() -> None:
    mine = BEFORE.replace("1", "2")
    theirs = BEFORE.replace("// home", "// at home")

    assert joined_texts(BEFORE, mine, theirs) == theirs.replace("1", "2")


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        pytest.param(BEFORE.replace("1", "2"), BEFORE.replace("1", "3"), id="the same value"),
        pytest.param(BEFORE.replace("1", "2")[:-3], BEFORE, id="half written"),
        pytest.param("[]", BEFORE, id="no object"),
        pytest.param('{ "x": "\ud800" }', BEFORE, id="half a character"),
        pytest.param("// mine\n" + BEFORE, "// theirs\n" + BEFORE, id="comments of both"),
        pytest.param(BEFORE.replace("1", '1, "PORT": 2'), BEFORE, id="a key that is there twice"),
    ],
)
def test_what_would_lose_something_is_not_done(mine: str, theirs: str) -> None:
    assert joined_texts(BEFORE, mine, theirs) is None
