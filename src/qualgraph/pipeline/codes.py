"""A code that the user gave for a document, held against what the store knows of that code."""

from __future__ import annotations

from qualgraph.errors import ParameterError
from qualgraph.identifiers import Kind
from qualgraph.model import Component, Reading
from qualgraph.namespaces import QG
from qualgraph.rdf import IRI
from qualgraph.store.base import Store
from qualgraph.store.rows import selected
from qualgraph.triples.builder import CLASSES, TITLE

_KNOWN = """SELECT DISTINCT ?kind ?title WHERE {{
  GRAPH ?document {{ ?component <{qg}code> "{code}" ; a ?kind . OPTIONAL {{ ?component {title} ?title }} }}
  FILTER (?document != {own})
}} ORDER BY ?title"""
_KINDS = {f"{QG}{term}": kind for kind, term in CLASSES.items()}
_WORDS = {Kind.UNIT: "unit of competency"}


def doubts_of_code(store: Store, reading: Reading, document: IRI) -> tuple[str, ...]:
    """What other documents say against the code given for this one: another title; nothing for a stated code.

    Raises ParameterError where they name another kind of component by this code.
    """
    given = [one for one in reading.records if isinstance(one, Component) and one.code_given]
    return tuple(doubt for component in given for doubt in _doubts(store, component, document))


def _doubts(store: Store, component: Component, document: IRI) -> tuple[str, ...]:
    rows = selected(store, _KNOWN.format(qg=QG, code=component.code, title=TITLE, own=document))
    kinds = {_KINDS[row["kind"]] for row in rows if row["kind"] in _KINDS}
    if kinds and component.kind not in kinds:
        raise ParameterError(
            f"the code {component.code} is that of a {_word(min(kinds))}, and the document is about a "
            f"{_word(component.kind)}.",
            hint="Nothing was stored; give the code of the document's own subject with --code.",
        )
    titles = {row["title"] for row in rows if row["title"]}
    if not titles or _plain(component.title) in map(_plain, titles):
        return ()
    known = " or ".join(f"'{title}'" for title in sorted(titles))
    return (
        f"the code {component.code} was given for '{component.title}', but the store knows it as {known}.",
    )


def _word(kind: Kind) -> str:
    return _WORDS.get(kind, kind.value.replace("-", " "))


def _plain(title: str) -> str:
    return " ".join(title.casefold().split())
