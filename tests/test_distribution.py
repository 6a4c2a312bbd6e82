"""The wheel, built from the sdist and installed in a clean environment outside the checkout, works by itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from qualgraph.assets import FOLDERS
from support import CHECKOUT

KINDS = (".ttl", ".rq", ".csv")
CHECK = """
import json, qualgraph
from pathlib import Path
from qualgraph.assets import FOLDERS, asset_folder
from qualgraph.packaging import rule_schema
print(json.dumps({
    "package": str(Path(qualgraph.__file__).parent),
    "assets": {name: sorted(p.name for p in asset_folder(name).rglob("*") if p.suffix in (".ttl", ".rq", ".csv"))
               for name in FOLDERS},
    "inside": all(asset_folder(name).is_relative_to(Path(qualgraph.__file__).parent) for name in FOLDERS),
    "schema": bool(rule_schema()),
}))
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The sdist of this checkout, and the wheel built from what the sdist holds."""
    out = tmp_path_factory.mktemp("dist")
    hatch = [sys.executable, "-m", "hatchling", "build", "--directory", str(out)]
    subprocess.run([*hatch, "--target", "sdist"], cwd=CHECKOUT, check=True, capture_output=True)
    [sdist] = out.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        # the first releases of Python 3.11 have no filters, later ones warn where none is given
        archive.extractall(
            out / "unpacked", **({"filter": "data"} if hasattr(tarfile, "data_filter") else {})
        )
    [source] = (out / "unpacked").iterdir()
    subprocess.run([*hatch, "--target", "wheel"], cwd=source, check=True, capture_output=True)
    [wheel] = out.glob("*.whl")
    return sdist, wheel


@pytest.fixture(scope="module")
def python(built: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment that holds the wheel, and sees only the libraries it depends on."""
    folder = tmp_path_factory.mktemp("clean") / "venv"
    venv.create(folder, with_pip=False)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)}))
    with zipfile.ZipFile(built[1]) as wheel:
        wheel.extractall(site)
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder / "bin" / "python"


def run(python: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "QUALGRAPH"))
    }
    return subprocess.run(
        [str(python), *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def test_the_wheel_carries_every_ontology_shape_query_and_data_file(python: Path, tmp_path: Path) -> None:
    done = run(python, tmp_path, "-c", CHECK)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["inside"]
    assert found["schema"]
    assert not Path(found["package"]).is_relative_to(CHECKOUT)
    for name in FOLDERS:
        expected = sorted(p.name for p in (CHECKOUT / name).rglob("*") if p.suffix in KINDS)
        assert len(expected) >= 5
        assert found["assets"][name] == expected


def test_the_sdist_carries_licence_notice_tests_and_no_environment(built: tuple[Path, Path]) -> None:
    with tarfile.open(built[0]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"LICENSE", "NOTICE", "README.md", "pyproject.toml", "tests/test_distribution.py"} <= names
    assert not [name for name in names if name.startswith((".venv/", ".demo/", ".git/"))]


def test_the_installed_command_builds_asks_and_validates_outside_the_checkout(
    python: Path, tmp_path: Path
) -> None:
    command = ["-c", "from qualgraph.cli import main; main()"]
    built = run(python, tmp_path, *command, "build", "--store", "store")
    assert built.returncode == 0, built.stderr
    asked = run(
        python,
        tmp_path,
        *command,
        "query",
        "pathways-from",
        "code=BSB40307",
        "--store",
        "store",
        "--format",
        "csv",
    )
    assert asked.returncode == 0, asked.stderr
    assert "BSB50307" in asked.stdout
    data = tmp_path / "mine.ttl"
    data.write_text(
        "@prefix qg: <https://w3id.org/qualgraph/def#> .\n<http://example.org/q> a qg:Qualification .\n",
        encoding="utf-8",
    )
    checked = run(python, tmp_path, *command, "validate", "mine.ttl")
    assert checked.returncode == 1, checked.stderr
