from ccr_desktop.core.providers.profile import Profile
from ccr_desktop.core.transformers.sampling import Sampling
from tests.unit.core.transformers.bodies import CONTEXT, body


def test_what_is_set_wins_over_the_request_and_the_rest_stays() -> None:
    made = Sampling({"temperature": 0.2, "top_k": 5}).request(
        body(temperature=1, top_p=0.5), CONTEXT
    )

    assert (made["temperature"], made["top_p"], made["top_k"]) == (0.2, 0.5, 5)


def test_the_length_is_only_lowered() -> None:
    sampling = Sampling({"max_tokens": 50})

    assert sampling.request(body(max_tokens=100), CONTEXT)["max_tokens"] == 50
    assert sampling.request(body(max_tokens=10), CONTEXT)["max_tokens"] == 10


def test_what_anthropic_does_not_know_goes_into_the_providers_request() -> None:
    made = Sampling({"repetition_penalty": 1.1}).upstream_request({"model": "m"}, CONTEXT)

    assert made == {"model": "m", "repetition_penalty": 1.1}


def test_what_is_set_is_sent_also_where_it_would_be_left_out() -> None:
    profile = Profile(sampling=frozenset({"temperature"}), reasoning_refuses_sampling=True)

    adapted = Sampling({"top_k": 5}).profile(profile)

    assert adapted.sampling == {"temperature", "top_k"}
    assert not adapted.reasoning_refuses_sampling
    assert Sampling({"max_tokens": 5}).profile(profile).reasoning_refuses_sampling
