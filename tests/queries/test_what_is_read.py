"""A question about one thing is answered from what is about it, not from the whole store."""

from __future__ import annotations

from pathlib import Path

from qualgraph.catalogue import discover
from qualgraph.namespaces import DEFAULT_BASE
from qualgraph.rdf import IRI, Triple, parse_data
from qualgraph.store import OxigraphStore
from query_plans import results_read

HEAD = f"@base <{DEFAULT_BASE}> . @prefix qg: <https://w3id.org/qualgraph/def#> ."


def _document(package: str, units: int) -> list[Triple]:
    """A training package with so many units."""
    said = (
        f'<unit/{package}U{n}> a qg:UnitOfCompetency ; qg:code "{package}U{n}" ; qg:preferredTitle "Fly {n}" ; '
        f"qg:hasLatestUsage qg:Current ; qg:isInTrainingPackage <training-package/{package}> ."
        for n in range(units)
    )
    text = (
        f'{HEAD} <training-package/{package}> a qg:TrainingPackage ; qg:code "{package}" . {" ".join(said)}'
    )
    return [quad.triple for quad in parse_data(text)]


def test_what_the_components_of_a_training_package_read_does_not_grow_with_other_packages(
    tmp_path: Path,
) -> None:
    query = discover()["components-of-training-package"].sparql({"code": "ZZZ", "kind": "any"})
    read = []
    for others in (50, 2000):
        folder = tmp_path / str(others)
        with OxigraphStore(folder) as store:
            packages = {"ZZZ": 3, "YYY": others}
            store.replace_graphs(
                {IRI(f"{DEFAULT_BASE}document/x/{each}"): _document(each, n) for each, n in packages.items()}
            )
        read.append(results_read(query, folder, tmp_path))
    assert 0 < read[1] <= 2 * read[0], read
