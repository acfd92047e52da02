import pytest

from ccr_desktop.core.credentials.copilot import Grant, copilot_grant, github_of, token_url
from ccr_desktop.core.dialects.base import UpstreamAnswer, UpstreamCall

USUAL = "https://api.githubcopilot.com"
COMPANY = "https://copilot-api.acme.ghe.com"


@pytest.mark.parametrize(
    ("url", "github"),
    [
        (f"{USUAL}/chat/completions", "github.com"),
        ("https://gateway.test/copilot", "github.com"),
        (f"{COMPANY}/chat/completions", "acme.ghe.com"),
    ],
)
def test_whose_copilot_it_is_shows_in_the_address(url: str, github: str) -> None:
    assert github_of(url) == github
    assert token_url(github) == f"https://api.{github}/copilot_internal/v2/token"


@pytest.mark.parametrize(
    ("url", "github", "api", "expected"),
    [
        (USUAL, "github.com", "https://api.business.githubcopilot.com", "same"),
        ("https://api.individual.githubcopilot.com", "github.com", USUAL, "same"),
        (COMPANY, "acme.ghe.com", COMPANY, "same"),
        (COMPANY, "acme.ghe.com", USUAL, "same"),
        (USUAL, "github.com", "", ""),
        (USUAL, "github.com", "http://api.githubcopilot.com", ""),
        (USUAL, "github.com", "https://githubcopilot.com.evil.test", ""),
        (USUAL, "github.com", "https://evilgithubcopilot.com", ""),
        (USUAL, "github.com", "https://api.githubcopilot.com@evil.test", ""),
        (USUAL, "github.com", "https://evil.test/githubcopilot.com", ""),
        (USUAL, "github.com", "https://api.githubcopilot.com:444", ""),
        (USUAL, "github.com", "https://api.githubcopilot.com/path", ""),
        (USUAL, "github.com", "https://api.githubcopilot.com\n", ""),
        (USUAL, "github.com", COMPANY, ""),
        ("https://gateway.test", "github.com", USUAL, ""),
        ("https://api.githubcopilot.com.evil.test", "github.com", USUAL, ""),
    ],
)
def test_only_copilots_own_addresses_take_the_place_of_one(
    url: str, github: str, api: str, expected: str
) -> None:
    grant = Grant("t", 0.0, github, api)

    placed = grant.placed(f"{url}/chat/completions?a=b")

    assert placed == f"{api if expected else url}/chat/completions?a=b"


async def test_a_grant_for_an_account_is_for_that_github_alone() -> None:
    asked: list[UpstreamCall] = []

    async def fetch(call: UpstreamCall) -> UpstreamAnswer:
        asked.append(call)
        told = b'{"token": "tid=1", "refresh_in": 1500, "endpoints": {"api": "https://h.test/"}}'
        return UpstreamAnswer(200, told)

    for url in (USUAL, COMPANY, USUAL):
        assert await copilot_grant("gho_two_places", url, fetch)

    assert [call.url for call in asked] == [token_url("github.com"), token_url("acme.ghe.com")]
    assert asked[0].headers["Authorization"] == "token gho_two_places"


def test_a_grant_does_not_show_its_token() -> None:
    assert "secret" not in repr(Grant("secret", 0.0, "github.com", ""))
