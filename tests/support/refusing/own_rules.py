"""Rules that one provider has, with the words of its refusal where they are known."""

from typing import Any

from tests.support.refusing.rules import (
    NO_CACHE_CONTROL,
    ONE_OBJECT,
    PROPERTIES,
    calling,
    calls,
    efforts,
    functions,
    header,
    ids,
    insert,
    messages,
    no_member,
    only_in_messages,
    parts,
    rule,
)

JsonObject = dict[str, Any]

AZURE_START = b'data: {"choices":[],"prompt_filter_results":[{"prompt_index":0}]}\n\n'
MISTRAL = {"model", "messages", "max_tokens", "temperature", "top_p", "stop", "stream", "tools"}
MISTRAL |= {"tool_choice", "parallel_tool_calls", "response_format", "random_seed", "safe_prompt"}
MISTRAL_MESSAGES = {"role", "content", "tool_calls", "tool_call_id", "prefix"}
NVIDIA = {"model", "messages", "max_tokens", "temperature", "top_p", "stop", "stream", "tools"}
NVIDIA |= {"tool_choice"}
GROQ = {"model", "messages", "max_completion_tokens", "temperature", "top_p", "stop", "stream"}
GROQ |= {"tools", "tool_choice", "parallel_tool_calls", "reasoning_effort"}
GROQ |= {"reasoning_format", "include_reasoning", "response_format", "service_tier", "seed"}
THINKING_BACK = "The reasoning_content in the thinking mode must be passed back to the API."
KIMI_BACK = "thinking is enabled but reasoning_content is missing in assistant tool call message"
BUILT_IN = {"type": "builtin_function", "function": {"name": "$web_search"}}
OPEN_CHUNK = {"type": "thinking", "thinking": "words"}
THINKS = {"thinking": {"type": "enabled"}, "enable_thinking": True}

OPENAI_RULES = (
    no_member("max_tokens"),
    no_member("temperature", "top_p", "stop", "presence_penalty"),
    no_member("reasoning", "thinking", "enable_thinking", "session_id"),
    efforts("none", "low", "medium", "high", "xhigh"),
    ids(r".{1,40}", "string too long. Expected a string with maximum length 40"),
    only_in_messages({"role", "content", "tool_calls", "tool_call_id", "name", "refusal"}),
    PROPERTIES,
    ONE_OBJECT,
    NO_CACHE_CONTROL,
)
CONTRADICTION = rule(
    "no contradictory reasoning",
    lambda body: (
        len({"effort", "max_tokens"} & body.get("reasoning", {}).keys()) > 1
        or (body.get("reasoning", {}).get("enabled") is False and "effort" in body["reasoning"])
    ),
    lambda body: {**body, "reasoning": {"effort": "high", "enabled": False}},
    'Only one of "reasoning.effort" and "reasoning.max_tokens" can be specified',
)
SIGNED = rule(
    "thinking of Claude comes back signed",
    lambda body: any(
        detail["type"] == "reasoning.text" and not detail.get("signature")
        for message in messages(body, "assistant")
        for detail in message.get("reasoning_details", ())
    ),
    lambda body: messages(body, "assistant")[0].update(
        reasoning_details=[{"type": "reasoning.text", "text": "x", "format": "anthropic-claude-v1"}]
    ),
    "messages.1.content.0.thinking.signature: Field required",
)
DETAILS = rule(
    "details in every answer with calls",
    lambda body: any("reasoning_details" not in m for m in calling(body)),
    lambda body: calling(body)[0].pop("reasoning_details") and None,
    THINKING_BACK,
)
BARE_REASONING = rule(
    "no reasoning without its details",
    lambda body: any(
        m.get("reasoning") and not m.get("reasoning_details") for m in messages(body, "assistant")
    ),
    lambda body: messages(body, "assistant")[0].update(reasoning="x", reasoning_details=[]),
)
STREAMED_THINKING = rule(
    "no thinking without a stream",
    lambda body: body.get("enable_thinking") is True and not body.get("stream"),
    lambda body: {**body, "enable_thinking": True, "stream": False},
    "parameter.enable_thinking must be set to false for non-streaming calls",
)
FREE_WHILE_THINKING = rule(
    "no demanded tool while thinking",
    lambda body: (
        body.get("tool_choice", "auto") not in ("auto", "none")
        and any(body.get(key) == value for key, value in THINKS.items())
    ),
    lambda body: {**body, **THINKS, "tool_choice": "required"},
    "tool_choice 'required' is incompatible with thinking enabled",
)
TAGS_BACK = rule(
    "thinking comes back in its tags",
    lambda body: any(
        m.get("tool_calls") and "<think>" not in (m.get("content") or "")
        for m in messages(body, "assistant")
    ),
    lambda body: next(m for m in messages(body, "assistant") if m.get("tool_calls")).update(
        content="Yes."
    ),
    "invalid params, thinking is missing",
)
QUICK_SEARCH = rule(
    "no search of its own while thinking",
    lambda body: (
        any(tool["type"] == "builtin_function" for tool in body.get("tools", ()))
        and body.get("thinking") != {"type": "disabled"}
    ),
    lambda body: {**body, "tools": [BUILT_IN], "thinking": {"type": "enabled"}},
    "builtin function $web_search is incompatible with thinking",
)
KEPT_THINKING = rule(
    "reasoning that comes back is kept",
    lambda body: (
        any(m.get("reasoning_content") for m in messages(body, "assistant"))
        and body.get("thinking", {}).get("type") == "enabled"
        and body["thinking"].get("clear_thinking") is not False
    ),
    lambda body: body["thinking"].pop("clear_thinking") and None,
)
CLOSED_CHUNKS = rule(
    "thinking comes back in closed chunks",
    lambda body: any(
        part["type"] == "thinking"
        and not (part.get("closed") is True and isinstance(part["thinking"], list))
        for part in parts(body, "assistant")
    ),
    lambda body: insert(body, {"role": "assistant", "content": [OPEN_CHUNK]}),
)
WARM = rule(
    "temperature above 0",
    lambda body: not 0 < body.get("temperature", 1) <= 1,
    lambda body: {**body, "temperature": 0},
    "invalid params, temperature must be in (0, 1]",
)
ONE_TEMPERATURE = rule(
    "temperature 1 only",
    lambda body: body.get("temperature", 1) != 1,
    lambda body: {**body, "temperature": 0.5},
    "invalid temperature: only 1 is allowed for this model",
)
LETTERS_FIRST = rule(
    "names of tools begin with a letter",
    lambda body: any(not (f["name"][0].isalpha() or f["name"][0] == "_") for f in functions(body)),
    lambda body: functions(body)[0].update(name="9lives"),
    "function name is invalid, must start with a letter",
)
ONE_STOP = rule(
    "one stop sequence",
    lambda body: len(body.get("stop", ())) > 1,
    lambda body: {**body, "stop": ["a", "b"]},
)
LONG_ONLY_IN_STREAMS = rule(
    "more than 4096 tokens only in a stream",
    lambda body: body.get("max_tokens", 0) > 4096 and not body.get("stream"),
    lambda body: {**body, "max_tokens": 8192, "stream": False},
    "Requests with max_tokens > 4096 must have stream=true",
)
NO_TOOLS = rule(
    "no tools",
    lambda body: bool(body.get("tools") or calls(body)),
    lambda body: {**body, "tools": [{"type": "function", "function": {"name": "Bash"}}]},
    "Tool calling is not supported for this model",
)
ENABLE_WHERE_KNOWN = rule(
    "enable_thinking only for models that have it",
    lambda body: "enable_thinking" in body and "coder" in body["model"].lower(),
    lambda body: {**body, "model": "Qwen/Qwen3-Coder", "enable_thinking": True},
    "Value error, current model does not support parameter `enable_thinking`.",
)
ONE_CALL = rule(
    "one call at a time",
    lambda body: any(len(message["tool_calls"]) > 1 for message in calling(body)),
    lambda body: calling(body)[0]["tool_calls"].append(calls(body)[0]),
    "This model only supports single tool-calls at once!",
)
AGENT = header(
    "X-Initiator", when=lambda body: bool(body.get("messages"))
)  # counts in the quota: user or agent
