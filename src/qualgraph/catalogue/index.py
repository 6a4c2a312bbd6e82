"""The catalogue: every question that has a query file, found by name."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from qualgraph.assets import asset_folder
from qualgraph.catalogue.bind import TYPES, bound, check_placement, term_text, terms_for, usage, writer_of
from qualgraph.catalogue.header import RULE_KEYS, Column, Each, Header, Parameter, Severity, parse_header
from qualgraph.errors import ParameterError, QueryError, UnknownQueryError
from qualgraph.rdf import Term
from qualgraph.store.sparql import read_query, with_known_prefixes
from qualgraph.store.tokens import Token, tokens

RULES_FOLDER: Final = "derive"
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True, kw_only=True)
class Query:
    """A question of the catalogue. ``folder`` is its subject, ``form`` SELECT, ASK, CONSTRUCT or DESCRIBE.

    ``columns`` are those of the table in their order; only a SELECT has any. ``severity`` is that of each row of an
    answer about faults; None for any other question.
    """

    name: str
    folder: str
    path: Path
    title: str
    question: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    source: tuple[str, ...]
    order: str
    severity: Severity | None
    tags: tuple[str, ...]
    form: str
    text: str

    def sparql(self, values: Mapping[str, object] | None = None) -> str:
        """The query with these values in it, ready to run anywhere; raises ParameterError."""
        return bound(self.text, terms_for(self.name, self.parameters, values or {}))

    @property
    def usage(self) -> str:
        """What it takes, with examples, in one sentence."""
        return usage(self.name, self.parameters)

    @property
    def example(self) -> dict[str, str]:
        """A value for each parameter that must be given."""
        return {each.name: each.example for each in self.parameters if each.required}

    def as_dict(self) -> dict[str, object]:
        """The header as plain data, as ``qualgraph queries --json`` prints it."""
        return {
            "name": self.name,
            "folder": self.folder,
            "title": self.title,
            "question": self.question,
            "form": self.form,
            "parameters": [
                {
                    "name": each.name,
                    "type": each.type,
                    "required": each.required,
                    "default": each.default,
                    "example": each.example,
                    "description": each.description,
                }
                for each in self.parameters
            ],
            "columns": [{"name": each.name, "description": each.description} for each in self.columns],
            "source": list(self.source),
            "order": self.order,
            "severity": self.severity.value if self.severity else None,
            "tags": list(self.tags),
        }


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A CONSTRUCT that derives triples: ``derives`` names the properties it makes.

    A rule with ``each`` gives the same triples when it is asked of all things at once and of some at a time: what it
    says of one of them follows from nothing that is said of another.
    """

    name: str
    path: Path
    title: str
    derives: tuple[str, ...]
    source: tuple[str, ...]
    each: tuple[Each, ...]
    text: str

    def asked_of(self, variable: str, things: Iterable[Term]) -> str:
        """The rule, asked of these things only: they stand where the text has the comment ``# each ?variable``."""
        values = f"VALUES {variable} {{ {' '.join(map(str, things))} }}\n"
        return self.text.replace(_marker(variable), values)


def everything(each: Each) -> str:
    """The query that finds what a rule is to be asked of; it may give a thing more than once."""
    return with_known_prefixes(f"SELECT {each.variable} WHERE {{ {each.pattern} }}")


def _marker(variable: str) -> str:
    return f"# each {variable}\n"


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """All queries, by folder and name."""

    queries: tuple[Query, ...]

    def __iter__(self) -> Iterator[Query]:
        return iter(self.queries)

    def __len__(self) -> int:
        return len(self.queries)

    def __contains__(self, name: object) -> bool:
        return any(query.name == name for query in self.queries)

    def __getitem__(self, name: str) -> Query:
        """The query of this name; raises UnknownQueryError that suggests names like it."""
        for query in self.queries:
            if query.name == name:
                return query
        near = difflib.get_close_matches(name.strip().lower(), [query.name for query in self.queries])
        hint = f"Did you mean {' or '.join(near)}?" if near else "'qualgraph queries' lists them."
        raise UnknownQueryError(f"the catalogue has no query '{name}'.", hint=hint)


def discover(folder: Path | None = None) -> Catalogue:
    """Every query below a folder (qualgraph's own if None); raises QueryError with file and line for a bad one."""
    root = folder or asset_folder("queries")
    paths = [
        path for path in sorted(root.glob("**/*.rq")) if RULES_FOLDER not in path.relative_to(root).parts
    ]
    queries = [load_query(path, root) for path in paths]
    by_name: dict[str, Query] = {}
    for query in queries:
        if query.name in by_name:
            raise QueryError(
                f"has the name of {by_name[query.name].path}.",
                where=str(query.path),
                hint="Rename one of them.",
            )
        by_name[query.name] = query
    return Catalogue(queries=tuple(queries))


def discover_rules(folder: Path | None = None) -> tuple[Rule, ...]:
    """The derivation rules, by name; ``folder`` is that of the queries (qualgraph's own if None)."""
    root = (folder or asset_folder("queries")) / RULES_FOLDER
    return tuple(load_rule(path) for path in sorted(root.glob("*.rq")))


def load_rule(path: Path) -> Rule:
    """One derivation rule; raises QueryError if it is malformed or no CONSTRUCT."""
    text = _text(path)
    header = parse_header(text, where=str(path), keys=RULE_KEYS)
    if _form(text, path) != "CONSTRUCT":
        raise QueryError("is a derivation rule but no CONSTRUCT.", where=str(path))
    check_placement(text, (), where=str(path))
    for each in header.each:
        if _marker(each.variable) not in text:
            raise QueryError(
                f"is asked of each {each.variable} and does not say where.",
                where=str(path),
                hint=f"Put the comment '# each {each.variable}' at the start of the group that it stands in.",
            )
        _form(everything(each), path)
    return Rule(
        name=_name(path),
        path=path,
        title=header.title,
        derives=header.derives,
        source=header.source,
        each=header.each,
        text=text,
    )


def load_query(path: Path, root: Path) -> Query:
    """One question; raises QueryError if its header and its query do not fit each other."""
    text = _text(path)
    header = parse_header(text, where=str(path))
    form = _form(text, path)
    _check_parameters(header, path)
    check_placement(text, header.parameters, where=str(path))
    _check_columns(header, form, text, path)
    _check_severity(header, form, path)
    return Query(
        name=_name(path),
        folder=path.parent.relative_to(root).as_posix(),
        path=path,
        title=header.title,
        question=header.question,
        parameters=header.parameters,
        columns=header.columns,
        source=header.source,
        order=header.order,
        severity=header.severity,
        tags=header.tags,
        form=form,
        text=text,
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"cannot be read ({error}).", where=str(path), hint="Save it as UTF-8.") from error


def _name(path: Path) -> str:
    if not _NAME.fullmatch(path.stem):
        raise QueryError(
            "is no name for a query.", where=str(path), hint="Use small letters, digits and hyphens."
        )
    return path.stem


def _form(text: str, path: Path) -> str:
    try:
        return read_query(text).form
    except QueryError as error:
        raise QueryError(error.what, where=str(path), hint=error.hint) from error


def _check_parameters(header: Header, path: Path) -> None:
    for parameter in header.parameters:
        if writer_of(parameter.type) is None:
            raise QueryError(
                f"gives the parameter '{parameter.name}' the type '{parameter.type}'.",
                where=str(path),
                hint=f"The types are {', '.join(TYPES)} and choice(A, B).",
            )
        try:
            for value in (parameter.example, parameter.default):
                if value is not None:
                    term_text(parameter, value)
        except ParameterError as error:
            raise QueryError(error.what, where=str(path), hint="Correct the example or default.") from error


def _check_columns(header: Header, form: str, text: str, path: Path) -> None:
    declared = tuple(column.name for column in header.columns)
    if form != "SELECT":
        if declared:
            raise QueryError(f"declares columns, but {form} gives none.", where=str(path))
        return
    found = _projection([token for token in tokens(text) if token.kind not in ("space", "comment")])
    if found != declared:
        raise QueryError(
            f"declares the columns {', '.join(declared) or '(none)'} but selects {', '.join(found) or '*'}.",
            where=str(path),
            hint="Name the same columns in the same order.",
        )


def _check_severity(header: Header, form: str, path: Path) -> None:
    """A question about faults is asked of a whole store, and each row of its answer is a fault."""
    needed = [parameter.name for parameter in header.parameters if parameter.required]
    if header.severity and (form != "SELECT" or needed):
        seen = f"needs a value for '{needed[0]}'" if needed else f"is a {form}"
        raise QueryError(
            f"has a severity but {seen}.",
            where=str(path),
            hint="A question about faults is a SELECT that can be asked without values.",
        )


def _projection(code: list[Token]) -> tuple[str, ...]:
    """The columns of the outermost SELECT; none for ``SELECT *``."""
    start = next(index for index, token in enumerate(code) if token.text.upper() == "SELECT")
    found: list[str] = []
    depth = 0
    for before, token in zip(code[start:], code[start + 1 :], strict=False):
        if token.text == "{" or token.text.upper() in ("WHERE", "FROM"):
            break
        depth += (token.text == "(") - (token.text == ")")
        if token.kind == "variable" and (depth == 0 or (depth == 1 and before.text.upper() == "AS")):
            found.append(token.text[1:])
    return tuple(found)
