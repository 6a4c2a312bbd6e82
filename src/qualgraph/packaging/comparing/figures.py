"""How much of many packaging rules was read, and whether what was read adds up: figures, not judgements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from qualgraph.packaging.comparing.findings import check_counts
from qualgraph.packaging.facts import training_package
from qualgraph.packaging.judging.feasibility import feasible
from qualgraph.packaging.tree import PackagingRule

OTHER = "other"
"""Stands for the training package of what belongs to none, such as an accredited course."""


@dataclass(kw_only=True)
class Figures:
    """Counts of rules.

    ``silent`` are partial rules that do not say what was not read. ``sums`` are rules that state total, core and
    electives, of which ``sums_agree`` add up; ``cores`` are those that state how many core units there are and can
    be compared with one core list, of which ``cores_agree`` list so many. ``infeasible`` are complete rules that no
    units could meet.
    """

    rules: int = 0
    complete: int = 0
    partial: int = 0
    failed: int = 0
    silent: int = 0
    unread: int = 0
    sums: int = 0
    sums_agree: int = 0
    cores: int = 0
    cores_agree: int = 0
    infeasible: int = 0

    def add(self, other: Figures) -> None:
        """Count the rules of the other too."""
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))

    def as_dict(self) -> dict[str, Any]:
        """The figures for JSON and tables."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def package_of(rule: PackagingRule, stated: str | None = None) -> str:
    """The training package of a rule: the stated one, else the one in the qualification's code."""
    return stated or training_package(rule.code or "") or OTHER


def figures_of(rule: PackagingRule, *, decide: bool = True) -> Figures:
    """The figures of one rule; ``decide`` false leaves out whether any units could meet it, which takes longest."""
    found = {finding.check for finding in check_counts(rule)}
    sums = None not in (rule.total, rule.core, rule.elective)
    cores = rule.core is not None and rule.measure == "units"
    complete = rule.status == "complete"
    return Figures(
        rules=1,
        complete=int(complete),
        partial=int(rule.status == "partial"),
        failed=int(rule.status == "failed"),
        silent=int(rule.status == "partial" and not rule.unread),
        unread=len(rule.unread),
        sums=int(sums),
        sums_agree=int(sums and "total" not in found),
        cores=int(cores),
        cores_agree=int(cores and "core" not in found),
        infeasible=int(decide and complete and not feasible(rule)),
    )


def figures_by_package(
    rules: Iterable[tuple[str | None, PackagingRule]], *, decide: bool = True
) -> dict[str, Figures]:
    """The figures of each training package, by its code; each rule comes with the package stated for it, or None."""
    found: dict[str, Figures] = {}
    for stated, rule in rules:
        found.setdefault(package_of(rule, stated), Figures()).add(figures_of(rule, decide=decide))
    return dict(sorted(found.items()))


def all_figures(packages: Iterable[Figures]) -> Figures:
    """The figures of all together."""
    whole = Figures()
    for figures in packages:
        whole.add(figures)
    return whole
