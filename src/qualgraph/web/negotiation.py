"""Which of the ways to write an answer a client wants. Source: RFC 9110, section 12.5.1."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import mimeparse

from qualgraph.pages.media import Media


def wanted(accept: Sequence[str], offered: Iterable[Media]) -> Media | None:
    """Which of the ways that are offered, the best first, a client's Accept headers ask for; None for none of them.

    No header, or an empty one, asks for anything. A range that cannot be read is passed over.
    """
    choices = list(offered)
    header = ", ".join(part for line in accept for part in line.lower().split(",") if _is_range(part))
    if not header:
        return choices[0] if not any(line.strip() for line in accept) else None
    types: dict[str, Media] = {}
    for media in choices:
        types.setdefault(media.type, media)
    for media in choices:
        for other in media.others:
            types.setdefault(other, media)
    best = mimeparse.best_match(list(reversed(types)), header)
    return types.get(best)


def _is_range(part: str) -> bool:
    try:
        kind, subtype, _ = mimeparse.parse_media_range(part.strip())
    except mimeparse.MimeTypeParseException:
        return False
    return bool(kind and subtype)


def by_ending(ending: str, offered: Iterable[Media]) -> Media | None:
    """The way with this ending of file names; ``json`` is the JSON of whatever is offered."""
    choices = list(offered)
    exact = next((media for media in choices if media.ending == ending), None)
    asked = {"json": "application/json", "xml": "application/xml"}.get(ending)
    return exact or next((media for media in choices if asked in (media.type, *media.others)), None)
