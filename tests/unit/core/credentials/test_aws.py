from pathlib import Path

import pytest

from ccr_desktop.core.credentials.aws import AwsKeys, find_keys
from ccr_desktop.errors import CredentialError

FILE = """\
[default]
aws_access_key_id = AKID1
aws_secret_access_key = secret%1

[work]
aws_access_key_id=AKID2
aws_secret_access_key=secret2
aws_session_token=token2

[half]
aws_access_key_id = AKID3
"""


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only credentials that there are."""
    for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN", "PROFILE"):
        monkeypatch.delenv(f"AWS_{name}", raising=False)
    path = tmp_path / "credentials"
    path.write_text(FILE, encoding="utf-8")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(path))
    return path


def test_the_usual_profile_counts_where_none_is_named() -> None:
    assert find_keys() == AwsKeys("AKID1", "secret%1")


def test_a_named_profile_counts_more_than_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "work")
    assert find_keys() == AwsKeys("AKID2", "secret2", "token2")

    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKID0")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret0")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "token0")
    assert find_keys() == AwsKeys("AKID0", "secret0", "token0")
    assert find_keys("default") == AwsKeys("AKID1", "secret%1")


def test_the_file_is_where_amazons_programs_have_it(
    file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("AWS_SHARED_CREDENTIALS_FILE")
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    (tmp_path / ".aws").mkdir()
    file.rename(tmp_path / ".aws" / "credentials")

    assert find_keys().access_key == "AKID1"


@pytest.mark.parametrize(
    ("profile", "content", "words"),
    [
        ("none", FILE, "The profile 'none' in "),
        ("half", FILE, "has no access key"),
        ("default", "no ini", "can't be read"),
        ("default", None, "Give the provider a Bedrock API key"),
    ],
)
def test_what_is_missing_is_told_with_the_remedy(
    file: Path, profile: str, content: str | None, words: str
) -> None:
    if content is None:
        file.unlink()
    else:
        file.write_text(content, encoding="utf-8")

    with pytest.raises(CredentialError) as raised:
        find_keys(profile)

    assert words in raised.value.message
    assert "AWS_BEARER_TOKEN_BEDROCK" in raised.value.message


def test_a_secret_is_never_shown() -> None:
    assert "secret" not in repr(AwsKeys("AKID", "secret", "secret"))
