"""Peak memory of ingesting exports, against that of the same exports with ten times as many rows.

    python benchmarks/memory.py [FOLDER] [--times 10] [--only scope-export.csv,...] [--together]

Of FOLDER (default: ../shared/corpus) the files of rows are taken (csv, tsv, jsonl). In the larger ones each row comes
once more for each time, with the codes in it changed (BSB becomes CTC, then DUD, and so on), so that each is about
components of its own. Each file is ingested into a new store by the command, derivation included; with --together it is
the whole FOLDER, all other files as they are.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from pathlib import Path

from ingest import DEFAULT, measured

ROWS = {".csv", ".tsv", ".jsonl"}
CODE = re.compile(r"\b[A-Z]{3}(?=[A-Z]*\d)")


def moved(row: str, by: int) -> str:
    """The row with the first three letters of each code moved on in the alphabet."""
    return CODE.sub(lambda found: "".join(chr((ord(c) - 65 + by) % 26 + 65) for c in found[0]), row)


def larger(path: Path, times: int, folder: Path) -> Path:
    """The file with so many times its rows; the line of headings stays one."""
    target = folder / path.name
    with (
        path.open(encoding="utf-8", newline="") as source,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        if path.suffix != ".jsonl":
            out.write(source.readline())
        begin = source.tell()
        for by in range(times):
            source.seek(begin)
            while row := source.readline():
                out.write(moved(row, by))
    return target


def all_larger(source: Path, files: list[Path], times: int, folder: Path) -> Path:
    """A copy of a folder in which these files have so many times their rows."""
    target = Path(shutil.copytree(source, folder / source.name))
    for path in files:
        copy = target / path.relative_to(source)
        copy.unlink()
        larger(path, times, copy.parent)
    return target


def ingested(path: Path, folder: Path) -> float:
    """Peak memory in MB of a command that ingests a file or folder into a store of its own."""
    location = folder / f"store-{path.parent.name}-{path.stem}"
    return measured([sys.executable, "-m", "qualgraph", "ingest", str(path), "--store", str(location)])[1]


def main() -> int:
    """Print a line for each file, and the largest ratio."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--times", type=int, default=10, help="how many times as many rows (default 10)")
    parser.add_argument("--only", default="", help="only files of these names")
    parser.add_argument("--together", action="store_true", help="the folder as a whole")
    options = parser.parse_args()
    only = {name for name in options.only.split(",") if name}
    files = sorted(
        path
        for path in options.folder.rglob("*")
        if path.suffix in ROWS and (path.name in only or (not only and path.stat().st_size > 100_000))
    )
    if not files:
        print(f"no file of rows in {options.folder}", file=sys.stderr)
        return 2
    print(f"{'':<32}{'1 x, MB':>10}{f'{options.times} x, MB':>12}{'ratio':>8}")
    ratios = []
    for path in [options.folder.resolve()] if options.together else files:
        with tempfile.TemporaryDirectory(prefix="memory-") as folder:
            place = Path(folder)
            one = ingested(path, place)
            whole = path.is_dir()
            rows = (
                all_larger(path, files, options.times, place) if whole else larger(path, options.times, place)
            )
            many = ingested(rows, place)
        ratios.append(many / one)
        print(f"{path.name:<32}{one:>10.0f}{many:>12.0f}{ratios[-1]:>8.2f}", flush=True)
    print(
        f"files={len(files)} together={options.together} times={options.times} largest_ratio={max(ratios):.2f}"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
