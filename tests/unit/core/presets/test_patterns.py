"""Patterns of presets: they are looked for as usual, and never hold the program."""

import pytest

from ccr_desktop.core.presets.answers import read_answer
from ccr_desktop.core.presets.manifest import Input, read_manifest
from ccr_desktop.core.presets.patterns import check_pattern, fits
from ccr_desktop.errors import ClientError, ConfigError


@pytest.mark.parametrize(
    ("pattern", "text", "is_found"),
    [
        (r"^sk-[A-Za-z0-9_\-]{20,200}$", "sk-" + "a" * 30, True),
        (r"^sk-[A-Za-z0-9_\-]{20,200}$", "sk-a", False),
        (r"(?i)^https?://[^\s/$.?#].[^\s]*$", "HTTPS://h.test", True),
        (r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", "0" * 8, False),
        (r"[)(]{1}\)", "()", True),
    ],
)
def test_a_pattern_is_looked_for(pattern: str, text: str, is_found: bool) -> None:
    assert fits(pattern, text) is is_found


def test_a_search_without_end_is_given_up() -> None:
    pattern = "^(a|aa)+$"
    entry = Input(id="key", kind="input", pattern=pattern)

    with pytest.raises(TimeoutError):
        fits(pattern, "a" * 80 + "b")
    with pytest.raises(ClientError, match=r"can.t be used") as caught:
        read_answer(entry, (), "a" * 80 + "b")
    assert "takes too long" in caught.value.message


@pytest.mark.parametrize(
    "pattern",
    [
        "((a{1000}){1000}){1000}",
        "(?:(?:a{30}b){30}){1,30}",
        "a{99999999999}",
        "[)]{1000}{1000}",
        "(a",
    ],
)
def test_a_pattern_that_fills_the_memory_or_is_none_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        check_pattern(pattern)
    manifest = {"name": "x", "schema": [{"id": "a", "type": "input", "validator": pattern}]}
    with pytest.raises(ConfigError) as caught:
        read_manifest(manifest, "x")
    assert [issue.where for issue in caught.value.issues] == ["schema[0].validator"]
