from ccr_desktop.core.dialects.base import UpstreamCall
from ccr_desktop.core.transformers.signing import authorized


def test_no_other_key_is_left() -> None:
    headers = {"x-goog-api-key": "a", "X-Api-Key": "b", "authorization": "c", "X-Mine": "d"}

    made = authorized(UpstreamCall("https://h.test", headers, b""), "Bearer t")

    assert made.headers == {"X-Mine": "d", "Authorization": "Bearer t"}
