from ccr_desktop.core.providers.profile import Profile
from ccr_desktop.core.transformers.stream_options import StreamOptions


def test_usage_is_asked_for_in_streams() -> None:
    assert StreamOptions({}).profile(Profile(stream_usage=False)).stream_usage
