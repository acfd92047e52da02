"""From the text of `config.json` to a `Config`, with all problems collected on the way."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.addresses import is_ourselves, read_common_proxy
from ccr_desktop.core.config.client_keys import read_client_keys
from ccr_desktop.core.config.defaults import demo_config
from ccr_desktop.core.config.desktop_settings import read_desktop
from ccr_desktop.core.config.failover import read_failover
from ccr_desktop.core.config.fields import is_unresolved, read_setting, whole_number
from ccr_desktop.core.config.files import read_bytes
from ccr_desktop.core.config.hidden_names import note_hidden_signs
from ccr_desktop.core.config.interpolation import interpolate, look_up
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.legacy import (
    OF_CLAUDE_CODE_ROUTER,
    note_without_effect,
    own_place,
    with_legacy_provider,
)
from ccr_desktop.core.config.providers import (
    addresses_of,
    doubled_names,
    names_of_broken,
    read_providers,
)
from ccr_desktop.core.config.router import read_routing
from ccr_desktop.core.config.routes import RouteReader
from ccr_desktop.core.config.rules import refuse_hidden_prohibitions
from ccr_desktop.core.config.schema import DEFAULT_HOST, Config
from ccr_desktop.core.config.setting import Kind
from ccr_desktop.core.config.settings import BY_KEY, SETTINGS, keys_of
from ccr_desktop.core.config.spelling import nearest, note_unknown_keys, unknown_keys
from ccr_desktop.core.config.stand_ins import only_keys_of
from ccr_desktop.core.config.status_line import check_status_line
from ccr_desktop.core.config.syntax import parse
from ccr_desktop.core.config.user_files import UserFiles
from ccr_desktop.core.providers.catalog import LOOPBACK
from ccr_desktop.core.secrets import Secrets
from ccr_desktop.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from ccr_desktop.core.config.stand_ins import KeySource
    from ccr_desktop.core.protocol.json import JsonObject

_HOLDING_RULES = ("Router", "routeSets", "rules")


def load_config(
    path: Path | None,
    environment: Mapping[str, str] | None = None,
    *,
    keys_of: Collection[str] | None = None,
) -> Config:
    """The configuration in *path*, or the built-in defaults when there is no file.

    With *keys_of* only stored keys that these settings refer to are read, and those of providers
    taken for present: no store is asked, and nobody has to unlock one.

    Raises `ConfigError` with every problem when the file can't be used at all; problems that
    leave the rest working are in `Config.issues`.
    """
    environment = os.environ if environment is None else environment
    if path is None:
        return read_config({}, None, environment)
    return read_bytes_of_config(read_bytes(path), path, environment, keys_of=keys_of)


def read_bytes_of_config(
    data: bytes,
    path: Path,
    environment: Mapping[str, str],
    *,
    secrets: KeySource | None = None,
    keys_of: Collection[str] | None = None,
    overrides: Mapping[str, Any] | None = None,
) -> Config:
    """The configuration that the text *data* of the file *path* describes."""
    issues: list[Issue] = []
    raw = parse(data, path, issues)
    if keys_of is not None:
        secrets = only_keys_of(raw, keys_of, secrets or Secrets())
    return read_config(raw, path, environment, secrets=secrets, noted=issues, overrides=overrides)


def read_config(
    raw: JsonObject,
    path: Path | None,
    environment: Mapping[str, str],
    *,
    secrets: KeySource | None = None,
    noted: Sequence[Issue] = (),
    overrides: Mapping[str, Any] | None = None,
) -> Config:
    """The configuration that the parsed file *raw* describes.

    *secrets* answers `keyring:` references (the store in use when None); *noted* is
    what was found wrong in the text before; *overrides* are members of `Config` that win.
    """
    issues = list(noted)
    values = interpolate(raw, environment, issues)
    values = look_up(values, secrets or Secrets(), issues)
    unresolved = issues[len(noted) :]
    _note_unknown(values, issues)
    _note_double(values, issues)
    members = {
        setting.member: read_setting(setting, values, issues, environment)
        for setting in SETTINGS
        if setting.member
    }
    members |= _files(values, members, path, issues)
    members |= _upstreams(values, raw, issues)
    members["client_keys"] = read_client_keys(values.get("ClientKeys"), members["api_key"], issues)
    members["failover"] = read_failover(values.get("Failover"), issues)
    members["port"] = _service_port(environment, issues) or members["port"]
    members["proxy_url"] = read_common_proxy(members["proxy_url"], _proxy_key(values), issues)
    note_hidden_signs(raw, issues)
    config = Config(source=path, raw=raw, **{**members, **(overrides or {})})
    config = safe_host(_without_loops(config, values, issues))
    issues = _without_consequences(issues, unresolved)
    if any(issue.severity == "error" for issue in issues):
        ordered = sorted(issues, key=lambda issue: issue.severity)
        raise ConfigError(str(path or "(no file)"), ordered, readable=config)
    return replace(config, issues=(*issues, *config.issues))


def built_in_config(environment: Mapping[str, str], overrides: Mapping[str, Any]) -> Config:
    """What counts where nothing can be read, also when a variable is wrong besides."""
    try:
        return read_config({}, None, environment, overrides=overrides)
    except ConfigError as exc:
        return exc.readable or read_config({}, None, {}, overrides=overrides)


def _without_consequences(issues: list[Issue], unresolved: list[Issue]) -> list[Issue]:
    """*issues* without those that come from others, as from a reference with nothing behind it.

    What they come from is the problem, and as bad as what follows from it.
    """
    places = {issue.where for issue in unresolved}
    causes = {issue.where for issue in issues if not issue.follows}
    follow = [
        issue
        for issue in issues
        if (issue.where in places and issue not in unresolved)
        or (issue.follows and issue.follows in causes)
    ]
    bad = {issue.follows or issue.where for issue in follow if issue.severity == "error"}
    return [
        replace(issue, severity="error") if issue.where in bad else issue
        for issue in issues
        if issue not in follow
    ]


def _note_unknown(values: JsonObject, issues: list[Issue]) -> None:
    """A custom router may read keys of its own, so with one only likely misspellings count."""
    note_without_effect(values, issues)
    known = (*keys_of(), *OF_CLAUDE_CODE_ROUTER)
    meant = [key for key in unknown_keys(values, known) if nearest(key, _HOLDING_RULES)]
    kept = refuse_hidden_prohibitions({key: values[key] for key in meant}, known, "", issues)
    values = {key: value for key, value in values.items() if key in kept or key not in meant}
    of_router = {*keys_of("Router")} - {*known}
    misplaced = [key for key in values if key in of_router]
    found = {key: value for key, value in values.items() if key not in misplaced}
    if not values.get("CUSTOM_ROUTER_PATH"):
        hint = "It belongs into Router. Here it is kept, but has no effect."
        problem = "there is no such setting at this place."
        issues.extend(Issue(key, problem, hint, "warning") for key in misplaced)
    else:
        found = {key: value for key, value in values.items() if nearest(key, known)}
    note_unknown_keys(found, known, "", issues)


def _note_double(values: JsonObject, issues: list[Issue]) -> None:
    """Of several spellings of one setting only the first that has a value counts."""
    for setting in SETTINGS:
        if not setting.synonyms or "." in setting.key:
            continue
        first, *others = [name for name in setting.spellings if values.get(name)] or [""]
        for name in others:
            if values[name] != values[first]:
                problem = f"has no effect beside {first}."
                issues.append(Issue(name, problem, "Keep one of them.", "warning"))


def _files(
    values: JsonObject, members: JsonObject, path: Path | None, issues: list[Issue]
) -> JsonObject:
    files = UserFiles(path.parent.absolute() if path else Path.home(), issues)
    by_setting = {setting.member: setting for setting in SETTINGS if setting.kind is Kind.PATH}
    check_status_line(members["status_line"], files)
    return {
        **{
            name: files.path(members[name], by_setting[name].key)
            for name in by_setting
            if name != "ca_file"
        },
        "ca_file": files.certificates(members["ca_file"], "CA_FILE"),
        "claude_path": files.program(members["claude_path"], "CLAUDE_PATH"),
        "plugins": files.plugins(values.get("transformers")),
        "shows_token_speed": files.shows_token_speed(values),
    }


def _upstreams(values: JsonObject, raw: JsonObject, issues: list[Issue]) -> JsonObject:
    """Providers and routes, or the demo provider where there are none of either."""
    own_values, before = values, len(issues)
    values = with_legacy_provider(values, issues)
    providers = read_providers(values, issues)
    broken, doubled = names_of_broken(values, providers), doubled_names(values)
    reader = RouteReader(
        providers, issues, broken, doubled, has_plugins=bool(values.get("transformers"))
    )
    routing = read_routing(values, reader)
    router = routing.router
    desktop = read_desktop(values.get("Desktop"), reader)
    issues[before:] = [own_place(issue, own_values) for issue in issues[before:]]
    is_demo = not providers and not raw.get("Router")
    if is_demo:
        providers, router = demo_config()
    return {
        "is_demo": is_demo,
        "providers": providers,
        "router": router,
        "route_sets": routing.route_sets,
        "route_set": routing.route_set,
        "projects": routing.projects,
        "desktop": desktop,
    }


def _proxy_key(values: Mapping[str, Any]) -> str:
    setting = BY_KEY["PROXY_URL"]
    return next((key for key in setting.spellings if values.get(key)), setting.key)


def _without_loops(config: Config, values: JsonObject, issues: list[Issue]) -> Config:
    """*config* without a proxy that is the router itself; a provider that is, is reported."""
    here = f"the router itself listens there ({config.host}:{config.port})."
    for where, url in addresses_of(values):
        if is_ourselves(url, config.host, config.port):
            hint = "Requests would go round for ever: give the provider's own address."
            issues.append(Issue(where, here, hint, "warning"))
    if not is_ourselves(config.proxy_url, config.host, config.port):
        return config
    hint = "It is left out. Remove it: Claude Code finds the router without it."
    issues.append(Issue(_proxy_key(config.raw), here, hint, "warning"))
    return replace(config, proxy_url="")


def _service_port(environment: Mapping[str, str], issues: list[Issue]) -> int | None:
    value = environment.get("SERVICE_PORT")
    if not value:
        return None
    port = whole_number(value)
    if port is not None and 0 < port < 65536:
        return port
    issues.append(Issue("SERVICE_PORT", f"found {value!r}.", "A port from 1 to 65535 is allowed."))
    return None


def safe_host(config: Config) -> Config:
    """*config* without an address that is open to others while there is no key.

    Another address than loopback needs APIKEY: without one nobody else may listen in.
    """
    has_key = config.api_key and not is_unresolved(config.api_key)
    if config.host in LOOPBACK or has_key:
        return config
    problem = f"{config.host} is open to other machines and there is no APIKEY: using 127.0.0.1."
    issue = Issue("HOST", problem, "Set APIKEY to listen there.", "warning")
    return replace(config, host=DEFAULT_HOST, issues=(*config.issues, issue))
