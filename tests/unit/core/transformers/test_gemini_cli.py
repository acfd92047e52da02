import pytest

from ccr_desktop.core.transformers.gemini_cli import _base, _project_in
from ccr_desktop.errors import CredentialError


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("https://h.test/v1internal/models", "https://h.test/v1internal"),
        ("https://h.test/v1internal:generateContent", "https://h.test/v1internal"),
        (
            "https://generativelanguage.googleapis.com/v1beta/models",
            "https://cloudcode-pa.googleapis.com/v1internal",
        ),
    ],
)
def test_requests_go_to_code_assist_whatever_else_is_said(url: str, base: str) -> None:
    assert _base(url) == base


def test_a_project_may_be_an_object() -> None:
    assert _project_in(b'{"cloudaicompanionProject": {"id": "p"}}') == "p"


@pytest.mark.parametrize("body", [b"", b"[]", b"{}"])
def test_an_account_that_is_not_set_up_is_told(body: bytes) -> None:
    with pytest.raises(CredentialError, match="gemini"):
        _project_in(body)
