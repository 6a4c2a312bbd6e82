"""The register's component XML of a qualification or unit: the document that its page and PDF are made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qualgraph.errors import BrokenDocumentError, UnrecognisedDocumentError
from qualgraph.identifiers import Kind
from qualgraph.model import Authority, Component, Problem, ProblemKind, Record, Release, UsageStatement
from qualgraph.sources.authorit import FIELDS, MARK, is_known_kind, is_unit
from qualgraph.sources.base import Extract, SourceText, agreed_code, in_order
from qualgraph.sources.qualification import read_content
from qualgraph.sources.register_tables import read_usage
from qualgraph.sources.residue import Tidy
from qualgraph.sources.sections import outline
from qualgraph.sources.text import Line
from qualgraph.sources.tokens import problem
from qualgraph.sources.unit import read_unit
from qualgraph.sources.unit_headings import UNIT

_CERTAIN = 1_000


class ComponentXml:
    """Reads what the component says of itself, and every topic as the section that it is in a text copy."""

    name = "component-xml"
    version = "6"
    authority = Authority.REGISTER

    def recognises(self, lines: Sequence[Line]) -> int:
        """The first line says that the file is component XML; see :mod:`qualgraph.sources.authorit`."""
        return _CERTAIN if lines and lines[0].cells[0] == MARK else 0

    def read(self, source: SourceText, *, code: str | None) -> Extract:
        """Everything in the document.

        Raises UnrecognisedDocumentError for a component of another kind, BrokenDocumentError where code or title is
        lost.
        """
        kind = " ".join(source.lines[0].cells[1:])
        if not is_known_kind(kind):
            raise UnrecognisedDocumentError(
                f"is component XML of another kind ({kind or 'not stated'}).",
                where=source.name,
                hint="Of component XML, that of qualifications and units of competency is read.",
            )
        component = Kind.UNIT if is_unit(kind) else Kind.QUALIFICATION
        tidy = Tidy()
        lines = list(tidy.lines(source.lines))
        facts = {line.cells[0]: line for line in lines[1 : len(FIELDS) + 1] if line.cells[0] in FIELDS}
        body = [line for line in lines[1:] if line not in facts.values()]
        if "Title" not in facts or ("Code" not in facts and code is None):
            raise BrokenDocumentError(
                "is component XML that does not state its own code and title.",
                where=source.name,
                hint="Download it from the register again.",
            )
        own, given = agreed_code(_value(facts, "Code"), code, source.name)
        title, at = _value(facts, "Title") or "", facts["Title"].number
        release = _value(facts, "ReleaseNumber")
        everything: list[Record | Problem] = [
            Component(kind=component, code=own, title=title, line=at, code_given=given),
            *_release(facts, at),
            *_usage(facts, own),
            *(
                read_unit(outline(body, UNIT), code=own)
                if component is Kind.UNIT
                else read_content(
                    outline(body),
                    code=own,
                    title=title,
                    release=release,
                    line_end=source.line_end,
                    whole_rows=True,
                )
            ),
            *tidy.problems(),
        ]
        return Extract(
            key=f"{own}/release-{release or 'unstated'}",
            subject_kind=component,
            subject_code=own,
            found=in_order(everything),
        )


def _value(facts: dict[str, Line], name: str) -> str | None:
    return " ".join(facts[name].cells[1:]) if name in facts else None


def _release(facts: dict[str, Line], at: int) -> Iterator[Release | Problem]:
    number = _value(facts, "ReleaseNumber")
    line = facts["ReleaseNumber"].number if number else at
    yield Release(number=number, issued=None, described=True, line=line)
    if number is None:
        yield problem(ProblemKind.RELEASE_NOT_STATED, "The document states no release.", at)


def _usage(facts: dict[str, Line], code: str) -> Iterator[UsageStatement | Problem]:
    words = _value(facts, "UsageRecommendation")
    if words:
        yield from read_usage([Line(facts["UsageRecommendation"].number, words)], code)


READER = ComponentXml()
