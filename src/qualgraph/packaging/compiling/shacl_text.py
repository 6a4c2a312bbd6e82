"""Pieces of SHACL as Turtle text: what a unit must be to be counted, and shapes around that. Plain SHACL Core."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qualgraph.namespaces import PREFIXES
from qualgraph.rdf import IRI, text

USED_PREFIXES = ("qg", "qgsh", "rdfs", "sh")
ALWAYS, NEVER = "[ ]", "[ sh:nodeKind sh:Literal ]"


def prefix_lines() -> list[str]:
    """The prefixes of a file of shapes."""
    return [f"@prefix {name}: <{PREFIXES[name]}> ." for name in USED_PREFIXES]


def quoted(words: str) -> str:
    """A text as Turtle writes it."""
    return str(text(words))


def block(subject: IRI, *lines: str) -> str:
    """What is said of one thing, a property a line."""
    return f"\n{subject}\n" + " ;\n".join(f"  {line}" for line in lines if line) + " ."


def member_of(pool: IRI) -> str:
    """A unit that counts towards the pool."""
    return f"[ sh:path qg:countsTowards ; sh:hasValue {pool} ]"


def every(parts: Iterable[str]) -> str:
    """A unit that is all of this."""
    left = [part for part in dict.fromkeys(parts) if part != ALWAYS]
    if NEVER in left:
        return NEVER
    return ALWAYS if not left else left[0] if len(left) == 1 else f"[ sh:and ( {' '.join(left)} ) ]"


def either(parts: Iterable[str]) -> str:
    """A unit that is one of these."""
    flat = (inner for part in parts for inner in _alternatives(part))
    left = [part for part in dict.fromkeys(flat) if part != NEVER]
    if ALWAYS in left:
        return ALWAYS
    return NEVER if not left else left[0] if len(left) == 1 else f"[ sh:or ( {' '.join(left)} ) ]"


def _alternatives(part: str) -> list[str]:
    """The parts of something that is itself one of several, told by the brackets."""
    if not part.startswith("[ sh:or ( ") or not part.endswith(" ) ]"):
        return [part]
    inner, depth, found = part.removeprefix("[ sh:or ( ").removesuffix(" ) ]"), 0, [""]
    for word in inner.split(" "):
        depth += (word == "[") - (word == "]")
        found[-1] += f" {word}"
        if depth == 0:
            found.append("")
    return [one.strip() for one in found if one]


def other_than(part: str) -> str:
    """A unit that is not this."""
    return {ALWAYS: NEVER, NEVER: ALWAYS}.get(part, f"[ sh:not {part} ]")


def coded(pattern: str, *, known: bool) -> str:
    """A unit whose code is so; one without a stated code too, unless it must be known."""
    return f"[ sh:path qg:code ; sh:pattern {quoted(pattern)}{' ; sh:minCount 1' if known else ''} ]"


def told_by(test: str, *, known: bool) -> str:
    """A unit that a rule tells by its code (``prefix:RII``) or its title, which no plan states."""
    what, _, words = test.partition(":")
    match what:
        case "unit":
            return coded(f"^{words}$", known=known)
        case "prefix":
            return coded(f"^{words}", known=known)
        case "digit":
            return coded(f"^[^0-9]*{words}", known=known)
    return NEVER if known else ALWAYS


def packaged_at(levels: Sequence[IRI]) -> str:
    """A unit that some qualification of one of these types packages."""
    if not levels:
        return NEVER
    listed = " ".join(map(str, levels))
    return f"[ sh:path qg:isPackagedAt ; sh:qualifiedValueShape [ sh:in ( {listed} ) ] ; sh:qualifiedMinCount 1 ]"


def for_plans_of(planned: IRI, alternatives: Iterable[str]) -> list[str]:
    """The lines that aim a shape at the plans for something, each of which must be one of the alternatives."""
    elsewhere = f"[ sh:not [ sh:path qg:isPlanFor ; sh:hasValue {planned} ] ]"
    return ["sh:targetSubjectsOf qg:isPlanFor", f"sh:or ( {' '.join([elsewhere, *alternatives])} )"]
