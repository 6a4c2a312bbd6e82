"""The text of a SPARQL query: what kind of query it is, what it must not contain, and what is put into it.

It is taken apart into tokens and never parsed: the engine does that. Source: SPARQL 1.1 Query Language, section 19.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Final

from qualgraph.errors import QueryError
from qualgraph.namespaces import PREFIXES
from qualgraph.store.services import refuse_services
from qualgraph.store.tokens import Token, tokens

QUERY_FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATE_FORMS: Final = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
_PATTERN_OR_AFTER: Final = ("WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")
PROLOGUE: Final = ("BASE", "PREFIX", "VERSION")

_LONGEST_PROLOGUE: Final = 20_000  # tokens, before a query is taken for none
_ODD_SPACE = re.compile(r"[\r\x0b\x0c\x1c-\x1f]")
_ZERO_WIDTH = {ord(mark): None for mark in "\u200b\u2060\ufeff\u180e\u00ad"}
_LINE_ENDS = {ord(mark): "\n" for mark in "\u0085\u2028\u2029\x0b\x0c"}
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_NOT_IN_IRI = re.compile(r"[<>\"{}|^`\\\x00-\x20]")


@dataclass(frozen=True, kw_only=True)
class ReadQuery:
    """A query that may run: its normalised text, its form, and the order ``SELECT *`` shows variables in."""

    text: str
    form: str
    star: tuple[str, ...] | None


def normalised(text: str) -> str:
    """The query with pasted Unicode white space made plain, except inside strings, IRIs and comments."""
    if text.isascii() and not _ODD_SPACE.search(text):
        return text
    return "".join(_plain(token) for token in tokens(text))


def _plain(token: Token) -> str:
    if token.kind == "space":
        ends = token.text.replace("\r\n", "\n").replace("\r", "\n").translate(_LINE_ENDS)
        return "".join(mark if mark in "\n\t" else " " for mark in ends)
    if token.kind in ("string", "iri", "comment"):
        return token.text
    return token.text.translate(_ZERO_WIDTH)


def read_query(sparql: str, *, allow_service: bool | Collection[str] = False) -> ReadQuery:
    """A query that only reads; raises QueryError for an update, for SERVICE unless allowed, and for no query.

    ``allow_service`` allows it altogether, or for the endpoints of these IRIs and no other.
    """
    text = normalised(sparql)
    code = [token for token in tokens(text) if token.kind not in ("space", "comment")]
    form = _form(token.text for token in code if token.kind == "word")
    if any(token.kind == "mark" and token.text == "\\" for token in code):
        raise QueryError(
            "has a backslash outside strings and IRIs.", where="query", hint="Write the character itself."
        )
    if allow_service is not True:
        refuse_services(text, allowed=allow_service or ())
    return ReadQuery(text=text, form=form, star=_star(code))


def form_of(sparql: str) -> str:
    """The form of a query by its first words, without reading the rest; raises QueryError for what cannot be one."""
    pieces = islice(tokens(sparql.translate(_ZERO_WIDTH)), _LONGEST_PROLOGUE)
    return _form(token.text for token in pieces if token.kind == "word")


def _form(words: Iterable[str]) -> str:
    first = next((word.upper() for word in words if word.upper() not in PROLOGUE), None)
    if first in QUERY_FORMS:
        return first
    if first in UPDATE_FORMS:
        raise QueryError(
            f"is a SPARQL Update ({first}); only queries that read are taken.",
            where="query",
            hint="Use SELECT, ASK, CONSTRUCT or DESCRIBE.",
        )
    seen = f"starts with '{first[:30]}'" if first else "is empty"
    raise QueryError(
        f"{seen}, which is no SPARQL query.", where="query", hint=f"Start with {', '.join(QUERY_FORMS)}."
    )


def _star(code: list[Token]) -> tuple[str, ...] | None:
    """The variables in order of appearance if the outermost SELECT is ``SELECT *``."""
    words = [token.text.upper() for token in code]
    if "SELECT" not in words:
        return None
    after = words.index("SELECT") + 1
    after += words[after : after + 1] in (["DISTINCT"], ["REDUCED"])
    if words[after : after + 1] != ["*"]:
        return None
    return tuple(dict.fromkeys(token.text[1:] for token in code if token.kind == "variable"))


def with_dataset(sparql: str, default: Sequence[str], named: Sequence[str]) -> str:
    """The query put to these graphs, whatever its own FROM clauses say; itself where none are given.

    Raises QueryError for an IRI that is none. Source: SPARQL 1.1 Protocol, section 2.1.4.
    """
    clauses = dataset_clauses(default, named)
    if not clauses:
        return sparql
    pieces = _without_from(list(tokens(normalised(sparql))))
    at = _start_of_pattern(pieces)
    before, after = ("".join(token.text for token in part) for part in (pieces[:at], pieces[at:]))
    gap = " " if after else "\n"  # a comment may end the query
    return f"{before}{gap}{' '.join(clauses)} {after}"


def dataset_clauses(default: Sequence[str], named: Sequence[str]) -> list[str]:
    """FROM and FROM NAMED for these graphs, each once; raises QueryError for an IRI that is none."""
    try:
        clauses = [f"FROM {iri_text(iri)}" for iri in dict.fromkeys(default)]
        clauses += [f"FROM NAMED {iri_text(iri)}" for iri in dict.fromkeys(named)]
        relative = next((iri for iri in (*default, *named) if not _SCHEME.match(iri)), None)
        if relative is not None:
            raise ValueError(f"'{relative}' does not begin with a scheme such as https:")
    except ValueError as error:
        raise QueryError(f"names a graph that is no IRI: {error}.", where="query") from error
    return clauses


def _without_from(pieces: list[Token]) -> list[Token]:
    """The pieces without FROM clauses: FROM, perhaps NAMED, and the IRI or name after it."""
    kept: list[Token] = []
    waiting = False
    for token in pieces:
        word = token.text.upper() if token.kind == "word" else ""
        if word == "FROM" or (waiting and word == "NAMED"):
            waiting = True
        elif waiting and token.kind in ("iri", "name"):
            waiting = False
        else:
            kept.append(token)
    return kept


def _start_of_pattern(pieces: list[Token]) -> int:
    """Where the pattern of the outermost query begins, with its WHERE; where a DESCRIBE has none, where it would be."""
    form, depth, template = "", 0, False
    for at, token in enumerate(pieces):
        word = token.text.upper() if token.kind == "word" else ""
        if not form:
            form = word if word in QUERY_FORMS else ""
        elif depth == 0 and word in _PATTERN_OR_AFTER:
            return at
        elif token.kind == "mark" and token.text in "({[":
            if token.text == "{" and depth == 0:
                if form != "CONSTRUCT" or template:
                    return at
                template = True
            depth += 1
        elif token.kind == "mark" and token.text in ")}]":
            depth -= 1
    return len(pieces)


def with_known_prefixes(sparql: str) -> str:
    """The query with a PREFIX for each of qualgraph's own prefixes that it uses but does not declare.

    They go in front of the first line, so that line numbers in an engine's message stay right.
    """
    code = [token for token in tokens(normalised(sparql)) if token.kind not in ("space", "comment")]
    declared = _declared(code)
    used = {token.text.partition(":")[0] for token in code if token.kind == "name"}
    missing = sorted((used - declared) & PREFIXES.keys())
    return "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}> " for prefix in missing) + sparql


def syntax_error(query: str, told: str) -> QueryError:
    """What is wrong with a query that the engine cannot parse, from its ``error at line:column: ...``.

    A prefix that is used and not declared is named, since the engine only says where it stopped; of what it would
    have taken instead nothing is told, as it lists every character that could stand there.
    """
    undeclared = _undeclared(query)
    if undeclared and "Prefix not found" in told:
        return QueryError(
            f"is not valid SPARQL: the prefix {undeclared}: is not declared.",
            where="query",
            hint=f"Declare it in front: PREFIX {undeclared}: <http://example.org/>",
        )
    place = re.match(r"error at (\d+):(\d+)", told)
    if place is None:
        return QueryError(f"is not valid SPARQL: {told.splitlines()[0][:200]}.", where="query")
    line, column = int(place[1]), int(place[2])
    lines = query.splitlines()
    rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    said = f"from '{rest[:30]}' on" if rest else "to its end"
    return QueryError(
        f"is not valid SPARQL: it cannot be read {said}.", where=f"query, line {line}", hint=_looks_like(told)
    )


def _undeclared(query: str) -> str | None:
    """The first prefix that a query uses and does not declare."""
    code = [token for token in tokens(query) if token.kind not in ("space", "comment")]
    declared = _declared(code)
    used = (token.text.partition(":")[0] for token in code if token.kind == "name")
    return next((prefix for prefix in used if prefix not in declared), None)


def _looks_like(told: str) -> str:
    if "contains a variable that is unbound" in told:
        return (
            "Each variable that SELECT shows has to stand in GROUP BY or in an aggregate such as COUNT(?x)."
        )
    return "Look there and just before for a triple without its third part, a bracket or a quotation mark not closed."


def _declared(code: list[Token]) -> set[str]:
    return {
        after.text.partition(":")[0]
        for before, after in pairwise(code)
        if before.kind == "word" and before.text.upper() == "PREFIX"
    }


def quoted(value: str) -> str:
    """A SPARQL string literal for any text.

    A ``u`` after a backslash is written as an escape of its own: some engines expand ``\\uXXXX`` before they read
    strings, and would find one inside ``\\\\uXXXX``. A tab is escaped because some make spaces of it.
    """
    escaped = value.translate(_ESCAPES)
    return '"' + re.sub(r"(?<=\\)[uU]", lambda match: f"\\U{ord(match.group()):08X}", escaped) + '"'


def iri_text(value: str) -> str:
    """An IRI between angle brackets; raises ValueError where a character may not stand in one."""
    if _NOT_IN_IRI.search(value):
        raise ValueError(f"'{value}' has a character that an IRI may not have")
    return f"<{value}>"
