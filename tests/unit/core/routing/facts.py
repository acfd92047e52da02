"""Short ways to a configuration and to a request's facts."""

from typing import Any

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.config.schema import Config
from ccr_desktop.core.routing.turn import RequestFacts

JsonObject = dict[str, Any]

ROUTES: JsonObject = {
    "default": "main,base",
    "background": "main,small",
    "think": "main,think",
    "longContext": "main,long",
    "webSearch": "main,search",
}
PROVIDERS = [
    {"name": "main", "api_base_url": "https://main.test/v1", "api_key": "k", "models": ["base"]},
    {
        "name": "Other",
        "api_base_url": "https://o.test/v1",
        "api_key": "k",
        "models": ["A/b", "x,y"],
    },
    {"name": "a", "api_base_url": "https://a.test/v1", "api_key": "k", "models": ["m"]},
    {"name": "a-b", "api_base_url": "https://ab.test/v1", "api_key": "k", "models": ["m"]},
]


def config(**routes: Any) -> Config:
    """The providers above with the routes above; a route set to None is left out."""
    router = {key: value for key, value in {**ROUTES, **routes}.items() if value is not None}
    return read_config({"Providers": PROVIDERS, "Router": router}, None, {})


def described(**members: Any) -> Config:
    """The providers above with whatever else the file says."""
    return read_config({"Providers": PROVIDERS, "Router": ROUTES, **members}, None, {})


def body(model: str = "claude-opus-5-5", words: str = "hi", **members: Any) -> JsonObject:
    return {"model": model, "messages": [{"role": "user", "content": words}], **members}


def facts(
    request: JsonObject | None = None, headers: dict[str, str] | None = None, **members: Any
) -> RequestFacts:
    return RequestFacts(request or body(), headers or {}, **members)
