"""SERVICE: whether a query may have a server ask another endpoint, which can be any machine that the server reaches.

An engine may see SERVICE where a lexer by the book sees none, since its parser knows what can come next: it reads
``1SERVICE<x>``, ``SERVICESILENT<x>`` and ``FILTER(?a<?b)SERVICE:x#>`` as calls. So a query in which the word occurs
anywhere is taken apart, and what could be a call is refused like one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from qualgraph.errors import QueryError
from qualgraph.store.tokens import Token, tokens

_WORD: Final = "SERVICE"
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_READ_ALIKE: Final = re.compile(r"(?:[^\\]|\\(?:[tbnrf\"'\\]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}))*", re.DOTALL)
_WEB: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_AMBIGUOUS: Final = re.compile(r"['#()]")


def refuse_services(text: str, *, allowed: Collection[str]) -> None:
    """Raise QueryError for a query that asks an endpoint by SERVICE, or could, other than those allowed."""
    expanded = _ESCAPE.sub(_character, text)  # which some engines do first of all
    for version in dict.fromkeys((text, expanded)):
        if _WORD in version.upper():
            for called in _calls(version):
                if called is None or called not in allowed:
                    raise _refused(called, allowed)


def _character(match: re.Match[str]) -> str:
    number = int(match[1] or match[2], 16)
    return chr(number) if number <= 0x10FFFF else match[0]


def _calls(text: str) -> Iterator[str | None]:
    """The endpoint of each call; None where it is a variable or a short name, and where a call may be hidden."""
    code = [token for token in tokens(text) if token.kind not in ("space", "comment")]
    for place, token in enumerate(code):
        if token.kind == "word" and token.text.upper() == _WORD:
            after = code[place + 1 : place + 3]
            if after and after[0].text.upper() == "SILENT":
                del after[0]
            yield after[0].text[1:-1] if after and after[0].kind == "iri" else None
        elif _may_hide_a_call(token):
            yield None


def _may_hide_a_call(token: Token) -> bool:
    """Whether an engine could end the token earlier, or see none, and find the word in it or after it."""
    if token.kind in ("word", "number", "blank"):
        return _WORD in token.text.upper()
    if token.kind == "name":
        return _WORD in token.text.partition(":")[0].upper()
    if token.kind == "string":
        return not _READ_ALIKE.fullmatch(token.text)
    return token.kind == "iri" and not _WEB.match(token.text) and bool(_AMBIGUOUS.search(token.text))


def _refused(called: str | None, allowed: Collection[str]) -> QueryError:
    if called is None and allowed:
        return QueryError(
            "may ask another endpoint through SERVICE, and does not name it plainly.",
            where="query",
            hint="Write SERVICE, a space and the whole IRI: "
            + " or ".join(f"SERVICE <{iri}>" for iri in sorted(allowed))
            + ". No prefix may have 'service' in it.",
        )
    if allowed:
        return QueryError(
            f"asks <{called}> through SERVICE, which is not allowed here.",
            where="query",
            hint=f"Query that endpoint directly. Allowed are: {', '.join(sorted(allowed))}.",
        )
    return QueryError(
        "asks another endpoint through SERVICE, which is not allowed here.",
        where="query",
        hint="Query that endpoint directly; whoever runs this can allow it with --allow-service "
        "(in Python allow_service=True).",
    )
