"""Names with signs that nobody sees, in records that are shown: each sign gets a mark."""

from __future__ import annotations

from ccr_desktop.core.hidden_signs import visible


def show_hidden_signs(record: object, *members: str) -> None:
    """For `__post_init__` of a frozen record: *members* say what is seen of them."""
    for member in members:
        text = getattr(record, member)
        if (shown := visible(text)) != text:
            object.__setattr__(record, member, shown)
