import pytest

from ccr_desktop.core.dialects.anthropic import endpoint
from ccr_desktop.core.dialects.base import UpstreamAnswer, UpstreamCall
from ccr_desktop.core.transformers.base import ProviderInfo, TransformContext
from ccr_desktop.core.transformers.bedrock import BedrockClaude

AMAZON = "https://bedrock-runtime.us-east-1.amazonaws.com"
MODEL = "anthropic.claude-opus-4-7"
INVOKE = f"/model/{MODEL}/invoke"


async def made(pasted: str, key: str = "key", **options: str) -> UpstreamCall:
    """What is sent for an address as people paste it."""
    url = endpoint(pasted)
    provider = ProviderInfo(name="b", url=url, dialect="anthropic", api_key=key)
    context = TransformContext(provider=provider, model=MODEL, fetch=never)
    call = UpstreamCall(f"{url}?beta=true", {}, b'{"max_tokens": 9, "messages": []}')
    return await BedrockClaude(options).upstream_call(call, context)


async def never(_call: UpstreamCall) -> UpstreamAnswer:
    raise AssertionError("nothing is fetched")


@pytest.mark.parametrize(
    "pasted",
    [
        AMAZON,
        f"{AMAZON}/",
        f"{AMAZON}/v1",
        f"{AMAZON}/v1/messages",
        f"{AMAZON}/openai/v1/chat/completions",
        f"{AMAZON}{INVOKE}",
        f"{AMAZON}/model/other/invoke-with-response-stream",
    ],
)
async def test_whatever_is_pasted_leads_to_the_model(pasted: str) -> None:
    assert (await made(pasted)).url == f"{AMAZON}{INVOKE}"


@pytest.mark.parametrize(
    ("pasted", "region", "url"),
    [
        (AMAZON, "eu-west-1", f"https://bedrock-runtime.eu-west-1.amazonaws.com{INVOKE}"),
        (
            "https://bedrock-runtime-fips.us-gov-west-1.amazonaws.com",
            "us-gov-east-1",
            f"https://bedrock-runtime-fips.us-gov-east-1.amazonaws.com{INVOKE}",
        ),
        (
            "https://bedrock-mantle.us-east-1.api.aws/anthropic",
            "eu-west-1",
            "https://bedrock-mantle.eu-west-1.api.aws/anthropic/v1/messages",
        ),
        ("https://gateway.test/aws", "eu-west-1", f"https://gateway.test/aws{INVOKE}"),
    ],
)
async def test_the_region_of_the_options_counts_at_amazons_hosts(
    pasted: str, region: str, url: str
) -> None:
    assert (await made(pasted, region=region)).url == url


@pytest.mark.parametrize(
    "pasted", [f"{AMAZON}/anthropic", f"{AMAZON}/anthropic/v1", f"{AMAZON}/anthropic/v1/messages"]
)
async def test_its_messages_endpoint_is_asked_where_it_is(pasted: str) -> None:
    assert (await made(pasted)).url == f"{AMAZON}/anthropic/v1/messages"


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """One with access keys, and nothing else of Amazon's."""
    for name in ("AWS_BEARER_TOKEN_BEDROCK", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-example")
    return monkeypatch


@pytest.mark.parametrize(
    ("pasted", "options", "place"),
    [
        ("https://bedrock-runtime.eu-west-1.amazonaws.com", {}, "eu-west-1/bedrock"),
        ("https://bedrock-mantle.eu-west-1.api.aws/anthropic", {}, "eu-west-1/bedrock-mantle"),
        (AMAZON, {"region": "ap-south-1"}, "ap-south-1/bedrock"),
        ("https://gateway.test", {"region": "ap-south-1"}, "ap-south-1/bedrock"),
        ("https://gateway.test", {}, "us-east-1/bedrock"),
    ],
)
@pytest.mark.usefixtures("environment")
async def test_without_a_key_requests_are_signed_for_their_region(
    pasted: str, options: dict[str, str], place: str
) -> None:
    call = await made(pasted, "", **options)

    assert call.headers["Authorization"].startswith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
    assert (
        f"/{place}/aws4_request, SignedHeaders=host;x-amz-date, " in call.headers["Authorization"]
    )


async def test_a_key_of_the_environment_is_for_amazon_alone(
    environment: pytest.MonkeyPatch,
) -> None:
    environment.setenv("AWS_BEARER_TOKEN_BEDROCK", "of-the-environment")

    at_amazon, at_gateway = await made(AMAZON, ""), await made("https://gateway.test", "")

    assert at_amazon.headers["Authorization"] == "Bearer of-the-environment"
    assert at_gateway.headers["Authorization"].startswith("AWS4-HMAC-SHA256")
    assert (await made(AMAZON, "own")).headers["Authorization"] == "Bearer own"
