"""Where the ontology, shapes, queries and data are: in the installed package, or in the checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Final

FOLDERS: Final = ("ontology", "shapes", "queries", "data")


def asset_folder(name: str) -> Path:
    """The folder of one of FOLDERS, whichever way qualgraph was installed; raises FileNotFoundError."""
    if name not in FOLDERS:
        raise FileNotFoundError(f"no asset folder is called '{name}'; there are {', '.join(FOLDERS)}")
    package = Path(__file__).resolve().parent
    for candidate in (package / "assets" / name, package.parent.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"the folder '{name}' is missing from this installation of qualgraph")


def ontology_files(*, vocabularies: bool = True, alignments: bool = False) -> list[Path]:
    """The files of the ontology, sorted: with its vocabularies, and on request what aligns it with others."""
    folder = asset_folder("ontology")
    patterns = ("*.ttl", *(["vocab/*.ttl"] if vocabularies else []), *(["align/*.ttl"] if alignments else []))
    return sorted(path for pattern in patterns for path in folder.glob(pattern))
