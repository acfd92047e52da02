"""Amazon's access keys, from where its own programs find them. Nothing is written there.

Source: https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ccr_desktop import paths
from ccr_desktop.core.regular_files import open_regular
from ccr_desktop.errors import CredentialError

_TITLE = "There are no credentials for Amazon Bedrock"
_REMEDY = (
    "Give the provider a Bedrock API key, or set AWS_BEARER_TOKEN_BEDROCK, or AWS_ACCESS_KEY_ID "
    "and AWS_SECRET_ACCESS_KEY."
)
_NAMES = ("aws_access_key_id", "aws_secret_access_key", "aws_session_token")


@dataclass(frozen=True, slots=True)
class AwsKeys:
    """What requests are signed with."""

    access_key: str
    secret_key: str = field(repr=False)
    session_token: str = field(default="", repr=False)


def find_keys(profile: str = "") -> AwsKeys:
    """The keys of the environment, or those of a profile, if one is named. May block."""
    found = None if profile else _of(os.environ, str.upper)
    if found:
        return found
    return _of_profile(profile or os.environ.get("AWS_PROFILE") or "default")


def _of_profile(name: str) -> AwsKeys:
    import configparser  # noqa: PLC0415  # only for who has no key

    path = paths.expanded(os.environ.get("AWS_SHARED_CREDENTIALS_FILE") or "~/.aws/credentials")
    parser = configparser.ConfigParser(interpolation=None, default_section="", strict=False)
    try:
        with open_regular(path) as file:
            parser.read_string(file.read().decode("utf-8-sig"))
    except FileNotFoundError as exc:
        raise CredentialError(_TITLE, _REMEDY) from exc
    except (OSError, ValueError, configparser.Error) as exc:
        raise CredentialError(_TITLE, f"{path} can't be read. {_REMEDY}") from exc
    keys = _of(parser[name], str.lower) if parser.has_section(name) else None
    if keys is None:
        told = f"The profile {name!r} in {path} has no access key. {_REMEDY}"
        raise CredentialError(_TITLE, told)
    return keys


def _of(values: Mapping[str, str], spelled: Callable[[str], str]) -> AwsKeys | None:
    access, secret, token = (values.get(spelled(name)) or "" for name in _NAMES)
    return AwsKeys(access, secret, token) if access and secret else None
