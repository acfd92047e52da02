"""The answers to a preset's questions: which are asked, what may be answered, what is missing."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.presets.manifest import Option
from ccr_desktop.core.presets.patterns import fits
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ccr_desktop.core.presets.manifest import Condition, Input, Manifest

_TRUE, _FALSE = {"true", "yes", "y", "1", "on"}, {"false", "no", "n", "0", "off"}


def holds(conditions: Iterable[Condition], answers: Mapping[str, Any]) -> bool:
    """Whether all conditions hold; a question without an answer only fails or `ne`, `nin`."""
    return all(_holds(condition, answers) for condition in conditions)


def options_of(entry: Input, manifest: Manifest, answers: Mapping[str, Any]) -> tuple[Option, ...]:
    """What a select offers: its own list, the preset's providers, or the models of one."""
    providers = manifest.parts.get("Providers")
    entries = [item for item in providers or [] if isinstance(item, dict)]
    if entry.options_from == "providers":
        return tuple(Option(str(item["name"]), item["name"]) for item in entries if "name" in item)
    if entry.options_from == "models":
        chosen = answers.get(entry.provider_field.removeprefix("#{").removesuffix("}"))
        models = next((item.get("models") for item in entries if item.get("name") == chosen), None)
        listed = models if isinstance(models, list) else []
        return tuple(Option(str(model), model) for model in listed)
    return entry.options


def read_answer(entry: Input, options: tuple[Option, ...], found: Any) -> Any:
    """The value that an answer, as text or as JSON, stands for. Raises `ClientError`."""
    match entry.kind:
        case "confirm":
            return _truth(entry, found)
        case "number":
            return _number(entry, found)
        case "select":
            return _chosen(entry, options, found)
        case "multiselect":
            items = found if isinstance(found, list) else str(found).split(",")
            texts = (item.strip() if isinstance(item, str) else item for item in items)
            return [_chosen(entry, options, item) for item in texts if item != ""]
        case _:
            return _text(entry, found)


def complete(manifest: Manifest, given: Mapping[str, Any]) -> tuple[dict[str, Any], list[Input]]:
    """Answers to all questions that apply, and the questions that still need one.

    What is *given* counts first, then the answers in the manifest, then defaults.
    """
    unknown = [name for name in given if name not in {entry.id for entry in manifest.inputs}]
    if unknown:
        known = ", ".join(entry.id for entry in manifest.inputs) or "nothing"
        hint = f"It asks for: {known}."
        raise ClientError(f"The preset {manifest.name} does not ask for {unknown[0]!r}", hint)
    answers: dict[str, Any] = {}
    missing: list[Input] = []
    for entry in manifest.inputs:
        if not holds(entry.when, answers):
            continue
        found = _first(given.get(entry.id), manifest.answers.get(entry.id), entry.default)
        if found is not None:
            answers[entry.id] = read_answer(entry, options_of(entry, manifest, answers), found)
        elif entry.is_required:
            missing.append(entry)
    return answers, missing


def patterns_to_look_for(
    manifest: Manifest, given: Mapping[str, Any]
) -> tuple[tuple[str, str], ...]:
    """Each pattern, and the answer that it is looked for in, which may take its time."""
    answers = (
        (entry, _first(given.get(entry.id), manifest.answers.get(entry.id), entry.default))
        for entry in manifest.inputs
        if entry.pattern
    )
    return tuple((entry.pattern, found) for entry, found in answers if isinstance(found, str))


def _first(*values: Any) -> Any:
    return next((value for value in values if value is not None and value != ""), None)


def _holds(condition: Condition, answers: Mapping[str, Any]) -> bool:
    found, wanted = answers.get(condition.field), condition.value
    match condition.operator:
        case "exists":
            is_there = found is not None and found != ""
            return is_there is (wanted is not False)
        case "eq":
            return bool(found == wanted)
        case "ne":
            return bool(found != wanted)
        case "in" | "nin":
            is_in = isinstance(wanted, list) and found in wanted
            return is_in is (condition.operator == "in")
        case operator:
            return _compares(operator, found, wanted)


def _compares(operator: str, found: Any, wanted: Any) -> bool:
    try:
        left, right = float(found), float(wanted)
    except (TypeError, ValueError, OverflowError):
        return False
    return {"gt": left > right, "lt": left < right, "gte": left >= right, "lte": left <= right}[
        operator
    ]


def _truth(entry: Input, found: Any) -> bool:
    if isinstance(found, bool):
        return found
    text = str(found).strip().lower()
    if text in _TRUE | _FALSE:
        return text in _TRUE
    raise _refusal(entry, "Answer yes or no.")


def _number(entry: Input, found: Any) -> int | float:
    try:
        number = float(found)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise _refusal(entry, "Answer with a number.")
    if entry.minimum is not None and number < entry.minimum:
        raise _refusal(entry, f"At least {entry.minimum:g} is allowed.")
    if entry.maximum is not None and number > entry.maximum:
        raise _refusal(entry, f"At most {entry.maximum:g} is allowed.")
    return int(number) if number.is_integer() else number


def _chosen(entry: Input, options: tuple[Option, ...], found: Any) -> Any:
    """The value of an option, named by its value or its label; anything where none are listed."""
    if not options:
        return found
    for option in options:
        if found in (option.value, option.label) or str(option.value) == str(found):
            return option.value
    allowed = ", ".join(str(option.value) for option in options)
    raise _refusal(entry, f"Allowed: {allowed}.")


def _text(entry: Input, found: Any) -> Any:
    if not isinstance(found, str) or not entry.pattern:
        return found
    try:
        is_right = fits(entry.pattern, found)
    except TimeoutError as exc:
        hint = f"Whether it matches {entry.pattern} takes too long to find out: try a shorter one."
        raise _refusal(entry, hint) from exc
    if not is_right:
        raise _refusal(entry, f"It must match {entry.pattern}.")
    return found


def _refusal(entry: Input, hint: str) -> ClientError:
    return ClientError(f"{entry.title} ({entry.id}): this answer can't be used", hint)
