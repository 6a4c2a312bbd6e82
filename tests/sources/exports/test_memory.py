"""Ten times as many rows of an export take no more memory: nothing is held but the row that is read."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from qualgraph.identifiers import Identifiers
from qualgraph.sources import open_dataset
from qualgraph.sources.dataset import HEAD
from qualgraph.triples import TextPolicy, describe_dataset

HEADERS = {
    "components.csv": "code,title,type,trainingPackage\n",
    "units.tsv": "code\tname\tfield of ed\n",
    "links.csv": "trainingPackage,parentType,parentCode,unitCode\n",
    "scope.csv": "training_code,National Title,NRT Type,Usage Recommendation,Supersedes,Is Equivalent,Superseded by\n",
}


def row(name: str, number: int) -> str:
    code = f"ZZZ{number:05}"
    return {
        "components.csv": f"{code},Fly kite {number},Unit,ZZZ20\n",
        "units.tsv": f"{code}\tFly kite {number}\t061301\n",
        "links.csv": f"ZZZ20,Qualification,ZZZ{number // 20:05},YYY{number:05}\n",
        "scope.csv": f"{code},Fly kite {number},Unit,Current,YYY{number:05},True,\n",
    }[name]


def peak(path: Path, rows: int) -> int:
    """The most bytes that Python held while so many rows were read and described."""
    path.write_text(
        HEADERS[path.name] + "".join(row(path.name, number) for number in range(rows)), encoding="utf-8"
    )
    dataset = open_dataset(path)
    assert dataset is not None
    tracemalloc.start()
    try:
        described = sum(1 for _ in describe_dataset(dataset, Identifiers(), TextPolicy.RULES))
        assert described > rows
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", HEADERS)
def test_memory_is_flat_in_the_rows_of_an_export(name: str, tmp_path: Path) -> None:
    peak(tmp_path / name, 10)
    assert peak(tmp_path / name, 1_500) < peak(tmp_path / name, 150) + 4 * HEAD
