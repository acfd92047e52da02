import pytest

from ccr_desktop.core.protocol.sentences import ended


@pytest.mark.parametrize(
    ("text", "whole"),
    [("Gone", "Gone."), ("Gone.", "Gone."), ("Gone?", "Gone?"), ("Go…", "Go…"), ("", "")],
)
def test_a_sentence_ends_once(text: str, whole: str) -> None:
    assert ended(text) == whole
