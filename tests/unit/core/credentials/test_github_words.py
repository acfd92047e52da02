"""What GitHub says in place of a code or a token, as people read it."""

import pytest

from ccr_desktop.core.credentials.github_words import github_said
from ccr_desktop.core.dialects.base import UpstreamAnswer

PAGE = "A web page came where an answer of GitHub should be."
ODD = "What GitHub answered, with status 418, can't be understood."


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('{"error_description": "It is off"}', "GitHub says: It is off."),
        ('{"message": "Not\\n  Found"}', "GitHub says: Not Found."),
        ('{"message": "a", "error_details": {"message": "b!"}}', "GitHub says: b!"),
        ('{"error": "Not Found"}', "GitHub says: Not Found."),
        ('{"error": {"message": {"deep": [1]}}}', ODD),
        ('{"error": "<b>no</b>"}', ODD),
        ('{"message": "<html>no</html>"}', ODD),
        ('{"message": "{\\"a\\": 1}"}', ODD),
        ('{"ok": true}', ODD),
        ("[1]", ODD),
        ("", ODD),
        ("error=slow_down&interval=5", ODD),
        ("<!DOCTYPE html><title>Sign in</title>", PAGE),
        ("\ufeff <html>", PAGE),
    ],
)
def test_it_is_told_in_words(body: str, words: str) -> None:
    said = github_said(UpstreamAnswer(418, body.encode()))

    assert said.startswith(words)
    assert not set("<>{}[]") & set(said)


def test_a_long_story_is_cut_and_holds_no_key() -> None:
    said = github_said(
        UpstreamAnswer(400, b'{"message": "gho_0123456789 mine ' + b"x" * 900 + b'"}'), ["mine"]
    )

    assert len(said) < 330
    assert said.endswith("…")
    assert "gho_0123456789" not in said
    assert "mine" not in said
