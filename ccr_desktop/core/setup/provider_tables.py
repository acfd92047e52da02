"""The known providers as tables for the documentation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from ccr_desktop.core.providers.catalog import PROFILES, find_profile
from ccr_desktop.core.providers.profile import (
    MidSystem,
    Profile,
    ReasoningReplay,
    ThinkingSwitch,
)
from ccr_desktop.core.providers.web_search import BY_NAME
from ccr_desktop.core.setup.addresses import complete_url
from ccr_desktop.core.setup.templates import Template, templates

_PLAIN = PROFILES["openai-compatible"]
_OUR_OWN = {"demo"}
_SPEAKS = {"/messages": "Messages", "/completions": "Chat Completions", "/responses": "Responses"}
Fact = Callable[[Profile], str]


@dataclass(frozen=True, slots=True)
class TableWords:
    """The language of a table."""

    columns: str
    words: Mapping[str, str]
    """Groups, and what cells say, where they differ from the English ones."""
    has_notes: bool

    def say(self, english: str) -> str:
        return self.words.get(english, english)


ENGLISH = TableWords("Name | Address | Speaks | Profile | Key | Models | Read", {}, True)
CHINESE = TableWords(
    "名称 | 地址 | 协议 | 特性 | 密钥 | 模型 | 查阅日期",
    {
        "Aggregators": "聚合服务",
        "Well known": "知名服务",
        "Coding plans": "编程套餐（包月）",
        "On this computer": "在这台电脑上",
        "its own": "自有协议",
        "none": "不需要",
        "here": "在这里",
    },
    has_notes=False,
)


def presets_table(words: TableWords = ENGLISH) -> str:
    """The providers that `ccr providers add` knows, by group."""
    known = [template for template in templates().values() if not template.retired]
    order = list(dict.fromkeys(template.group for template in known))
    known.sort(key=lambda template: order.index(template.group))
    lines: list[str] = []
    for group, found in groupby(known, key=lambda template: template.group):
        lines += [f"\n**{words.say(group)}**\n"]
        lines += [f"| {words.columns} |", "| --- " * 7 + "|"]
        lines += [_row(template, words) for template in found]
    return "\n".join(lines).lstrip("\n") + "\n"


def _row(template: Template, words: TableWords) -> str:
    names = [name for name in template.transformer.get("use", ()) if isinstance(name, str)]
    whole = template.url if names == [template.id] else complete_url(template.url)
    speaks = next((words for end, words in _SPEAKS.items() if whole.endswith(end)), "its own")
    speaks = words.say(speaks)
    profile = find_profile(template.url).name
    key = f"`{template.env}`" if template.env else ""
    if template.key_url:
        key = f"[{key or words.say('here')}]({template.key_url})"
    if not template.needs_key:
        key = words.say("none")
    models = ", ".join(f"`{model}`" for model in template.models)
    read = f"[{template.checked_on}]({template.sources[0]})"
    cells = (f"`{template.id}`", f"`{template.url}`", speaks, f"`{profile}`", key, models, read)
    note = f"<br>{template.note}" if template.note and words.has_notes else ""
    return f"| {cells[0]}{note} | {' | '.join(cells[1:])} |"


def profiles_table() -> str:
    """What is particular about each API."""
    lines = ["| Profile | What differs from plain Chat Completions |", "| --- | --- |"]
    for name, profile in PROFILES.items():
        if name not in _OUR_OWN:
            facts = "; ".join(particulars(profile)) or "nothing"
            lines.append(f"| `{name}` | {facts} |")
    return "\n".join(lines) + "\n"


def particulars(profile: Profile) -> Iterator[str]:
    """Phrases for the facts that are not those of a server that nobody knows."""
    if profile is _PLAIN:
        yield "the careful facts, for servers that nobody knows"
    yield from filter(None, (fact(profile) for fact in _FACTS))
    shared = () if profile is _PLAIN else _PLAIN.by_model
    for pattern, fields in profile.by_model:
        if (pattern, fields) in shared:
            continue
        found = list(_differences(profile, replace(profile, **fields, by_model=())))
        yield f"for models like `{_in_cell(pattern)}`: {', '.join(found)}"


def _differences(profile: Profile, other: Profile) -> Iterator[str]:
    for fact in _FACTS:
        before, after = fact(profile), fact(other)
        if before != after:
            yield after or f"not: {before}"


def _in_cell(text: str) -> str:
    return text.replace("|", "\\|")


def _limit(profile: Profile) -> str:
    field, limit = profile.max_tokens_field, profile.max_tokens_limit
    if field == "max_tokens" and limit == _PLAIN.max_tokens_limit:
        return ""
    return f"`{field}` up to {limit:,}" if limit else f"`{field}` as asked for"


def _thinking(profile: Profile) -> str:
    if profile.thinking is ThinkingSwitch.NONE:
        return ""
    models = profile.reasoning_models
    which = f" for models like `{_in_cell(models)}`" if models else ""
    efforts = f" ({', '.join(profile.effort_levels)})" if _has_efforts(profile) else ""
    return f"thinking by `{profile.thinking.value}`{efforts}{which}"


def _has_efforts(profile: Profile) -> bool:
    return "effort" in profile.thinking.value


def _replay(profile: Profile) -> str:
    match profile.reasoning_replay:
        case ReasoningReplay.NEVER:
            return "reasoning is not sent back"
        case ReasoningReplay.ALL:
            return "reasoning goes back with every answer"
        case ReasoningReplay.TOOL_TURNS:
            return ""


def _reasoning(profile: Profile) -> str:
    if profile.reasoning_filler is not None:
        return f"`{profile.reasoning_field}` in every answer with calls, empty if there is none"
    return f"reasoning of others as `{profile.reasoning_field}`" if profile.reasoning_field else ""


def _tags(profile: Profile) -> str:
    if not profile.inline_think_tags:
        return ""
    return "thinking in `<think>` tags" + (", both ways" if profile.replays_think_tags else "")


def _sampling(profile: Profile) -> str:
    if profile.temperatures:
        return "temperatures from {:g} to {:g}".format(*profile.temperatures)
    return "" if profile.sampling else "no temperature"


def _when(says: Callable[[Profile], object], words: str) -> Fact:
    return lambda profile: words if says(profile) else ""


_FACTS: tuple[Fact, ...] = (
    _when(lambda p: p.key_header != "Authorization", "the key in `api-key`"),
    _when(lambda p: p.messages_bearer, "a Bearer key on its Anthropic side"),
    _when(lambda p: p.headers or p.request_headers, "headers of its own"),
    _when(lambda p: p.known_members is not None, "unknown members are refused"),
    _limit,
    _sampling,
    _when(lambda p: p.reasoning_refuses_sampling, "no sampling for models that reason"),
    _when(lambda p: p.max_stop_sequences == 0, "no stop sequences"),
    _when(lambda p: p.max_stop_sequences == 1, "one stop sequence"),
    _when(lambda p: not p.stream_usage, "no `stream_options`"),
    _when(lambda p: p.always_streams, "answers are always streamed"),
    _when(lambda p: not p.json_schema, "no `json_schema`"),
    _when(lambda p: p.json_schema_alone, "`json_schema` only without tools and stream"),
    _when(lambda p: p.web_search is not BY_NAME, "web search"),
    _when(lambda p: p.extra_body, "members of its own"),
    _when(lambda p: p.streamed_tools_body, "arguments in pieces when asked for"),
    _when(lambda p: p.session_field, "a session for its prompt cache"),
    _when(lambda p: p.keeps_cache_control, "keeps `cache_control`"),
    _thinking,
    _replay,
    _reasoning,
    _when(lambda p: p.thinking_members, "earlier reasoning is kept when asked for"),
    _when(lambda p: p.labels_phases, "answers with their phase, in Responses requests"),
    _when(lambda p: p.searches_field, "`max_uses` of searches, in Responses requests"),
    _when(lambda p: p.demands_details, "`reasoning_details` in every answer with calls"),
    _tags,
    _when(lambda p: p.mid_system is MidSystem.SYSTEM, "system messages anywhere"),
    _when(lambda p: p.merges_users, "roles alternate"),
    _when(lambda p: not p.user_after_tool, "no user message right after results"),
    _when(lambda p: not p.accepts_images, "no images"),
    _when(lambda p: not p.accepts_image_urls, "images as data only"),
    _when(lambda p: p.accepts_files, "PDF documents"),
    _when(lambda p: not p.accepts_tools, "no tools"),
    _when(lambda p: not p.accepts_tool_choice, "no `tool_choice`"),
    _when(
        lambda p: p.accepts_tool_choice and not p.accepts_named_tool_choice,
        "no named tool in `tool_choice`",
    ),
    _when(lambda p: not p.accepts_choice_while_thinking, "no demanded tool for models that think"),
    _when(lambda p: p.accepts_tools and not p.accepts_parallel_switch, "no `parallel_tool_calls`"),
    _when(lambda p: p.tool_id_length, "ids of calls have 9 letters and digits"),
    _when(lambda p: p.tool_id_limit, "ids of calls have at most 40 characters"),
    _when(lambda p: "_-" in p.tool_id_pattern, "ids of calls have letters, digits, `_` and `-`"),
    _when(lambda p: p.numbers_tool_calls, "ids of calls are `functions.NAME:NUMBER`"),
    _when(lambda p: p.tool_call_extra, "calls carry a signature"),
    _when(lambda p: p.usage_excludes_reasoning, "usage leaves reasoning out"),
)
