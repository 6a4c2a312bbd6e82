"""Whether kills at random moments of an ingest or harvest lose anything, leave half of it, or stop the next run.

    python benchmarks/kills.py [FILE_OR_FOLDER...] [--what ingest|harvest] [--kills 200] [--seed 1]

Each round starts the command and kills its process group (SIGKILL) at a moment drawn evenly over the time that an
undisturbed run takes. Then everything is held against an undisturbed run: the store opens; every document is wholly
there as it was before the run, or wholly as the run makes it; the merge of all graphs, the notes of ingests and what is
derived fit; documents that the run does not touch are what they were. A copy is run to its end, after which the store
is that of the undisturbed run and no other state is left on disk; the original is, every second time or so, killed
again. Of a harvest also every answer, component file and line of the journal that is kept is whole, and what was kept
is not asked for again. Without files invented documents and lists are ingested; a harvest asks an invented register on
loopback. The last line is a key=value summary; the exit code is 1 where a check failed.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from kill_harvest import HarvestTrial, lamps
from kill_ingest import IngestTrial
from killing import Commands, Tally, Trial, killed_many_times


@contextmanager
def trial(what: str, place: Path, commands: Commands, paths: list[Path]) -> Iterator[Trial]:
    """What is killed."""
    if what == "ingest":
        yield IngestTrial(place, commands, paths)
        return
    with lamps(units=5) as register:
        yield HarvestTrial(place, commands, register)


def main() -> int:
    """Run, print how far the killed runs had come, and say by the exit code whether all was well."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--what", choices=("ingest", "harvest"), default="ingest")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        place = Path(folder)
        with (
            Commands(place / "log") as commands,
            trial(options.what, place, commands, [path.resolve() for path in options.paths]) as tried,
        ):
            killed_many_times(tried, commands, place, tally, kills=options.kills, random=Random(options.seed))
    for phase in tried.phases:
        print(f"{tally.phases[phase]:5}  {phase}")
    print(
        f"what={options.what} seed={options.seed} kills={tally.kills} within_a_write={tally.within_a_write} "
        f"of_a_run_that_went_on={tally.again} failures={len(tally.failures)}"
    )
    return 1 if tally.failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
