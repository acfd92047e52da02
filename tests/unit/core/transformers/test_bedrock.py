import pytest

from ccr_desktop.core.dialects.anthropic import endpoint
from ccr_desktop.core.dialects.base import UpstreamCall
from ccr_desktop.core.transformers.base import ProviderInfo, TransformContext
from ccr_desktop.core.transformers.bedrock import BedrockClaude

AMAZON = "https://bedrock-runtime.us-east-1.amazonaws.com"
MODEL = "anthropic.claude-opus-4-7"
INVOKE = f"/model/{MODEL}/invoke"


def address(pasted: str, **options: str) -> str:
    """Where a request goes for an address as people paste it."""
    url = endpoint(pasted)
    provider = ProviderInfo(name="b", url=url, dialect="anthropic", api_key="key")
    context = TransformContext(provider=provider, model=MODEL)
    call = UpstreamCall(f"{url}?beta=true", {}, b'{"max_tokens": 9, "messages": []}')
    return BedrockClaude(options).upstream_call(call, context).url


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
def test_whatever_is_pasted_leads_to_the_model(pasted: str) -> None:
    assert address(pasted) == f"{AMAZON}{INVOKE}"


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
def test_the_region_of_the_options_counts_at_amazons_hosts(
    pasted: str, region: str, url: str
) -> None:
    assert address(pasted, region=region) == url


@pytest.mark.parametrize(
    "pasted", [f"{AMAZON}/anthropic", f"{AMAZON}/anthropic/v1", f"{AMAZON}/anthropic/v1/messages"]
)
def test_its_messages_endpoint_is_asked_where_it_is(pasted: str) -> None:
    assert address(pasted) == f"{AMAZON}/anthropic/v1/messages"
