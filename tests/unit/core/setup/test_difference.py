"""What a change would do, as lines."""

from ccr_desktop.core.setup.difference import difference


def test_changes_are_shown_with_their_surroundings() -> None:
    old = {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6}

    lines = difference(old, {**old, "f": 7})

    assert [line for line in lines if line.startswith(("+", "-"))] == ['-  "f": 6', '+  "f": 7']
    assert not [line for line in lines if '"a"' in line]


def test_no_key_is_shown_but_that_it_changed() -> None:
    old = {"Providers": [{"name": "p", "api_key": "sk-old-0123456789"}]}
    new = {"Providers": [{"name": "p", "api_key": "sk-new-0123456789"}]}

    text = "\n".join(difference(old, new))

    assert "*** (changed)" in text
    assert "sk-" not in text


def test_references_are_shown() -> None:
    text = "\n".join(difference({}, {"Providers": [{"name": "p", "api_key": "$KEY"}]}))

    assert '"$KEY"' in text


def test_nothing_changed_is_no_line() -> None:
    assert difference({"a": 1}, {"a": 1}) == []


def test_changes_that_are_far_apart_are_told_apart() -> None:
    old = dict.fromkeys("abcdefghij", 1)

    lines = difference(old, {**old, "a": 2, "j": 2})

    assert lines.count(" …") == 1
    assert lines[lines.index(" …") - 1 :][:3] == ['   "c": 1,', " …", '   "h": 1,']
    assert lines[0] == " {"
