"""Validating configurations by the JSON Schema."""

from functools import cache
from typing import Any

import jsonschema

from ccr_desktop.core.config.json_schema import config_schema


@cache
def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(config_schema())


def problems(raw: Any) -> list[str]:
    """The places that are wrong, as dotted paths."""
    found = validator().iter_errors(raw)
    return [".".join(map(str, error.absolute_path)) for error in found]
