"""What the Gemini API refuses, as far as its documentation and its package's types tell.

Written apart from the encoder. Sources: https://ai.google.dev/api/generate-content, the strict
models of `google.genai.types`, and https://ai.google.dev/gemini-api/docs/thought-signatures.
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from google.genai import types
from pydantic import TypeAdapter, ValidationError

JsonObject = dict[str, Any]

SENTINEL = "skip_thought_signature_validator"
_NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}")
_MEDIA = {
    "image/png", "image/jpeg", "image/webp", "image/heic", "image/heif", "application/pdf",
}  # fmt: skip
_MEMBERS: dict[str, TypeAdapter[Any]] = {
    "contents": TypeAdapter(list[types.Content]),
    "systemInstruction": TypeAdapter(types.Content),
    "tools": TypeAdapter(list[types.Tool]),
    "toolConfig": TypeAdapter(types.ToolConfig),
    "generationConfig": TypeAdapter(types.GenerationConfig),
}
# The members of the API's Schema; the package knows some more, which only Vertex AI takes.
_SCHEMA = {
    "type", "format", "title", "description", "nullable", "enum", "items", "properties", "required",
    "propertyOrdering", "anyOf", "default", "example", "minItems", "maxItems", "minLength",
    "maxLength", "minProperties", "maxProperties", "minimum", "maximum", "pattern",
}  # fmt: skip
_TYPES = {"STRING", "NUMBER", "INTEGER", "BOOLEAN", "ARRAY", "OBJECT"}
_FORMATS = {"date-time", "enum", "int32", "int64", "float", "double"}
_LEVELS = {"MINIMAL", "LOW", "MEDIUM", "HIGH"}


def refusal(body: JsonObject, model: str) -> str | None:
    """Why the API refuses a request, or None."""
    return next(_complaints(body, model), None)


def _complaints(body: JsonObject, model: str) -> Iterator[str]:
    yield from _unknown(body)
    is_new = re.search(r"gemini-3", model) is not None
    yield from _roles(body["contents"])
    for before, content in zip([{}, *body["contents"]], body["contents"], strict=False):
        yield from _parts(content, is_new=is_new)
        yield from _pairing(before, content)
        if is_new:
            yield from _signatures(content)
    yield from _tools(body)
    yield from _config(body, is_new=is_new)


def _unknown(body: JsonObject) -> Iterator[str]:
    for name, value in body.items():
        if name not in _MEMBERS:
            yield f'Invalid JSON payload received. Unknown name "{name}": Cannot find field.'
            continue
        try:
            _MEMBERS[name].validate_json(json.dumps(value))
        except ValidationError as exc:
            yield f"Invalid JSON payload received at {name}: {exc.errors()[0]}"


# -- contents ----------------------------------------------------------------------------------


def _roles(contents: Sequence[JsonObject]) -> Iterator[str]:
    roles = [content.get("role") for content in contents]
    if roles != [("user", "model")[at % 2] for at in range(len(roles))] or roles[-1:] != ["user"]:
        yield f"Please ensure that roles alternate and end with the user: {roles}"


def _parts(content: JsonObject, *, is_new: bool) -> Iterator[str]:
    if not content["parts"]:
        yield "contents.parts must not be empty."
    for part in content["parts"]:
        held = part.keys() - {"thought", "thoughtSignature"}
        if len(held) != 1:
            yield f"oneof field 'data' must have one initialized field, has {held}"
        if "text" in part and not part["text"].strip() and "thoughtSignature" not in part:
            yield "Unable to submit request because it must have a text parameter."
        if media := part.get("inlineData") or part.get("fileData"):
            yield from _media(media)
        if response := part.get("functionResponse"):
            yield from _response(response, is_new=is_new)


def _media(media: JsonObject) -> Iterator[str]:
    if media.get("mimeType") not in _MEDIA:
        yield f"Unsupported MIME type: {media.get('mimeType')}"
    if not str(media.get("fileUri", "gs://")).startswith(("gs://", "https://storage.googleapis.")):
        yield "Cannot fetch content from the provided URL."
    if str(media.get("data")).startswith("data:"):
        yield "Base64 decoding failed."


def _response(response: JsonObject, *, is_new: bool) -> Iterator[str]:
    if not isinstance(response.get("response"), dict):
        yield "function_response.response: a Struct is required."
    for part in response.get("parts", ()):
        if not is_new:
            yield "Unknown name \"parts\" at 'function_response': multimodal is not supported."
        yield from _media(part["inlineData"])


def _pairing(before: JsonObject, content: JsonObject) -> Iterator[str]:
    called = [p["functionCall"] for p in before.get("parts", ()) if "functionCall" in p]
    answered = [p.get("functionResponse") for p in content["parts"]]
    given = [response for response in answered if response]
    if [c["name"] for c in called] != [r["name"] for r in given] or not all(answered[: len(given)]):
        yield (
            "Please ensure that the number of function response parts is equal to the number of"
            " function call parts of the function call turn."
        )
    if [c.get("id") for c in called] != [r.get("id") for r in given]:
        yield "The ids of function responses must be those of the calls."


def _signatures(content: JsonObject) -> Iterator[str]:
    calls = [part for part in content["parts"] if "functionCall" in part]
    if calls and "thoughtSignature" not in calls[0]:
        yield "Function call is missing a thought_signature in functionCall parts."
    if content["role"] == "user" and any("thoughtSignature" in p for p in content["parts"]):
        yield "A thought_signature is only allowed in parts of the model."


# -- tools and configuration -------------------------------------------------------------------


def _tools(body: JsonObject) -> Iterator[str]:
    tools = body.get("tools", [])
    declared = [d for tool in tools for d in tool.get("functionDeclarations", ())]
    if declared and any("googleSearch" in tool for tool in tools):
        yield "Tool use with function calling is unsupported"
    names = [declaration["name"] for declaration in declared]
    if len(set(names)) != len(names):
        yield f"Duplicate function declaration found: {names}"
    for declaration in declared:
        if not _NAME.fullmatch(declaration["name"]):
            yield f"Invalid function name: {declaration['name']}"
        if "parameters" in declaration:
            yield from schema_complaints(declaration["parameters"], declaration["name"])
            if not declaration["parameters"].get("properties"):
                yield "parameters.properties: should be non-empty for OBJECT type"
    config = body.get("toolConfig", {}).get("functionCallingConfig", {})
    if config and not declared:
        yield "Function calling config is set without function_declarations."
    allowed = config.get("allowedFunctionNames")
    if allowed and (config["mode"] != "ANY" or not set(allowed) <= set(names)):
        yield "allowed_function_names should only be set when the mode is ANY."


def schema_complaints(schema: JsonObject, at: str = "") -> Iterator[str]:
    """What the API refuses in a `Schema`."""
    if unknown := schema.keys() - _SCHEMA:
        yield f'Invalid JSON payload received. Unknown name "{min(unknown)}" at {at}'
    if "anyOf" in schema:
        if len(schema) > 1:
            yield f"{at}: when using any_of, it must be the only field set."
        for branch in schema["anyOf"]:
            yield from schema_complaints(branch, f"{at}.any_of")
        return
    yield from _value_complaints(schema, at)
    if schema.get("type") == "ARRAY" and "items" not in schema:
        yield f"{at}.items: missing field."
    properties = schema.get("properties", {})
    if not set(schema.get("required", ())) <= properties.keys():
        yield f"{at}.required: property is not defined"
    for name, inner in properties.items():
        yield from schema_complaints(inner, f"{at}.properties[{name}]")
    if "items" in schema:
        yield from schema_complaints(schema["items"], f"{at}.items")


def _value_complaints(schema: JsonObject, at: str) -> Iterator[str]:
    kind, values = schema.get("type"), schema.get("enum", ["x"])
    if kind not in _TYPES:
        yield f"{at} didn't specify the schema type field: {kind}"
    if not values or (kind != "STRING" and "enum" in schema) or not all(values):
        yield f"{at}.enum: only allowed for STRING type, not empty"
    if schema.get("format", "enum") not in _FORMATS:
        yield f"{at}.format: only 'enum' and 'date-time' are supported for STRING type"


def _config(body: JsonObject, *, is_new: bool) -> Iterator[str]:
    config = body.get("generationConfig", {})
    thinking = config.get("thinkingConfig", {})
    if {"thinkingLevel", "thinkingBudget"} <= thinking.keys():
        yield "You can only set only one of thinking budget and thinking level."
    if "thinkingLevel" in thinking and not (is_new and thinking["thinkingLevel"] in _LEVELS):
        yield f"Thinking level {thinking['thinkingLevel']} is not supported for this model."
    if len(config.get("stopSequences", ())) > 5:
        yield "stop_sequences: at most 5"
    if config.get("maxOutputTokens", 1) > 65_536 or config.get("maxOutputTokens", 1) < 1:
        yield "max_output_tokens must be in the range [1, 65537)"
    has_format = config.get("responseMimeType") == "application/json"
    if has_format and body.get("tools") and not is_new:
        yield "Function calling with a response mime type: 'application/json' is unsupported"
