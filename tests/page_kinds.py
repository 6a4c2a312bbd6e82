"""One address of every kind of page that a server of the shipped store has."""

from __future__ import annotations

PAGES = {
    "home": "",
    "search-empty": "search",
    "search": "search?q=customer",
    "questions": "query",
    "question": "query/units-of?code=BSB40307",
    "question-form": "query/units-of",
    "question-refused": "query/units-of?code=%3Cb%3E",
    "editor": "sparql",
    "validate": "validate",
    "check": "check/BSB50311",
    "check-ticked": "check/BSB50311?unit=BSBMGT502B&others=no_code%20ZZZX1",
    "qualification": "doc/qualification/BSB40307",
    "unit": "doc/unit/BSBCCO402A",
    "concept": "doc/concept/anzsco/541111",
    "document": "doc/document/register-page/BSB40307/release-1",
    "scheme": "doc/scheme/anzsco-2022",
    "ontology": "def",
    "term": "doc/graph/vocabulary",
    "history": "history/BSB40307",
    "history-of-unit": "history/BSBCCO402A",
    "pathways": "pathways/BSB40307",
    "compare-form": "compare",
    "compare": "compare?a=BSB40307&b=BSB50311",
    "problem": "doc/unit/ZZZNONE1",
}
"""Addresses without the slash at their beginning."""
