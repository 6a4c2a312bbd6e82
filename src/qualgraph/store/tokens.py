"""The tokens of a SPARQL query.

This is a lexer, not a parser: it knows strings, IRIs, comments, names and variables apart, which is what is needed
to change or refuse a part of a query without touching what only looks like it.
Source: SPARQL 1.1 Query Language, section 19 (grammar), terminals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LONGEST_PREFIX = 200  # so that a text of words and dots is not read anew from each word on
_ESCAPED_LOCAL = r"\\[_~.\-!$&'()*+,;=/?#@%]"
_TOKEN = re.compile(
    rf"""
      (?P<space>\s+)
    | (?P<comment>\#[^\n\r]*)
    | (?P<string>\"\"\"(?:\"{{0,2}}(?:[^\"\\]|\\.))*+\"\"\"
               | '''(?:'{{0,2}}(?:[^'\\]|\\.))*+'''
               | \"(?:[^\"\\\n\r]|\\.)*+\"
               | '(?:[^'\\\n\r]|\\.)*+')
    | (?P<iri><[^<>"{{}}|^`\\\x00-\x20]*+(?:\\[uU][0-9A-Fa-f]++[^<>"{{}}|^`\\\x00-\x20]*+)*+>)
    | (?P<blank>_:[\w][\w\-.]*)
    | (?P<variable>[?$]\w[\w\u00B7]*)
    | (?P<name>(?:[^\W\d_][\w\-.]{{0,{_LONGEST_PREFIX}}}+(?<!\.))?:(?:[\w:\-.%]|{_ESCAPED_LOCAL})*)
    | (?P<word>[^\W\d]\w*)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<number>\d[\w.]*)
    | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Token:
    """A piece of query text: its kind (a group of the lexer) and exact characters."""

    kind: str
    text: str


def tokens(text: str) -> Iterator[Token]:
    """The pieces of a query, in order and without gaps: joining their texts gives the query back."""
    for match in _TOKEN.finditer(text):
        yield Token(kind=str(match.lastgroup), text=match.group())
