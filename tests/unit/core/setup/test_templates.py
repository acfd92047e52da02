"""Well-known providers."""

import pytest

from ccr_desktop.core.setup.templates import find_template, need_template, templates
from ccr_desktop.errors import ClientError


def test_a_template_fills_in_an_entry_without_a_key() -> None:
    entry = need_template("DeepSeek ").entry("mine")

    assert entry["name"] == "mine"
    assert entry["api_base_url"].startswith("https://api.deepseek.com/")
    assert entry["models"]
    assert set(entry["context_windows"]) <= set(entry["models"])
    assert "api_key" not in entry


def test_an_unknown_one_is_told_with_the_known() -> None:
    assert find_template("nobody") is None
    with pytest.raises(ClientError, match=r"no preset 'nobody': There are: .*openrouter"):
        need_template("nobody")
    with pytest.raises(ClientError, match="Did you mean 'deepseek'"):
        need_template("depseek")


@pytest.mark.parametrize("name", templates())
def test_every_template_says_where_it_is_and_what_key_it_wants(name: str) -> None:
    template = templates()[name]

    assert template.url.startswith(("https://", "http://localhost", "http://127.0.0.1"))
    assert template.title
    assert template.env or not template.needs_key


def test_a_key_that_looks_wrong_is_doubted() -> None:
    template = next(found for found in templates().values() if found.key_starts)

    assert template.doubts("nonsense").startswith("Keys of ")
    assert template.doubts(f"{template.key_starts[0]}0123") == ""
