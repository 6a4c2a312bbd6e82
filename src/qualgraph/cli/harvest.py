"""``qualgraph harvest``: components from the register's interface into a store, or a look at whether it answers so."""

from __future__ import annotations

import json
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualgraph.cli.failure import FOUND_WANTING, report
from qualgraph.cli.harvest_report import (
    Summary,
    check_data,
    summary_data,
    tell_check,
    tell_outcome,
    tell_summary,
)
from qualgraph.cli.ingest import Text
from qualgraph.cli.options import JsonOption, StoreOption, examples
from qualgraph.cli.stores import require_writable, writing
from qualgraph.cli.terminal import progress, say
from qualgraph.errors import HarvestError, UsageError

if TYPE_CHECKING:
    from qualgraph.harvest import Harvest, Order

EXAMPLES = examples(
    "qualgraph harvest BSB50320 --follow units,supersedes,supersededBy",
    "qualgraph harvest BSB50320 --releases all",
    "qualgraph harvest --since 2026-01-01 --limit 200",
    "qualgraph harvest --check BSB50320",
)


class Releases(StrEnum):
    """The same as ``qualgraph.harvest.Releases``, which would load the HTTP library to show one line of help."""

    CURRENT = "current"
    ALL = "all"


BASE_URL = "https://training.gov.au/api"
"""The same as ``qualgraph.harvest.BASE_URL``, which would load the HTTP library to show one line of help."""


def harvest(
    codes: Annotated[
        list[str] | None, typer.Argument(metavar="[CODE]...", help="The components to harvest.")
    ] = None,
    follow: Annotated[
        str,
        typer.Option(
            metavar="LIST",
            help="Harvest also what these name: units, supersedes, supersededBy, parted by commas.",
        ),
    ] = "",
    releases: Annotated[
        Releases,
        typer.Option(
            metavar="|".join(Releases),
            help="Fetch the current release of each component, or earlier ones too, with their grids and rules.",
        ),
    ] = Releases.CURRENT,
    since: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], metavar="DAY", help="Harvest every component that changed since this day."
        ),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="The most components to harvest in all.")] = 1_000,
    depth: Annotated[int, typer.Option(min=0, help="How many steps to follow from what is asked for.")] = 2,
    base_url: Annotated[str, typer.Option(metavar="URL", help="The address of the interface.")] = BASE_URL,
    cache: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="The folder for answers and state.", show_default="a folder of your own user"
        ),
    ] = None,
    rate: Annotated[float, typer.Option(metavar="N", help="Requests a second, at most.")] = 1.0,
    timeout: Annotated[float, typer.Option(metavar="SECONDS", help="The most time for one answer.")] = 30.0,
    store: StoreOption = None,
    text: Annotated[
        Text, typer.Option(metavar="|".join(Text), help="How much of the answers' own prose to keep.")
    ] = Text.RULES,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be asked first; ask and change nothing.")
    ] = False,
    check: Annotated[
        bool,
        typer.Option("--check", help="Say how live answers differ from what is expected; change no store."),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Fetch components from the register's public interface, politely, and put them in the store.

    It has not been tried against the live service: --check says how that differs from what is expected. Answers are
    kept; a harvest that was stopped goes on where it was when the same command is given again.
    """
    from qualgraph.harvest import default_folder
    from qualgraph.identifiers import national_code

    folder = cache or default_folder()
    named = tuple(dict.fromkeys(national_code(code) for code in codes or ()))
    if check:
        _check(named, folder, base_url, rate, timeout, as_json)
        return
    if not named and since is None:
        raise UsageError(
            "nothing is said to harvest.", hint="Name components by their codes, or give --since DAY."
        )
    from qualgraph.harvest import Order
    from qualgraph.harvest import Releases as Wanted

    order = Order(
        codes=named,
        follow=_followed(follow),
        releases=Wanted(releases.value),
        depth=depth,
        limit=limit,
        since=since.date() if since else None,
    )
    if dry_run:
        _tell_first(order, folder, base_url, as_json)
        return
    _harvest(order, folder, base_url, rate, timeout, store, text, as_json)


def _followed(said: str) -> frozenset[Any]:
    from qualgraph.harvest import Follow

    words = [word.strip() for word in said.split(",") if word.strip()]
    known = {each.value.lower(): each for each in Follow}
    wrong = [word for word in words if word.lower() not in known]
    if wrong:
        raise UsageError(
            f"'{wrong[0]}' is nothing that can be followed.",
            hint=f"--follow takes {', '.join(each.value for each in Follow)}, parted by commas.",
        )
    return frozenset(known[word.lower()] for word in words)


def _harvest(
    order: Order,
    folder: Path,
    base_url: str,
    rate: float,
    timeout: float,
    location: str | None,
    text: Text,
    as_json: bool,
) -> None:
    from qualgraph.harvest import open_harvest

    require_writable(location)
    with open_harvest(order, folder, base_url=base_url, rate=rate, timeout=timeout) as opened:
        summary = Summary(resumed=opened.journal.resumed)
        stopped: HarvestError | None = None
        try:
            with progress("asking the register") as told:
                for outcome in opened.outcomes(told):
                    summary.outcomes.append(outcome)
                    if not as_json:
                        tell_outcome(outcome)
        except HarvestError as error:
            stopped = error
        summary.take(opened)
        _store(opened, location, text, summary)
        if stopped is None:
            opened.journal.end()
    if as_json:
        say(json.dumps(summary_data(summary), indent=2, ensure_ascii=False))
    else:
        tell_summary(summary)
    if stopped is not None:
        report(stopped, as_json=as_json)
        raise typer.Exit(stopped.exit_code)
    if summary.is_wanting:
        raise typer.Exit(FOUND_WANTING)


def _store(opened: Harvest, location: str | None, text: Text, summary: Summary) -> None:
    """Everything that is done, also in an earlier part of the harvest, into the store."""
    from qualgraph.pipeline import Ingested, Wanted, ingest_files, refresh
    from qualgraph.triples import TextPolicy

    if not opened.files():
        return
    with writing(location) as store:
        for day, paths in opened.files().items():
            wanted = Wanted(retrieved=day, policy=TextPolicy(text.value))
            with progress("storing") as told:
                for stored in ingest_files(store, paths, wanted, told):
                    if isinstance(stored, Ingested):
                        summary.stored[stored.action.value] += 1
                    else:
                        summary.refused.append((str(stored.path), stored.error))
        if (
            summary.stored
        ):  # also where nothing changed: the run that stored it may have been killed before it derived
            with progress("deriving") as told:
                refresh(store, progress=told)


def _tell_first(order: Order, folder: Path, base_url: str, as_json: bool) -> None:
    from qualgraph.harvest import HarvestFolder
    from qualgraph.harvest.listing import since_condition
    from qualgraph.harvest.transport import checked_base
    from qualgraph.sources.interfaces.rest_paths import component_path, item_path, page_path

    base, place = checked_base(base_url), HarvestFolder(folder)
    paths = [path for code in order.codes for path in (component_path(code), item_path(code))]
    if order.since:
        paths.append(page_path(since_condition(order.since), 0))
    found = [(f"{base}/{path}", place.kept(f"{base}/{path}") is not None) for path in paths]
    if as_json:
        say(json.dumps([{"url": url, "kept": kept} for url, kept in found], indent=2))
        return
    for url, kept in found:
        say(f"GET {url}{'  (a copy is kept)' if kept else ''}")
    say("What is asked next depends on the answers: releases, unit grids, packaging rules, what is followed.")


def _check(
    codes: tuple[str, ...], folder: Path, base_url: str, rate: float, timeout: float, as_json: bool
) -> None:
    from qualgraph.harvest import Client, HarvestFolder, Transport
    from qualgraph.harvest import check as checked

    if len(codes) > 1:
        raise UsageError("--check looks at one component.", hint="Name one code, or none.")
    place = HarvestFolder(folder / "check")
    with place.locked(), Transport(base_url, timeout=timeout) as transport:
        client = Client(transport, place, run=datetime.now().isoformat(), rate=rate)
        with progress("asking the register"):
            found = checked(client, codes[0] if codes else None)
        base = client.base
    if as_json:
        say(json.dumps(check_data(found, base), indent=2, ensure_ascii=False))
    else:
        tell_check(found, base)
    if not found.as_expected:
        raise typer.Exit(FOUND_WANTING)
