"""Everything that plugins may use. docs/writing-plugins.md begins with a working one.

A transformer is a class with a `name` and some of the hooks `request`, `upstream_request`,
`upstream_call` and `open`; a custom router is a function `route(request, config)`. What is in
`__all__` stays compatible within a major version.
"""

from __future__ import annotations

from ccr_desktop.core.dialects.base import UpstreamCall
from ccr_desktop.core.protocol.deltas import (
    Alive,
    BlockEnd,
    CarrierDelta,
    CitationDelta,
    Delta,
    ErrorDelta,
    Finish,
    RefusalDelta,
    ResultDelta,
    TextDelta,
    ThinkingDelta,
    ToolDelta,
    ToolEnd,
    Usage,
    UsageDelta,
)
from ccr_desktop.core.protocol.failures import Failure
from ccr_desktop.core.protocol.json import JsonObject
from ccr_desktop.core.protocol.messages import blocks, system_texts, texts
from ccr_desktop.core.routing.custom import RouterRequest
from ccr_desktop.core.transformers.base import DeltaFilter, ProviderInfo, TransformContext
from ccr_desktop.core.transformers.options import Option
from ccr_desktop.errors import ClientError

__all__ = [
    "Alive",
    "BlockEnd",
    "CarrierDelta",
    "CitationDelta",
    "ClientError",
    "Delta",
    "DeltaFilter",
    "ErrorDelta",
    "Failure",
    "Finish",
    "JsonObject",
    "Option",
    "ProviderInfo",
    "RefusalDelta",
    "ResultDelta",
    "RouterRequest",
    "TextDelta",
    "ThinkingDelta",
    "ToolDelta",
    "ToolEnd",
    "TransformContext",
    "UpstreamCall",
    "Usage",
    "UsageDelta",
    "blocks",
    "system_texts",
    "texts",
]
