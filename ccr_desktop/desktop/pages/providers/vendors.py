"""Whose key a text looks like, judged by the beginnings that vendors give their keys."""

from __future__ import annotations

from ccr_desktop.core.setup.templates import Template, templates


def vendor_of(key: str) -> Template | None:
    """The vendor whose keys begin like this one; the longest beginning counts."""
    fits = [
        (len(start), template)
        for template in templates().values()
        for start in template.key_starts
        if key.startswith(start)
    ]
    return max(fits, key=lambda fit: fit[0])[1] if fits else None


def other_vendor(key: str, own: Template | None, url: str) -> Template | None:
    """The vendor that *key* seems to be of, when that is not the one with this address.

    Aggregators and others whose keys have no usual beginning can't be told apart from a mistake
    where the key is of a vendor with one.
    """
    found = vendor_of(key)
    if found is None or (own is not None and key.startswith(own.key_starts or ("\0",))):
        return None
    same_id = own is not None and own.id.partition("-")[0] == found.id.partition("-")[0]
    return None if same_id or _host(url) == _host(found.url) else found


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0]
