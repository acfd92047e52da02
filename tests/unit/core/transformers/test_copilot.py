from ccr_desktop.core.dialects.base import UpstreamAnswer, UpstreamCall
from ccr_desktop.core.transformers.base import ProviderInfo, TransformContext
from ccr_desktop.core.transformers.copilot import Copilot

URL = "https://api.githubcopilot.com/chat/completions"
CALL = UpstreamCall(URL, {"Authorization": "Bearer gho_moved", "X-Api-Key": "gho_moved"}, b"{}")


async def exchange(call: UpstreamCall) -> UpstreamAnswer:
    named = (
        b'{"token": "tid=1", "refresh_in": 9, "endpoints": {"api": "https://a.githubcopilot.com"}}'
    )
    return UpstreamAnswer(200, named)


async def test_requests_go_where_github_says_and_leave_its_own_token_behind() -> None:
    provider = ProviderInfo(name="p", url=URL, dialect="openai-chat", api_key="gho_moved")
    context = TransformContext(provider=provider, model="m", fetch=exchange)

    made = await Copilot({}).upstream_call(CALL, context)

    assert made.url == "https://a.githubcopilot.com/chat/completions"
    assert made.headers == {"Authorization": "Bearer tid=1"}
    assert Copilot({}).refused(context)
    assert not Copilot({}).refused(context)
