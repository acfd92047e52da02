"""Counting tokens."""

import hashlib
import threading
from typing import Any

import pytest
import tiktoken_ext.openai_public as official
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop import paths
from ccr_desktop.core.config.tokenizers import ENCODINGS
from ccr_desktop.core.protocol.json import dumps
from ccr_desktop.core.routing.images import MAX_IMAGE_TOKENS
from ccr_desktop.core.routing.tokens import TokenCounter, load_encoding, may_have_more, upper_bound

JsonObject = dict[str, Any]

OFFICIAL_SHA256 = {
    "cl100k_base": "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
    "o200k_base": "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
}
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


def body(*content: JsonObject, **members: Any) -> JsonObject:
    return {"model": "m", "messages": [{"role": "user", "content": list(content)}], **members}


def text(words: str) -> JsonObject:
    return {"type": "text", "text": words}


def count_all(request: JsonObject, counter: TokenCounter | None = None) -> int:
    counter = counter or TokenCounter()
    return counter.count(counter.survey(request))


def count(*content: JsonObject, **members: Any) -> int:
    return count_all(body(*content, **members))


# -- the vocabulary ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ENCODINGS)
def test_the_bundled_vocabularies_are_openais(name: str) -> None:
    data = paths.resource(f"vocabulary/{name}.tiktoken").read_bytes()

    assert hashlib.sha256(data).hexdigest() == OFFICIAL_SHA256[name]


@pytest.mark.parametrize(("name", "size"), [("cl100k_base", 100256), ("o200k_base", 199998)])
def test_texts_are_split_as_openai_splits_them(
    name: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(official, "load_tiktoken_bpe", lambda *_, **__: {})

    assert load_encoding(name)._pat_str == getattr(official, name)()["pat_str"]
    assert load_encoding(name).n_vocab == size


def test_each_counter_counts_by_its_own_vocabulary() -> None:
    request = body(text("お誕生日おめでとう"))

    assert count_all(request, TokenCounter("cl100k_base")) == 9
    assert count_all(request, TokenCounter("o200k_base")) == 8


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("hello world", 2),
        ("tiktoken is great!", 6),
        ("antidisestablishmentarianism", 6),
        ("2 + 2 = 4", 7),
        ("お誕生日おめでとう", 9),
        ("", 0),
    ],
)
def test_known_texts_have_their_known_counts(words: str, expected: int) -> None:
    assert count(text(words)) == expected


def test_the_names_of_special_tokens_are_text() -> None:
    assert count(text("<|endoftext|>")) == 7
    assert count(text("<|fim_prefix|> <|im_start|>")) > 2


def test_half_characters_are_counted() -> None:
    assert count(text("\ud800 cut \udc00")) > 0


# -- what is counted ---------------------------------------------------------------------------

WORDS = "hello world"  # two tokens


@pytest.mark.parametrize(
    ("request_body", "expected"),
    [
        pytest.param({"messages": [{"role": "user", "content": WORDS}]}, 2, id="a string"),
        pytest.param(body(text(WORDS), text(WORDS)), 4, id="texts"),
        pytest.param(
            body({"type": "thinking", "thinking": WORDS, "signature": "x" * 99}),
            2,
            id="thinking without its signature",
        ),
        pytest.param(
            body({"type": "tool_use", "id": "a", "name": "hello", "input": {}}),
            2,
            id="the name of a call",
        ),
        pytest.param(
            body({"type": "tool_result", "tool_use_id": "a", "content": WORDS}), 2, id="a result"
        ),
        pytest.param(
            body({"type": "tool_result", "tool_use_id": "a", "content": [text(WORDS)]}),
            2,
            id="a result of blocks",
        ),
        pytest.param(body({"type": "tool_result", "tool_use_id": "a"}), 0, id="an empty result"),
        pytest.param(
            body({"type": "document", "source": {"type": "text", "data": WORDS}}),
            2,
            id="a document of text",
        ),
        pytest.param(
            body({"type": "document", "source": {"type": "content", "content": [text(WORDS)]}}),
            2,
            id="a document of blocks",
        ),
        pytest.param(
            body({"type": "document", "source": {"type": "base64", "data": "x" * 40_000}}),
            1000,
            id="a pdf",
        ),
        pytest.param(
            body({"type": "document", "source": {"type": "url", "url": "u"}}),
            MAX_IMAGE_TOKENS,
            id="a pdf behind an address",
        ),
        pytest.param(
            body({"type": "image", "source": {"type": "base64", "data": PIXEL}}),
            1,
            id="a small image",
        ),
        pytest.param(
            body({"type": "image", "source": {"type": "url", "url": "u"}}),
            MAX_IMAGE_TOKENS,
            id="an image behind an address",
        ),
        pytest.param(
            body(
                {"type": "tool_result", "content": [{"type": "image", "source": {"data": PIXEL}}]}
            ),
            1,
            id="an image in a result",
        ),
        pytest.param(body(system=WORDS), 2, id="a system prompt"),
        pytest.param(body(system=[text(WORDS)]), 2, id="a system prompt of blocks"),
        pytest.param(
            body(tools=[{"name": "hello", "description": " world"}]),
            2,
            id="a tool's name and description",
        ),
        pytest.param(
            body(tools=[{"name": "hello", "input_schema": {"a": 1}}]), 6, id="a tool's schema"
        ),
        pytest.param({}, 0, id="nothing"),
        pytest.param({"messages": 5, "system": 5, "tools": 5}, 0, id="odd members"),
        pytest.param({"messages": [5, {"content": 5}], "tools": [5, {}]}, 0, id="odd entries"),
    ],
)
def test_all_that_is_sent_is_counted(request_body: JsonObject, expected: int) -> None:
    assert count_all(request_body) == expected


def test_a_big_image_does_not_cost_its_base64() -> None:
    data = PIXEL[:64] + "A" * 400_000

    assert count({"type": "image", "source": {"type": "base64", "data": data}}) <= MAX_IMAGE_TOKENS


# -- memory ------------------------------------------------------------------------------------


def test_a_block_is_measured_once(monkeypatch: pytest.MonkeyPatch) -> None:
    counter, request = TokenCounter(), body(text("one more word. " * 20))
    first = count_all(request, counter)
    monkeypatch.setattr(counter, "_count_text", lambda _: 10**6)

    assert count_all(request, counter) == first


def test_what_is_new_is_known_before_it_is_counted() -> None:
    counter, request = TokenCounter(), body(text("a" * 100), text("b" * 50))

    assert counter.survey(request).unknown_chars == 150
    count_all(request, counter)
    assert counter.survey(request).unknown_chars == 0
    assert counter.survey(body(text("a" * 100), text("c" * 60))).unknown_chars == 60


def test_threads_count_the_same() -> None:
    counter, request = TokenCounter(), body(*(text(f"{n} " * 30) for n in range(50)))
    expected = count_all(request)
    found: list[int] = []

    threads = [
        threading.Thread(target=lambda: found.append(count_all(request, counter))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [expected] * 4


# -- estimates ---------------------------------------------------------------------------------


def test_a_small_request_is_counted_exactly() -> None:
    request = body(text("hello world " * 100))

    counter = TokenCounter()

    assert counter.estimate(counter.survey(request), 10**6) == count_all(request)


def test_of_a_huge_request_the_rest_is_extrapolated() -> None:
    request = body(
        *(text(f"{n} the quick brown fox jumps over the lazy dog " * 50) for n in range(60))
    )
    counter = TokenCounter()

    estimate = counter.estimate(counter.survey(request), 1000)

    assert counter.survey(request).unknown_chars > 100_000, (
        "most of it must not have been looked at"
    )
    assert abs(estimate / count_all(request) - 1) < 0.05


def test_an_estimate_goes_on_from_what_is_known() -> None:
    counter = TokenCounter()
    old = [text(f"{n} some words that were sent before " * 20) for n in range(20)]
    count_all(body(*old), counter)
    request = body(*old, *(text(f"{n} and some that are new now " * 20) for n in range(20)))

    estimate = counter.estimate(counter.survey(request), 1)

    assert abs(estimate / count_all(request) - 1) < 0.1


def test_the_samples_of_a_huge_text_are_from_all_over_it() -> None:
    request = body(text(" " * 640_000 + "".join(f"{n * n:x}]k" for n in range(60_000))))
    counter = TokenCounter()

    estimate = counter.estimate(counter.survey(request), 10**6)

    assert abs(estimate / count_all(request) - 1) < 0.15


# -- the bound ---------------------------------------------------------------------------------

_SOURCES = st.sampled_from(
    [
        {"type": "url", "url": "u"},
        {"type": "file", "file_id": "f"},
        {"type": "base64", "data": PIXEL},
        {"type": "base64", "data": "broken"},
        {},
    ]
)
_TEXTS = st.builds(text, st.text(max_size=30))
_BLOCKS = st.one_of(
    _TEXTS,
    st.builds(
        lambda kind, source: {"type": kind, "source": source},
        st.sampled_from(["image", "document"]),
        _SOURCES,
    ),
    st.builds(
        lambda name, value: {"type": "tool_use", "name": name, "input": {"a": value}},
        st.text(max_size=5),
        st.text(max_size=20),
    ),
    st.builds(
        lambda content: {"type": "tool_result", "content": content}, st.text() | st.lists(_TEXTS)
    ),
    st.builds(lambda words: {"type": "thinking", "thinking": words}, st.text(max_size=20)),
)


@given(st.lists(_BLOCKS, max_size=5), st.text(max_size=20))
def test_the_bound_is_never_exceeded(content: list[JsonObject], system: str) -> None:
    request = body(*content, system=system, tools=[{"name": "t", "input_schema": {"a": [1, 2]}}])

    assert count_all(request) <= upper_bound(dumps(request))


@pytest.mark.parametrize("raw", [b"x" * 100, b'"image"', b'{"type":"document"}' * 3])
def test_a_request_may_have_as_many_tokens_as_its_bound(raw: bytes) -> None:
    assert may_have_more(raw, upper_bound(raw) - 1)
    assert not may_have_more(raw, upper_bound(raw))
