"""What providers say of their models' windows is read in each form and outlives the process."""

from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.config.discovered import discovered_window, remember, windows_in

ADDRESS = "http://127.0.0.1:1/v1"
FILE = Path("cache") / "context-windows.json"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("model", "found"),
    [
        pytest.param({"id": "m", "context_length": 8192}, {"m": 8192}, id="OpenRouter"),
        pytest.param({"id": "m", "context_window": 8192}, {"m": 8192}, id="Groq"),
        pytest.param({"id": "m", "max_context_length": 8192}, {"m": 8192}, id="Mistral"),
        pytest.param({"id": "m", "max_model_len": 8192}, {"m": 8192}, id="vLLM"),
        pytest.param({"name": "models/m", "inputTokenLimit": 8192}, {"m": 8192}, id="Gemini"),
        pytest.param({"id": "m", "max_input_tokens": 8192}, {"m": 8192}, id="Anthropic"),
        pytest.param(
            {
                "id": "m",
                "capabilities": {
                    "limits": {"max_context_window_tokens": 144000, "max_prompt_tokens": 128000}
                },
            },
            {"m": 128000},
            id="GitHub Copilot",
        ),
        pytest.param({"id": "m", "capabilities": {"limits": 5}}, {}, id="odd limits"),
        pytest.param(
            {"id": "m", "max_context_length": 99, "loaded_context_length": 8192},
            {"m": 8192},
            id="LM Studio",
        ),
        pytest.param({"id": "m"}, {}, id="nothing"),
        pytest.param({"id": "m", "context_length": "8k"}, {}, id="no number"),
        pytest.param({"id": "m", "context_length": True}, {}, id="a boolean"),
        pytest.param({"id": "m", "context_length": 0}, {}, id="zero"),
        pytest.param("m", {}, id="a name"),
    ],
)
def test_windows_are_read_in_the_words_of_each_provider(model: Any, found: Any) -> None:
    assert windows_in([model]) == found


def test_what_was_learnt_is_known_by_address_and_replaced_as_a_whole(home: Path) -> None:
    remember(ADDRESS, {"a": 1, "b": 2})
    remember("https://other.test", {"a": 3})
    remember(ADDRESS, {"a": 5})
    remember(ADDRESS, {})

    assert (home / FILE).is_file()
    assert discovered_window(ADDRESS, "a") == 5
    assert discovered_window(ADDRESS, "b") is None
    assert discovered_window("https://other.test", "a") == 3


@pytest.mark.parametrize(
    "content",
    ["", "[1]", "{", "[" * 100_000, '{"x": 5, "http://127.0.0.1:1/v1": {"a": "b"}}'],
    ids=range(5),
)
def test_a_damaged_memory_is_none(home: Path, content: str) -> None:
    (home / "cache").mkdir()
    (home / FILE).write_text(content)

    assert discovered_window(ADDRESS, "a") is None


def test_a_cache_that_cannot_be_written_is_no_failure(home: Path) -> None:
    (home / "cache").write_text("a file in its place")

    remember(ADDRESS, {"a": 1})

    assert discovered_window(ADDRESS, "a") is None
