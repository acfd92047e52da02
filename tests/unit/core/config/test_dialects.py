import pytest

from ccr_desktop.core.config.dialects import inferred_dialect

GEMINI = "https://generativelanguage.googleapis.com"
VERTEX = "https://aiplatform.googleapis.com/v1/projects/p/locations/global/publishers/google"


@pytest.mark.parametrize(
    ("url", "chain", "expected"),
    [
        pytest.param("https://h.test/v1", (), "openai-chat", id="anything"),
        pytest.param(f"{GEMINI}/v1beta/models/", (), "gemini", id="Gemini's host"),
        pytest.param(f"{GEMINI}/v1beta/openai/", (), "openai-chat", id="its compatible endpoint"),
        pytest.param(
            f"{GEMINI}/v1beta/openai/chat/completions", ("gemini",), "openai-chat", id="in full"
        ),
        pytest.param("https://h.test/v1", ("gemini",), "gemini", id="the transformer"),
        pytest.param("https://h.test/v1beta/models/", (), "gemini", id="a gateway to Gemini"),
        pytest.param("https://h.test/v1beta", (), "gemini", id="the beginning of one"),
        pytest.param("https://h.test/v1beta/openai", (), "openai-chat", id="its compatible one"),
        pytest.param("https://h.test", ("maxtoken", "gemini"), "gemini", id="one of several"),
        pytest.param(f"{VERTEX}/models", (), "gemini", id="Google's models on Vertex AI"),
        pytest.param(
            "https://h.test/x/m:streamGenerateContent", (), "gemini", id="the name of the method"
        ),
    ],
)
def test_the_dialect_follows_from_transformers_and_address(
    url: str, chain: tuple[str, ...], expected: str
) -> None:
    assert inferred_dialect(url, chain) == expected
