"""What each provider's own codes and words become: one row for each that its reference names.

A row is what the provider sends, with its HTTP status (None: inside a 200 or inside a stream).
"""

from typing import Any

import pytest

from ccr_desktop.core.protocol.failures import error_type, failure_of

Row = tuple[str, int | None, Any]
TOO_LONG = "prompt is too long"


def error(message: str, **members: Any) -> dict[str, Any]:
    return {"error": {"message": message, **members}}


OVERFLOWS: list[Row] = [
    (
        "openai",
        400,
        error(
            "This model's maximum context length is 128000 tokens. However, your messages resulted "
            "in 130002 tokens.",
            type="invalid_request_error",
            code="context_length_exceeded",
        ),
    ),
    ("openai in a stream", None, error("Your input exceeds it", code="context_length_exceeded")),
    (
        "openrouter in a 200",
        None,
        error("Too much", code=400, metadata={"error_type": "context_length_exceeded"}),
    ),
    (
        "gemini",
        400,
        error(
            "The input token count (1048577) exceeds the maximum number of tokens allowed"
            " (1048576).",
            code=400,
            status="INVALID_ARGUMENT",
        ),
    ),
    ("groq", 413, error("Please reduce the length of the messages or completion.")),
    (
        "groq, more than a minute may have",
        413,
        error(
            "Request too large for model `m` on tokens per minute (TPM): Limit 6000, Requested "
            "7000, please reduce your message size and try again.",
            code="rate_limit_exceeded",
        ),
    ),
    ("llama.cpp of old", 500, error("m", type="exceed_context_size_error")),
    ("cerebras", 400, error("Please reduce it", code="context_length_exceeded")),
    (
        "mistral",
        400,
        {
            "object": "error",
            "message": "Prompt contains 140000 tokens and 0 draft tokens, too large for model with "
            "131072 maximum context length",
            "type": "invalid_request_prompt",
            "code": "3051",
        },
    ),
    (
        "moonshot",
        400,
        error(
            "Invalid request: Your request exceeded model token limit: 262144",
            type="invalid_request_error",
        ),
    ),
    ("zhipu in a 200", None, error("Prompt exceeds max length", code="1261")),
    (
        "dashscope",
        400,
        {
            "code": "InvalidParameter",
            "message": "Range of input length should be [1, 129024]",
            "request_id": "r",
        },
    ),
    (
        "siliconflow",
        400,
        {
            "code": 20015,
            "message": "length of prompt_tokens (40000) must be less than max_seq_len (32768).",
            "data": None,
        },
    ),
    (
        "volcengine",
        400,
        error("Total tokens of image and text exceed max message tokens.", code="InvalidParameter"),
    ),
    (
        "llama.cpp",
        400,
        error(
            "the request exceeds the available context size, try increasing it",
            code=400,
            type="exceed_context_size_error",
            n_prompt_tokens=5000,
            n_ctx=4096,
        ),
    ),
    (
        "vllm",
        400,
        {
            "object": "error",
            "message": "This model's maximum context length is 8192 tokens. However, you requested "
            "9000 tokens (8000 in the messages, 1000 in the completion).",
            "type": "BadRequestError",
            "code": 400,
        },
    ),
    (
        "lm studio",
        400,
        {
            "error": "Trying to keep the first 9000 tokens when context the overflows. However, "
            "the model is loaded with context length of only 4096 tokens"
        },
    ),
    (
        "minimax in a 200",
        None,
        {"base_resp": {"status_code": 2013, "status_msg": "context window exceeds limit (2013)"}},
    ),
    (
        "xai",
        400,
        {
            "code": "Client specified an invalid argument",
            "error": "This model's maximum prompt length is 131072 but the request contains 150000 "
            "tokens.",
        },
    ),
    (
        "copilot",
        400,
        error(
            "prompt token count of 140000 exceeds the limit of 128000",
            code="model_max_prompt_tokens_exceeded",
        ),
    ),
    (
        "fireworks",
        400,
        error("The prompt is too long: 300000, model maximum context length: 262143"),
    ),
    (
        "together",
        422,
        error("Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8193. Given"),
    ),
    ("bedrock", 400, {"message": "Input is too long for requested model."}),
]


@pytest.mark.parametrize(
    ("_name", "status", "payload"), OVERFLOWS, ids=[row[0] for row in OVERFLOWS]
)
def test_an_overflow_of_the_context_makes_claude_code_compact(
    _name: str, status: int | None, payload: Any
) -> None:
    failure = failure_of(payload, status)

    assert failure is not None
    assert (failure.status, failure.type) == (400, "invalid_request_error")
    assert failure.message.startswith(TOO_LONG)


OTHERS: list[tuple[str, int | None, Any, int]] = [
    # no money
    ("openai, quota", 429, error("You exceeded it", code="insufficient_quota"), 402),
    ("openai, hard limit", 400, error("Reached", code="billing_hard_limit_reached"), 402),
    ("openai in a stream", None, error("m", type="insufficient_quota"), 402),
    ("openrouter", None, error("m", code=402, metadata={"error_type": "payment_required"}), 402),
    ("deepseek", 402, error("Insufficient Balance", type="unknown_error"), 402),
    ("moonshot", 429, error("Pay", type="exceeded_current_quota_error"), 402),
    ("zhipu", 429, error("Recharge", code="1113"), 402),
    ("dashscope", 400, {"code": "Arrearage", "message": "Access denied"}, 402),
    ("siliconflow", 403, {"code": 30001, "message": "your balance is insufficient"}, 402),
    ("volcengine", 403, error("overdue balance", code="AccountOverdueError"), 402),
    ("minimax", None, {"base_resp": {"status_code": 1008, "status_msg": "m"}}, 402),
    # too much at once
    ("openai", None, error("m", code="rate_limit_exceeded"), 429),
    ("openrouter", None, error("m", metadata={"error_type": "rate_limit_exceeded"}), 429),
    ("gemini", None, error("m", status="RESOURCE_EXHAUSTED"), 429),
    ("gemini's quota", 429, error("your current quota", status="RESOURCE_EXHAUSTED"), 429),
    ("moonshot", 429, error("m", type="rate_limit_reached_error"), 429),
    ("zhipu", None, error("m", code="1302"), 429),
    ("zhipu, its plan", 429, error("m", code="1308"), 429),
    ("dashscope", None, {"code": "Throttling.RateQuota", "message": "Requests throttled"}, 429),
    ("dashscope, allocation", None, {"code": "Throttling.AllocationQuota", "message": "m"}, 429),
    ("volcengine", None, error("m", code="ModelAccountRpmRateLimitExceeded"), 429),
    ("minimax", None, {"base_resp": {"status_code": 1002, "status_msg": "m"}}, 429),
    ("minimax, tokens", None, {"base_resp": {"status_code": 1039, "status_msg": "m"}}, 429),
    ("minimax, its plan", None, {"base_resp": {"status_code": 2056, "status_msg": "m"}}, 429),
    ("codex", None, error("m", type="usage_limit_reached"), 429),
    ("cerebras in a stream", None, {**error("m"), "status_code": 429}, 429),
    # overloaded
    ("openrouter", None, error("m", metadata={"error_type": "provider_overloaded"}), 529),
    ("openrouter, gone", None, error("m", metadata={"error_type": "provider_unavailable"}), 529),
    ("gemini", None, error("m", status="UNAVAILABLE"), 529),
    ("moonshot", 429, error("m", type="engine_overloaded_error"), 429),
    ("zhipu", None, error("m", code="1312"), 529),
    ("volcengine", None, error("m", code="ServerOverloaded"), 529),
    ("llama.cpp", 503, error("Loading model", code=503, type="unavailable_error"), 503),
    ("siliconflow", None, {"code": 50505, "message": "Model service overloaded"}, 529),
    # keys
    ("gemini", None, error("m", status="UNAUTHENTICATED"), 401),
    ("gemini, permission", None, error("m", status="PERMISSION_DENIED"), 403),
    ("openai", None, error("m", code="invalid_api_key"), 401),
    ("moonshot", None, error("m", type="invalid_authentication_error"), 401),
    ("dashscope", None, {"code": "InvalidApiKey", "message": "m"}, 401),
    ("zhipu", None, error("m", code="1000"), 401),
    ("minimax", None, {"base_resp": {"status_code": 1004, "status_msg": "m"}}, 401),
    ("minimax, its key", None, {"base_resp": {"status_code": 2049, "status_msg": "m"}}, 401),
    # what there is not
    ("openai", None, error("m", code="model_not_found"), 404),
    ("gemini", None, error("m", status="NOT_FOUND"), 404),
    ("zhipu", None, error("m", code="1211"), 404),
    # what the request is to blame for
    ("openai, calls", 400, error("parallel_tool_calls", code="unsupported_parameter"), 400),
    ("openai in a stream", None, error("m", code="unsupported_parameter"), 400),
    ("openai, its filter", None, error("m", code="content_filter"), 400),
    ("openai, a prompt", None, error("m", code="invalid_prompt"), 400),
    ("llama, calls", None, error("This model only supports single tool-calls at once!"), 400),
    ("openrouter", None, error("m", metadata={"error_type": "content_policy_violation"}), 400),
    ("gemini", None, error("m", status="INVALID_ARGUMENT"), 400),
    ("gemini, state", None, error("m", status="FAILED_PRECONDITION"), 400),
    ("dashscope", None, {"code": "data_inspection_failed", "message": "m"}, 400),
    ("zhipu, sensitive", None, error("m", code="1301"), 400),
    ("zhipu, parameters", None, error("m", code="1214"), 400),
    ("minimax, sensitive", None, {"base_resp": {"status_code": 1027, "status_msg": "m"}}, 400),
    ("volcengine", None, error("m", code="SensitiveContentDetected"), 400),
    # what the provider is to blame for
    ("gemini", None, error("m", status="INTERNAL"), 500),
    ("gemini, late", None, error("m", status="DEADLINE_EXCEEDED"), 504),
    ("openai", None, error("m", code="server_error"), 500),
    ("minimax", None, {"base_resp": {"status_code": 1001, "status_msg": "m"}}, 504),
    ("groq", 400, error("m", type="invalid_request_error", code="tool_use_failed"), 502),
]  # fmt: skip


@pytest.mark.parametrize("row", OTHERS, ids=[f"{row[0]} {row[3]}" for row in OTHERS])
def test_a_code_becomes_the_status_that_clients_know(row: tuple[str, int | None, Any, int]) -> None:
    _, status, payload, expected = row

    failure = failure_of(payload, status)

    assert failure is not None
    assert (failure.status, failure.type) == (expected, error_type(expected))
    assert not failure.message.startswith(TOO_LONG)
