"""Values put into a query: checked by type, then written as terms where ``$name`` stands in the code.

The lexer knows code from strings, IRIs and comments, so that a value can neither end a string nor add to the query.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Final

from qualgraph.catalogue.header import Parameter
from qualgraph.errors import ParameterError, QueryError
from qualgraph.identifiers import national_code
from qualgraph.namespaces import XSD
from qualgraph.notation import printed_day
from qualgraph.rdf import IRI
from qualgraph.store.sparql import quoted
from qualgraph.store.tokens import Token, tokens

LONGEST_TEXT: Final = 10_000
_CONCEPT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_INTEGER = re.compile(r"[+-]?\d{1,18}")
_PRINTED_DATE = re.compile(r"\d{1,2}/[A-Za-z]{3}/\d{4}")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+")
_UNSPEAKABLE = re.compile(r"[\x00\ud800-\udfff]")


def _component_code(value: str) -> str:
    try:
        return quoted(national_code(value))
    except ParameterError as error:
        raise ValueError("3 to 16 letters and digits without spaces, such as BSB40307") from error


def _concept_code(value: str) -> str:
    return quoted(_matched(_CONCEPT, value, "a code of letters, digits, '.', '-' and '_'"))


def _date(value: str) -> str:
    wanted = "a day of the calendar such as 2015-06-01 or 01/Jun/2015"
    said = value.strip()
    try:
        day = printed_day(said) if _PRINTED_DATE.fullmatch(said) else date.fromisoformat(said)
    except ValueError as error:
        raise ValueError(wanted) from error
    if day is None:
        raise ValueError(wanted)
    return f'"{day.isoformat()}"^^<{XSD}date>'


def _integer(value: str) -> str:
    number = int(_matched(_INTEGER, value, "a whole number of at most 18 digits"))
    return str(number) if number >= 0 else f'"{number}"^^<{XSD}integer>'


def _language(value: str) -> str:
    return quoted(_matched(_LANGUAGE, value, "a language tag such as en").lower())


def _iri(value: str) -> str:
    return str(IRI(_matched(_IRI, value, "an absolute IRI without spaces or angle brackets")))


def _matched(pattern: re.Pattern[str], value: str, wanted: str) -> str:
    if not pattern.fullmatch(value.strip()):
        raise ValueError(wanted)
    return value.strip()


TYPES: Final[Mapping[str, Callable[[str], str]]] = {
    "component-code": _component_code,
    "concept-code": _concept_code,
    "date": _date,
    "integer": _integer,
    "iri": _iri,
    "language": _language,
    "text": quoted,
}
"""How the value of each type is checked and written; each raises ValueError with what it wants."""

_CHOICE = re.compile(r"choice\(\s*([\w-]+(?:\s*,\s*[\w-]+)*)\s*\)")


def writer_of(kind: str) -> Callable[[str], str] | None:
    """How a value of this type is checked and written; ``choice(A, B)`` takes one of its words; None for no type."""
    words = choices_of(kind)
    return (lambda value: _one_of(words, value)) if words else TYPES.get(kind)


def choices_of(kind: str) -> tuple[str, ...]:
    """The words that ``choice(A, B)`` takes; none for any other type."""
    chosen = _CHOICE.fullmatch(kind)
    return tuple(word.strip() for word in chosen.group(1).split(",")) if chosen else ()


def _one_of(words: tuple[str, ...], value: str) -> str:
    found = [word for word in words if word.casefold() == value.strip().casefold()]
    if not found:
        raise ValueError(f"one of {', '.join(words)}")
    return quoted(found[0])


def term_text(parameter: Parameter, value: object) -> str:
    """The SPARQL text of a value; raises ParameterError if it is not of the parameter's type."""
    if isinstance(value, bool) or not isinstance(value, str | int | date):
        raise _unfit(parameter, repr(value), f"text, not a Python {type(value).__name__}")
    written = str(value.date() if isinstance(value, datetime) else value)
    if len(written) > LONGEST_TEXT or _UNSPEAKABLE.search(written):
        raise _unfit(parameter, repr(written[:40]), f"at most {LONGEST_TEXT} characters, none of them NUL")
    writer = writer_of(parameter.type)
    if writer is None:
        raise _unfit(parameter, repr(written[:80]), f"a type among {', '.join(TYPES)}")
    try:
        return writer(written)
    except ValueError as error:
        raise _unfit(parameter, repr(written[:80]), str(error)) from error


def _unfit(parameter: Parameter, seen: str, wanted: str) -> ParameterError:
    return ParameterError(
        f"the parameter '{parameter.name}' is of type {parameter.type}; {seen} is not: wanted {wanted}.",
        hint=f"For example: {parameter.name}={parameter.example}",
    )


def terms_for(name: str, parameters: Iterable[Parameter], values: Mapping[str, object]) -> dict[str, str]:
    """The SPARQL text for each parameter of the query ``name``; raises ParameterError that says what it takes."""
    known = {parameter.name: parameter for parameter in parameters}
    unknown = sorted(values.keys() - known.keys())
    missing = [key for key, parameter in known.items() if parameter.required and key not in values]
    if unknown or missing:
        problem = f"has no parameter '{unknown[0]}'" if unknown else f"needs a value for '{missing[0]}'"
        raise ParameterError(f"the query '{name}' {problem}.", hint=usage(name, known.values()))
    return {key: term_text(parameter, values.get(key, parameter.default)) for key, parameter in known.items()}


def usage(name: str, parameters: Iterable[Parameter]) -> str:
    """What a query takes, with an example of each, in one sentence."""
    takes = [
        f"{parameter.name} ({parameter.type}"
        + ("" if parameter.required else f", {parameter.default} if not given")
        + f"; for example {parameter.name}={parameter.example})"
        for parameter in parameters
    ]
    return f"It takes {', '.join(takes)}." if takes else f"'{name}' takes no parameters."


def bound(text: str, terms: Mapping[str, str]) -> str:
    """The query with each ``$name`` of its code replaced by a term; everything else stays as it is."""
    return "".join(_replaced(token, terms) for token in tokens(text))


def _replaced(token: Token, terms: Mapping[str, str]) -> str:
    if token.kind == "variable" and token.text[0] == "$" and token.text[1:] in terms:
        return f" {terms[token.text[1:]]} "
    return token.text


def check_placement(text: str, parameters: Iterable[Parameter], *, where: str) -> None:
    """Raise QueryError unless every parameter is used, nothing else is, and none stands where no term may."""
    code = [token for token in tokens(text) if token.kind not in ("space", "comment")]
    used = {token.text[1:] for token in code if token.kind == "variable" and token.text[0] == "$"}
    declared = {parameter.name for parameter in parameters}
    problems = [
        *(f"uses ${name} without declaring it as a parameter" for name in sorted(used - declared)),
        *(f"declares the parameter '{name}' but never uses ${name}" for name in sorted(declared - used)),
        *(f"has ${name} in a projection, where no term may stand" for name in _projected(code)),
    ]
    if problems:
        raise QueryError(f"{'; '.join(problems)}.", where=where)


def _projected(code: list[Token]) -> list[str]:
    """Parameters right in a SELECT clause or after AS."""
    found: list[str] = []
    depth, selecting = 0, False
    for position, token in enumerate(code):
        word = token.text.upper() if token.kind in ("word", "mark") else ""
        after_as = position > 0 and code[position - 1].text.upper() == "AS"
        depth += (word == "(") - (word == ")")
        if word == "SELECT":
            depth, selecting = 0, True
        elif word in ("WHERE", "FROM", "{"):
            selecting = False
        elif token.kind == "variable" and token.text[0] == "$" and (after_as or (selecting and depth == 0)):
            found.append(token.text[1:])
    return found
