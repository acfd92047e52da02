"""Every built-in transformer, declared once: for the reader, the command line and the docs.

What they do is in `core/transformers`, a file each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

from ccr_desktop.core.config.setting import Kind, Setting, setting


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTransformer:
    """A name that chains may use. `example` is a chain element in JSON."""

    name: str
    help: str
    options: tuple[Setting, ...] = ()
    required: tuple[str, ...] = ()
    """The options without which it makes no sense."""
    dialect: str = ""
    """The protocol that it is written for, when that is none of the usual ones."""
    address: str = ""
    """Where it sends requests when the provider's entry gives no address."""
    hosts: str = ""
    """A pattern of the hosts that want it for some models."""
    models: str = ""
    """A pattern of those models."""
    brings_key: bool = False
    """Whether the provider's entry need not have a key."""
    signs_in_at: str = ""
    """Who gives its key to a person who signs in there."""
    replaces_script: bool = False
    """Whether it takes the place of the well-known JavaScript file of its name."""
    takes_any: bool = False
    """Whether every option is passed on to the provider."""
    objects: tuple[str, ...] = ()
    """The options among those that must be objects."""
    reserved: tuple[str, ...] = ()
    """What is the router's to say."""
    example: str

    @property
    def option_names(self) -> tuple[str, ...]:
        return tuple(option.key for option in self.options)


_MAX_TOKENS = setting(
    "max_tokens", Kind.NUMBER, "The largest answer.", unit="tokens", minimum=1, example="16384"
)
_FILE = setting("file", Kind.PATH, "Where the sign-in is kept, if not in the usual place.")
_VERTEX = (
    setting("project", Kind.TEXT, "The Google Cloud project.", example='"my-project"'),
    setting("location", Kind.TEXT, "The region, or `global`.", example='"europe-west1"'),
    setting("client_email", Kind.TEXT, "A service account, instead of the usual credentials."),
    setting("private_key", Kind.TEXT, "The key of that account.", is_secret=True),
)
_VERTEX_ADDRESS = "https://aiplatform.googleapis.com"
_SAMPLING = (
    _MAX_TOKENS,
    setting("temperature", Kind.DECIMAL, "", minimum=0, maximum=2, example="0.6"),
    setting("top_p", Kind.DECIMAL, "", minimum=0, maximum=1, example="0.95"),
    setting("top_k", Kind.NUMBER, "", minimum=0, example="20"),
    setting("repetition_penalty", Kind.DECIMAL, "", minimum=0, example="1.05"),
)

_ALL = (
    KnownTransformer(
        name="Anthropic",
        help="The provider speaks Anthropic's own protocol: requests and answers pass through.",
        options=(
            setting(
                "UseBearer",
                Kind.FLAG,
                "Send the key as `Authorization: Bearer` instead of `x-api-key`.",
                default=False,
                example="true",
            ),
        ),
        example='["Anthropic", {"UseBearer": true}]',
    ),
    KnownTransformer(
        name="OpenAI",
        help="The provider speaks Chat Completions, as every one does that says nothing else.",
        example='"OpenAI"',
    ),
    KnownTransformer(
        name="openai-responses",
        help="The provider speaks OpenAI's Responses API; an address of its Chat Completions is "
        "changed.",
        example='"openai-responses"',
    ),
    KnownTransformer(
        name="deepseek",
        help="What DeepSeek's API wants and refuses, for other addresses that serve it.",
        example='"deepseek"',
    ),
    KnownTransformer(
        name="gemini",
        help="The provider speaks Gemini's own protocol, as Google's address does without it.",
        options=(
            setting(
                "block",
                Kind.TEXT,
                "From which probability on Google's filters block what they take for harmful; "
                "Google decides if it is not given.",
                choices=(
                    "OFF",
                    "BLOCK_NONE",
                    "BLOCK_ONLY_HIGH",
                    "BLOCK_MEDIUM_AND_ABOVE",
                    "BLOCK_LOW_AND_ABOVE",
                ),
                example='"OFF"',
            ),
        ),
        example='["gemini", {"block": "OFF"}]',
    ),
    KnownTransformer(
        name="groq",
        help="What Groq's API wants and refuses, for other addresses that serve it.",
        example='"groq"',
    ),
    KnownTransformer(
        name="openrouter",
        help="What OpenRouter's API wants; the options are put into every request.",
        takes_any=True,
        objects=("provider",),
        reserved=("model", "stream", "messages"),
        example='["openrouter", {"provider": {"only": ["moonshotai/fp8"]}}]',
    ),
    KnownTransformer(
        name="maxtoken",
        help="Answers are at most so long. A request that asks for less is left as it is.",
        options=(_MAX_TOKENS,),
        required=("max_tokens",),
        example='["maxtoken", {"max_tokens": 16384}]',
    ),
    KnownTransformer(
        name="maxcompletiontokens",
        help="Sends the limit as `max_completion_tokens`, as newer OpenAI models demand it.",
        example='"maxcompletiontokens"',
    ),
    KnownTransformer(
        name="sampling",
        help="Sets how the model chooses its words, whatever the request says.",
        options=_SAMPLING,
        example='["sampling", {"temperature": 0.6, "top_k": 20}]',
    ),
    KnownTransformer(
        name="cleancache",
        help="Removes `cache_control`, for servers that refuse it.",
        example='"cleancache"',
    ),
    KnownTransformer(
        name="streamoptions",
        help="Asks for token counts in streams, of a server that is not known to give them.",
        example='"streamoptions"',
    ),
    KnownTransformer(
        name="customparams",
        help="Puts the options into every request. What the request has already stays, "
        "objects are merged.",
        takes_any=True,
        example='["customparams", {"reasoning": {"max_tokens": 4096}, "seed": 7}]',
    ),
    KnownTransformer(
        name="tooluse",
        help="Makes a model use tools that would rather talk: it must call one, and gets "
        "`ExitTool` for answers in words.",
        example='"tooluse"',
    ),
    KnownTransformer(
        name="enhancetool",
        help="Repairs tool arguments that are not quite JSON. They arrive whole then, "
        "not piece by piece.",
        example='"enhancetool"',
    ),
    KnownTransformer(
        name="reasoning",
        help="Switches the thinking of models on that have a switch for it, or off.",
        options=(
            setting(
                "enable",
                Kind.FLAG,
                "`false` switches thinking off.",
                default=True,
                example="false",
            ),
        ),
        example='["reasoning", {"enable": false}]',
    ),
    KnownTransformer(
        name="forcereasoning",
        help="Makes a model think that does not do it by itself, by asking for it in words.",
        example='"forcereasoning"',
    ),
    KnownTransformer(
        name="extrathinktag",
        help="Takes `<think>…</think>` at the start of an answer for the thinking that it is.",
        example='"extrathinktag"',
    ),
    KnownTransformer(
        name="chutes-glm",
        help="Makes calls of the tool calls that GLM prints as text now and then.",
        replaces_script=True,
        example='"chutes-glm"',
    ),
    KnownTransformer(
        name="cerebras",
        help="What the API of Cerebras wants and refuses, for other addresses that serve it.",
        example='"cerebras"',
    ),
    KnownTransformer(
        name="vercel",
        help="What the Vercel AI Gateway wants; the options are put into every request.",
        takes_any=True,
        objects=("providerOptions",),
        reserved=("model", "stream", "messages"),
        example='["vercel", {"providerOptions": {"gateway": {"only": ["anthropic"]}}}]',
    ),
    KnownTransformer(
        name="qwen-cli",
        help="Uses the sign-in of Qwen Code (`~/.qwen/oauth_creds.json`), where that still serves.",
        options=(_FILE,),
        address="https://portal.qwen.ai/v1/chat/completions",
        brings_key=True,
        replaces_script=True,
        example='"qwen-cli"',
    ),
    KnownTransformer(
        name="rovo-cli",
        help="Uses Atlassian's Rovo Dev: its key is `EMAIL:API_TOKEN`.",
        options=(
            setting("email", Kind.TEXT, "Instead of the first half of the key."),
            setting("api_token", Kind.TEXT, "Instead of its second half.", is_secret=True),
        ),
        address="https://api.atlassian.com/rovodev/v2/proxy/ai/v1/openai/v1/chat/completions",
        replaces_script=True,
        example='"rovo-cli"',
    ),
    KnownTransformer(
        name="gemini-cli",
        help="Uses the sign-in of Google's Gemini CLI (`~/.gemini/oauth_creds.json`).",
        options=(
            setting("project", Kind.TEXT, "The Google Cloud project, for accounts that need one."),
            _FILE,
        ),
        dialect="gemini",
        address="https://cloudcode-pa.googleapis.com/v1internal",
        brings_key=True,
        replaces_script=True,
        example='"gemini-cli"',
    ),
    KnownTransformer(
        name="copilot",
        help="Uses GitHub Copilot: the key is the token of a GitHub account; without one, that "
        "which an editor keeps counts.",
        options=(_FILE,),
        address="https://api.githubcopilot.com/chat/completions",
        brings_key=True,
        signs_in_at="GitHub",
        example='"copilot"',
    ),
    KnownTransformer(
        name="vertex-gemini",
        help="Gemini on Google's Vertex AI, with Google's credentials.",
        options=_VERTEX,
        dialect="gemini",
        address=_VERTEX_ADDRESS,
        brings_key=True,
        example='["vertex-gemini", {"project": "my-project", "location": "europe-west1"}]',
    ),
    KnownTransformer(
        name="vertex-claude",
        help="Claude on Google's Vertex AI, with Google's credentials.",
        options=_VERTEX,
        dialect="anthropic",
        address=_VERTEX_ADDRESS,
        brings_key=True,
        example='["vertex-claude", {"project": "my-project", "location": "global"}]',
    ),
    KnownTransformer(
        name="vertex-openai",
        help="Models of other makers on Vertex AI, by its address for Chat Completions.",
        options=_VERTEX,
        address=_VERTEX_ADDRESS,
        brings_key=True,
        example='["vertex-openai", {"project": "my-project"}]',
    ),
    KnownTransformer(
        name="bedrock-claude",
        help="Claude at Amazon Bedrock, with a Bedrock API key or Amazon's credentials.",
        options=(
            setting(
                "region",
                Kind.TEXT,
                "The region, if not that of the address.",
                example='"eu-west-1"',
            ),
            setting(
                "base_model",
                Kind.TEXT,
                "The model behind an ARN that does not name it.",
                example='"claude-sonnet-4-5"',
            ),
            setting(
                "profile",
                Kind.TEXT,
                "A profile of `~/.aws/credentials`, instead of the usual one.",
                example='"work"',
            ),
        ),
        dialect="anthropic",
        address="https://bedrock-runtime.us-east-1.amazonaws.com",
        hosts=r"bedrock-(runtime|mantle)\S*\.(amazonaws\.com(\.cn)?|api\.aws)",
        models=r"\banthropic\.claude-",
        brings_key=True,
        example='["bedrock-claude", {"region": "eu-west-1"}]',
    ),
)
KNOWN_TRANSFORMERS: Mapping[str, KnownTransformer] = {known.name: known for known in _ALL}


def transformer_for(url: str, models: Iterable[str]) -> str:
    """The transformer that the host of *url* wants for these models; empty when there is none."""
    host = urlsplit(url).hostname or ""
    wanted = (
        known.name
        for known in _ALL
        if known.hosts
        and re.fullmatch(known.hosts, host)
        and any(re.search(known.models, model) for model in models)
    )
    return next(wanted, "")


def asker_of(entry: Mapping[str, Any]) -> str:
    """The transformer of a provider's entry that makes addresses by itself; empty without one."""
    use = (entry.get("transformer") or {}).get("use") or ()
    names = (link if isinstance(link, str) else link[0] for link in use)
    known = (KNOWN_TRANSFORMERS.get(name) for name in names)
    return next((each.name for each in known if each and each.address and each.dialect), "")


def replaced_script(path: str) -> str:
    """The built-in transformer that stands for the JavaScript file *path*; empty for others.

    claude-code-router's users have such files from its README: `gemini-cli.js` and its like. They
    need its own request format, and none of their faults.
    """
    file = PurePath(path)
    name = file.stem.removesuffix("-transformer")
    known = KNOWN_TRANSFORMERS.get(name)
    is_script = file.suffix in {".js", ".cjs", ".mjs"}
    return name if is_script and known and known.replaces_script else ""
