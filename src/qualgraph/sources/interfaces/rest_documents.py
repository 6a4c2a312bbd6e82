"""Single answers of the REST interface, saved as they came: a component, a release, a unit grid, a content bundle.

Only the answer of a component says which component it is about. For the others the user says it; of which release a
grid or a bundle is, stays unstated.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from typing import Final

from qualgraph.errors import UnidentifiedDocumentError
from qualgraph.identifiers import Kind, national_code
from qualgraph.model import Authority, Entry, EntryRecord, Problem, Release
from qualgraph.sources.dataset import DatasetReader, Item, SourceFile
from qualgraph.sources.interfaces import rest_component, rest_release
from qualgraph.sources.interfaces.json_text import JsonText
from qualgraph.sources.interfaces.rest_answers import READER as ANSWERS
from qualgraph.sources.interfaces.rest_answers import Saved, grid_of, is_object, rule_of
from qualgraph.sources.interfaces.rest_opening import Opening, opening
from qualgraph.sources.interfaces.rest_paths import Answer, Place
from qualgraph.sources.interfaces.rest_values import Doubts, code_of, kind_of, text, word
from qualgraph.sources.tokens import not_read

_OF_COMPONENT: Final = frozenset({"releases", "mappingInformation"})
_OF_RELEASE: Final = frozenset({"releaseDate", "contentBundles", "packagingInformation", "currency"})
_OF_CONTENT: Final = frozenset({"contentType", "contentTypeCode", "format"})


class SingleAnswer(DatasetReader):
    """An answer that is read whole."""

    version = "3"
    media_type = "application/json"
    authority = Authority.REGISTER
    answer: Answer

    def recognises(self, file: SourceFile) -> bool:
        """Told by the members of the answer, or of its first row."""
        found = opening(file.head)
        return found is not None and self.is_mine(found)

    @abstractmethod
    def is_mine(self, found: Opening) -> bool:
        """Whether a file that begins so is this kind of answer."""

    @abstractmethod
    def records(self, saved: Saved, code: str, doubts: Doubts) -> Iterator[EntryRecord | Problem]:
        """What the answer says of the component."""

    def key(self, file: SourceFile) -> str:
        """The code of the component, and which answer about it this is."""
        return f"{self.code(file, self.saved(file))}/{self.name.removeprefix('rest-')}"

    def items(self, file: SourceFile) -> Iterator[Item | Problem]:
        """The one component that the answer is about."""
        saved, doubts = self.saved(file), Doubts()
        if self.answer is not Answer.GRID:
            yield from doubts.of(self.answer, saved.value, saved.line)
        code = self.code(file, saved)
        kind = self.kind(saved)
        if kind is None:
            what = word(saved.value, "type") or "not stated"
            yield not_read(f"{code} is of a type that is not read ({what}).", saved.line)
            return
        records: list[EntryRecord] = []
        for found in self.records(saved, code, doubts):
            if isinstance(found, Problem):
                yield found
            else:
                records.append(found)
        yield Entry(kind=kind, code=code, records=tuple(records), line=saved.line)

    def saved(self, file: SourceFile) -> Saved:
        """The answer; raises BrokenDocumentError where the file is not one JSON value."""
        with file.open() as stream:
            source = JsonText(stream, file.name)
            source.peek()
            line, value = source.line, source.value()
            if source.peek():
                raise source.broken("goes on after the answer")
        return Saved(place=Place(answer=self.answer), value=value, line=line)

    def code(self, file: SourceFile, saved: Saved) -> str:
        """The code of the component; raises UnidentifiedDocumentError where nobody said it."""
        if file.code is None:
            raise UnidentifiedDocumentError(
                f"is a {self.answer.value}, which never says whose it is.",
                where=file.name,
                hint="Say which qualification it is of: --code CODE (for example --code BSB50311), code= in Python; "
                "or let 'qualgraph harvest' fetch it.",
            )
        return national_code(file.code)

    def kind(self, saved: Saved) -> Kind | None:
        """What kind of component the answer is about: a qualification, since only that is asked for by code."""
        return Kind.QUALIFICATION


class RestComponent(SingleAnswer):
    """Reads the component, its mapping rows and its releases."""

    name = "rest-component"
    answer = Answer.COMPONENT

    def is_mine(self, found: Opening) -> bool:
        """An object with a code, a title and releases or mapping rows."""
        return not found.is_list and {"code", "title"} <= found.names and bool(_OF_COMPONENT & found.names)

    def key(self, file: SourceFile) -> str:
        """The code of the component."""
        return self.code(file, self.saved(file))

    def code(self, file: SourceFile, saved: Saved) -> str:
        """The code that the answer states; raises UnidentifiedDocumentError where it states none, or another."""
        stated = code_of(saved.value, "code")
        given = national_code(file.code) if file.code else None
        if stated is None or given not in (None, stated):
            what = f"says that it is {stated}, not {given}." if stated else "states no national code."
            hint = "Leave the code out, or save the answer again."
            raise UnidentifiedDocumentError(what, where=file.name, hint=hint)
        return stated

    def kind(self, saved: Saved) -> Kind | None:
        """What kind of component the answer says it is about."""
        return kind_of(saved.value)

    def records(self, saved: Saved, code: str, doubts: Doubts) -> Iterator[EntryRecord | Problem]:
        """The component and its releases; none of them is described by this answer."""
        kind = kind_of(saved.value)
        if kind is not None:
            yield from rest_component.component_records(saved.value, kind, code, saved.line)
        for found in rest_component.releases(saved.value, saved.line):
            yield found if isinstance(found, Problem) else found[1]


class RestRelease(SingleAnswer):
    """Reads the number and date of a release."""

    name = "rest-release"
    answer = Answer.RELEASE

    def is_mine(self, found: Opening) -> bool:
        """An object with a release number and no code."""
        return (
            "releaseNumber" in found.names and "code" not in found.names and bool(_OF_RELEASE & found.names)
        )

    def key(self, file: SourceFile) -> str:
        """The code, and the number of the release."""
        saved = self.saved(file)
        return f"{self.code(file, saved)}/release-{text(saved.value, 'releaseNumber') or 'unstated'}"

    def records(self, saved: Saved, code: str, doubts: Doubts) -> Iterator[EntryRecord | Problem]:
        """The release, which the answer describes."""
        yield rest_component.release(saved.value, saved.line, described=True)


class RestUnitGrid(SingleAnswer):
    """Reads the rows of a unit grid; the release it belongs to is not stated."""

    name = "rest-unit-grid"
    answer = Answer.GRID

    def is_mine(self, found: Opening) -> bool:
        """Rows of units that say whether each is essential."""
        rows = found.is_list or (bool(found.names) and all(name.isdecimal() for name in found.names))
        return rows and {"code", "isEssential"} <= set(found.row)

    def records(self, saved: Saved, code: str, doubts: Doubts) -> Iterator[EntryRecord | Problem]:
        """The grid, on a release without a number."""
        yield Release(number=None, issued=None, described=True, line=saved.line)
        yield from grid_of(saved, doubts)


class RestContent(SingleAnswer):
    """Reads the packaging rule of a content bundle; the release it belongs to is not stated."""

    name = "rest-content"
    answer = Answer.CONTENT

    def is_mine(self, found: Opening) -> bool:
        """An object with texts, each with its type or format."""
        return "items" in found.names and "content" in found.row and bool(_OF_CONTENT & set(found.row))

    def records(self, saved: Saved, code: str, doubts: Doubts) -> Iterator[EntryRecord | Problem]:
        """The rule, on a release without a number; a problem where the bundle has none."""
        yield Release(number=None, issued=None, described=True, line=saved.line)
        if is_object(saved.value) and not rest_release.has_rules(saved.value):
            yield not_read("The content bundle holds no packaging rules.", saved.line)
        yield from rule_of(saved, doubts, code=code, title=None, release=None)


READERS: Final[tuple[DatasetReader, ...]] = (
    ANSWERS,
    RestComponent(),
    RestRelease(),
    RestUnitGrid(),
    RestContent(),
)
