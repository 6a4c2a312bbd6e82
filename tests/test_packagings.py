"""``data/packagings``: which unit is packaged at which level, as ``scripts/build-packagings`` writes it."""

from __future__ import annotations

import importlib.util
import json
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

from qualgraph.assets import asset_folder
from support import CHECKOUT, shared_path

FOLDER = asset_folder("data") / "packagings"


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    loader = SourceFileLoader("build_packagings", str(CHECKOUT / "scripts" / "build-packagings"))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[loader.name] = module
    loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Certificate IV in Lighthouse Keeping", "Certificate IV"),
        ("CERTIFICATE III IN LIGHTHOUSE KEEPING", "Certificate III"),
        ("Certificate III Lighthouse Keeping", "Certificate III"),
        ("Advanced Diploma of Lamps", "Advanced Diploma"),
        ("Vocational Graduate Diploma of Lamps", "Vocational Graduate Diploma"),
        ("Certificates of Lamps", None),
        ("Lighthouse Keeping", None),
    ],
)
def test_a_level_is_the_type_that_a_title_begins_with(
    builder: ModuleType, title: str, level: str | None
) -> None:
    assert builder.level_of(title) == level


def rule_line(code: str, title: str, units: str, usage: str = "Current") -> str:
    text = f"Total number of units = 1\n1 elective unit\nElective units\n{units}"
    return json.dumps(
        {"code": code, "title": title, "usageRecommendation": usage, "tpCode": "ZZZ", "packagingRules": text}
    )


def test_a_unit_has_one_qualification_for_each_level_and_package_and_their_number(
    builder: ModuleType, tmp_path: Path
) -> None:
    rules = tmp_path / "rules.jsonl"
    lines = [
        rule_line("ZZZ40220", "Certificate IV in Lamps", "ZZE101 Mend a kite"),
        rule_line("ZZZ40120", "Certificate IV in Kites", "ZZE101 Mend a kite\nZZE102 Sell a kite"),
        rule_line("ZZZ30120", "Certificate III in Kites", "ZZE101 Mend a kite"),
        rule_line("ZZZ30110", "Certificate III in Old Kites", "ZZE102 Sell a kite", usage="Superseded"),
    ]
    rules.write_text("\n".join(lines), encoding="utf-8")
    builder.write(builder.links_of_rules(rules), tmp_path / "made")
    assert (tmp_path / "made" / "units.csv").read_text("utf-8").splitlines() == [
        "unit,qualifications",
        "ZZE101,ZZZ30120 ZZZ40120:2",
        "ZZE102,ZZZ40120",
    ]
    assert (tmp_path / "made" / "qualifications.csv").read_text("utf-8").splitlines() == [
        "qualification,level,package",
        "ZZZ30120,Certificate III,ZZZ",
        "ZZZ40120,Certificate IV,ZZZ",
    ]


def test_skill_sets_package_nothing(builder: ModuleType, tmp_path: Path) -> None:
    components, links = tmp_path / "components.csv", tmp_path / "unit-links.csv"
    components.write_text(
        "code,title,type,trainingPackage\nZZZ40107,Certificate IV in Kites,Qualification,ZZZ07\n"
    )
    links.write_text(
        "trainingPackage,parentType,parentCode,unitCode\n"
        "ZZZ07,qualification,ZZZ40107,ZZE101A\nZZZ07,skillset,ZZZSS00001,ZZE102A\n"
    )
    assert list(builder.links_of_register(components, links)) == [
        ("ZZE101A", "Certificate IV", "ZZZ07", "ZZZ40107")
    ]


def test_the_tables_of_2013_are_what_the_script_writes(builder: ModuleType, tmp_path: Path) -> None:
    register = shared_path("corpus", "register-2013")
    builder.write(
        builder.links_of_register(register / "components.csv", register / "unit-links.csv"), tmp_path
    )
    for name in ("units.csv", "qualifications.csv"):
        assert (tmp_path / name).read_bytes() == (FOLDER / "2013-07" / name).read_bytes(), (
            "run scripts/build-packagings"
        )


@pytest.mark.parametrize("date", ["2013-07", "2026-04"])
def test_the_tables_hold_sorted_codes_and_no_prose(date: str) -> None:
    [_, *units] = (FOLDER / date / "units.csv").read_text("utf-8").splitlines()
    [_, *qualifications] = (FOLDER / date / "qualifications.csv").read_text("utf-8").splitlines()
    assert len(units) > 10_000
    assert units == sorted(units, key=lambda line: line.partition(",")[0])
    known = {line.partition(",")[0] for line in qualifications}
    named = {cell.partition(":")[0] for line in units for cell in line.partition(",")[2].split()}
    assert named == known
    assert sum(path.stat().st_size for path in (FOLDER / date).iterdir()) < 800_000
    assert not any('"' in line for line in (*units, *qualifications))


def test_supersessions_are_pairs_told_from_either_side_once(builder: ModuleType, tmp_path: Path) -> None:
    export = tmp_path / "scope.csv"
    export.write_text(
        "Provider,training_code,Superseded by,Is Equivalent,Supersedes,Is Equivalent\n"
        ",ZZE201,,,ZZE101;ZZE102,True;False\n"
        ",ZZE101,ZZE201,TRUE,,\n",
        encoding="utf-8",
    )
    builder.write_successions(export, tmp_path)
    assert (tmp_path / "successions.csv").read_text("utf-8").splitlines() == [
        "before,after,equivalent",
        "ZZE101,ZZE201,yes",
        "ZZE102,ZZE201,no",
    ]


def test_the_table_of_supersessions_is_what_the_script_writes(builder: ModuleType, tmp_path: Path) -> None:
    builder.write_successions(shared_path("corpus", "register-2026", "scope-export.csv"), tmp_path)
    made = (tmp_path / "successions.csv").read_bytes()
    assert made == (FOLDER / "2026-04" / "successions.csv").read_bytes(), "run scripts/build-packagings"
