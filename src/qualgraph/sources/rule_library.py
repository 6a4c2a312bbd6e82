"""Packaging rules of files by code; each is read when it is asked for, so that a whole register opens quickly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path

from qualgraph.errors import DocumentError
from qualgraph.packaging.facts import KnownUnits, Packaging
from qualgraph.sources.rule_files import RuleRow, found_in
from qualgraph.sources.rule_rows import FoundRule, row_rule

_WORTH = {"complete": 2, "partial": 1, "failed": 0}


class RuleLibrary:
    """The rules of some files. It is a ``UnitFacts`` too: each listed unit is packaged in its qualification.

    What cannot be read goes to ``failed``; without it, it is raised as a DocumentError.
    """

    def __init__(
        self,
        files: Path | Iterable[Path],
        *,
        code: str | None = None,
        title: str | None = None,
        failed: Callable[[DocumentError], None] | None = None,
    ) -> None:
        """Look through the files; ``code`` and ``title`` hold where a text states none."""
        self._code, self._title, self._failed = code, title, failed
        self._entries: dict[str, list[FoundRule | RuleRow]] = {}
        self._read: dict[str, list[FoundRule]] = {}
        for found in found_in(files, code=code, title=title, failed=failed):
            stated = found.code if isinstance(found, RuleRow) else found.rule.code
            self._entries.setdefault(stated or code or "", []).append(found)

    def codes(self) -> tuple[str, ...]:
        """Every code that a rule states, in the order of the files."""
        return tuple(code for code in self._entries if code)

    def find(self, code: str, release: str | None = None) -> FoundRule | None:
        """The rule of this code (of this release), None where there is none.

        Of several the most complete, of these the first.
        """
        if code not in self._read:
            found = [rule for rule in map(self._rule, self._entries.get(code, ())) if rule is not None]
            self._read[code] = found
        wanted = (one for one in self._read[code] if release in (None, one.rule.release))
        return max(wanted, key=lambda one: _WORTH[one.rule.status], default=None)

    def only(self) -> FoundRule | None:
        """The rule of the files where they hold exactly one; else None."""
        entries = [one for found in self._entries.values() for one in found]
        return self._rule(entries[0]) if len(entries) == 1 else None

    def rules(self) -> Iterator[FoundRule]:
        """One rule for each code, as :meth:`find` gives it."""
        for code in self._entries:
            found = self.find(code)
            if found is not None:
                yield found

    def packagings(self, code: str) -> tuple[Packaging, ...]:
        """The qualifications whose rules list the unit. The first time every rule is read."""
        return self._known.packagings(code)

    @cached_property
    def _known(self) -> KnownUnits:
        found: dict[str, list[Packaging]] = {}
        for one in self.rules():
            facts = KnownUnits.from_rules([one.rule], source=one.where)
            for code in {member.code for _, member in one.rule.members()}:
                found.setdefault(code, []).extend(facts.packagings(code))
        return KnownUnits(found)

    def _rule(self, entry: FoundRule | RuleRow) -> FoundRule | None:
        if isinstance(entry, FoundRule):
            return entry
        try:
            return row_rule(entry.row, entry.where, code=self._code, title=self._title)
        except DocumentError as error:
            if self._failed is None:
                raise
            self._failed(error)
            return None
