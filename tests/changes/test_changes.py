"""Two builds held against each other: each aspect in the sector's words, from stores and from dumps in any syntax."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from qualgraph.changes import Changes, changes, changes_json, changes_text, opened_side
from qualgraph.changes.comparison import aspects
from qualgraph.errors import DataError, UsageError
from qualgraph.pipeline import backup
from qualgraph.store import OxigraphStore
from query_cases import store


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dump") / "register.nq.gz"
    with path.open("wb") as stream:
        backup(store("register", "oxigraph"), stream)
    return path


@pytest.fixture
def compared(dump: Path, tmp_path: Path) -> Callable[..., Changes]:
    """The changes from the dump to what a function makes of its lines."""

    def made(change: Callable[[str], str | None]) -> Changes:
        lines = gzip.decompress(dump.read_bytes()).decode().splitlines(keepends=True)
        changed = [after for line in lines if (after := change(line)) is not None]
        (tmp_path / "after.nq").write_text("".join(changed), encoding="utf-8")
        with opened_side(str(dump)) as before, opened_side(str(tmp_path / "after.nq")) as after:
            return changes(before, after)

    return made


def replacing(old: str, new: str, where: str = "") -> Callable[[str], str]:
    return lambda line: line.replace(old, new) if where in line else line


def told(found: Changes) -> list[tuple[str, str, str, tuple[str, ...], tuple[str, ...]]]:
    return [(one.aspect, one.key, one.kind, one.before, one.after) for one in found.found]


def test_the_same_build_has_no_changes_whether_a_store_or_a_dump(dump: Path, tmp_path: Path) -> None:
    original = store("register", "oxigraph")
    with OxigraphStore(tmp_path / "store") as copy:
        copy.replace_graphs({graph: list(original.triples(graph)) for graph in original.graphs()})
    with opened_side(str(dump)) as before, opened_side(str(tmp_path / "store")) as after:
        found = changes(before, after)
        assert found.before == str(dump)
    assert found.found == ()
    assert changes_text(found) == "Nothing changed.\n"
    assert changes_json(found)["same"] is True


def test_an_equivalence_that_changed_is_told_as_such(compared: Callable[..., Changes]) -> None:
    found = compared(replacing("#Equivalent>", "#NotEquivalent>", "mapping/ZZZCUT401A/ZZZCUT401B>"))
    assert told(found) == [
        (
            "mappings",
            "ZZZCUT401A -> ZZZCUT401B",
            "changed",
            ("equivalent, last day 2017-03-31",),
            ("not equivalent, last day 2017-03-31",),
        )
    ]
    assert "ZZZCUT401A -> ZZZCUT401B: equivalent, last day 2017-03-31 -> not equiv" in changes_text(found)


def test_a_title_a_day_and_a_usage_that_changed(compared: Callable[..., Changes]) -> None:
    found = compared(
        lambda line: (
            line.replace("Crew kites", "Fly kites")
            .replace('"Sell kites"', '"Sell more kites"')
            .replace(
                "statesUsage> <https://w3id.org/qualgraph/def#Current",
                "statesUsage> <https://w3id.org/qualgraph/def#Deleted",
            )
            if "/usage/current" in line or "Sell kites" in line
            else line
        )
    )
    assert {one.aspect for one in found.found} >= {"titles", "usage recommendations"}
    [title] = found.of("titles")
    assert (title.before, title.after) == (("Sell kites",), ("Sell more kites",))
    assert all(
        one.before == ("Current",) or one.before[0].startswith("Current")
        for one in found.of("usage recommendations")
    )


def test_a_component_that_is_gone_is_told_once_and_its_mappings_are(compared: Callable[..., Changes]) -> None:
    found = compared(lambda line: None if "ZZZCUT402" in line else line)
    assert ("components", "ZZZCUT402", "gone", ("unit of competency",), ()) in told(found)
    assert [one.key for one in found.of("mappings")] == ["ZZZCUT401B -> ZZZCUT402"]
    assert "ZZZCUT402" not in {one.key for one in found.of("titles")}
    assert found.counts["components"] == {"new": 0, "gone": 1, "changed": 0}


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    path = tmp_path_factory.mktemp("rules") / "rules.nq.gz"
    with path.open("wb") as stream:
        backup(store("real", "oxigraph"), stream)
    return gzip.decompress(path.read_bytes()).decode().splitlines(keepends=True)


def between(lines: list[str], changed: list[str], folder: Path) -> Changes:
    (folder / "before.nq").write_text("".join(lines), encoding="utf-8")
    (folder / "after.nq").write_text("".join(changed), encoding="utf-8")
    with opened_side(str(folder / "before.nq")) as before, opened_side(str(folder / "after.nq")) as after:
        return changes(before, after)


def test_a_packaging_rule_that_changed_is_told_as_rules_diff_tells_it(
    rules: list[str], tmp_path: Path
) -> None:
    kept = [line for line in rules if "/group/core/BSBMGT403A>" not in line]
    assert len(kept) < len(rules)
    [rule] = between(rules, kept, tmp_path).of("packaging rules")
    assert (rule.key, rule.kind) == ("BSB40307", "changed")
    assert rule.rule is not None
    assert [unit.before for unit in rule.rule.of_fate("gone")] == ["BSBMGT403A"]
    found = between(rules, kept, tmp_path)
    assert "gone: BSBMGT403A" in changes_text(found)
    assert changes_json(found)["changes"][-1]["rule"]["same"] is False


def test_another_line_of_the_same_rule_is_no_change(rules: list[str], tmp_path: Path) -> None:
    moved = [line.replace('sourceLine> "207"', 'sourceLine> "1207"') for line in rules]
    assert moved != rules
    assert between(rules, moved, tmp_path).found == ()


def test_a_rule_that_cannot_be_compared_says_why(compared: Callable[..., Changes]) -> None:
    found = compared(lambda line: None if "/group/core/ZZZSEW401A>" in line and "ZZZ40115" in line else line)
    [rule] = found.of("packaging rules")
    assert rule.rule is None
    assert rule.after[0].startswith("cannot be compared: ")
    assert "cannot be compared" in changes_text(found)


def test_a_rule_that_is_gone_is_told(compared: Callable[..., Changes]) -> None:
    found = compared(lambda line: None if "hasPackagingRule>" in line and "ZZZ40115" in line else line)
    assert [(one.key, one.kind) for one in found.of("packaging rules")] == [("ZZZ40115", "gone")]


def test_a_document_of_other_bytes_is_told(compared: Callable[..., Changes]) -> None:
    found = compared(replacing("sha256>", "sha256>", ""))
    assert found.found == ()
    found = compared(replacing('"2b"', '"2c"', "sha256>"))
    assert [(one.aspect, one.key) for one in found.found] == [("documents", "register-page/ZZZ40120")]
    assert "sha256 2b" in found.found[0].before[0]


def test_no_more_is_shown_than_wanted(compared: Callable[..., Changes]) -> None:
    found = compared(replacing("kites", "dragons"))
    text = changes_text(found, 1)
    assert f"... and {len(found.of('titles')) - 1} more" in text
    assert list(found.counts) == list(aspects())


def test_dumps_in_other_syntaxes_are_read_and_broken_ones_refused(dump: Path, tmp_path: Path) -> None:
    (tmp_path / "small.ttl").write_text(
        '@prefix q: <https://w3id.org/qualgraph/def#> . <http://a> a q:Qualification ; q:code "ZZZ1" .'
    )
    (tmp_path / "cut.nq.gz").write_bytes(dump.read_bytes()[:5000])
    with opened_side(str(tmp_path / "small.ttl")) as side:
        assert side.count() == 2
    for name, error in (("cut.nq.gz", DataError), ("none.nq", UsageError)):
        with pytest.raises(error), opened_side(str(tmp_path / name)):
            pass
