"""A harvest: what it asks for, what it follows, where it stops, and how it goes on after it was cut off."""

from __future__ import annotations

import json
import resource
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qualgraph.errors import (
    HarvestLockedError,
    NotOnRegisterError,
    RegisterAnswerError,
    RegisterUnreachableError,
    UsageError,
)
from qualgraph.harvest import Follow, Harvested, HarvestFolder, Journal, NotHarvested, Order, Releases
from qualgraph.model import Entry, Packaging, Release, UnitGrid
from qualgraph.sources.dataset import SourceFile
from qualgraph.sources.interfaces import rest_answers
from register_answers import BUNDLE, EARLIER, EARLIER_BUNDLE, RELEASE, component, item, page, release
from register_server import Register
from servers import Response

UNITS = ["ZZZLMP401", "ZZZLMP402", "ZZZOIL401", "ZZZOIL402"]
FAULT = Response(status=500, body=b"", headers={})


def codes(ran: Any) -> list[str]:
    return [outcome.code for outcome in ran.outcomes]


def saved(ran: Any, code: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ran.harvest.folder.component_file(code).read_bytes().splitlines()]


def test_a_component_is_asked_for_with_all_that_belongs_to_it(
    harvested: Callable[..., Any], lamps: Register
) -> None:
    ran = harvested("ZZZ40120")
    [outcome] = ran.outcomes
    assert isinstance(outcome, Harvested)
    assert outcome.gaps == ()
    asked = [line["path"].partition("?")[0] for line in saved(ran, "ZZZ40120")]
    assert asked == [
        "training/ZZZ40120",
        "search/training",
        f"training/ZZZ40120/releases/{RELEASE}",
        f"training/ZZZ40120/releases/{RELEASE}/unitgrid",
        f"content/bundle/{BUNDLE}",
    ]
    assert len(lamps.answered) == 5


def test_of_a_unit_no_grid_and_no_rules_are_asked_for(harvested: Callable[..., Any], lamps: Register) -> None:
    harvested("ZZZLMP401")
    assert len(lamps.answered) == 3


def test_earlier_releases_are_asked_for_with_their_own_grids_and_rules(
    harvested: Callable[..., Any], lamps: Register
) -> None:
    ran = harvested("ZZZ40120", releases=Releases.ALL)
    [outcome] = ran.outcomes
    assert outcome.gaps == ()
    assert [line["path"].partition("?")[0] for line in saved(ran, "ZZZ40120")][5:] == [
        f"training/ZZZ40120/releases/{EARLIER}",
        f"training/ZZZ40120/releases/{EARLIER}/unitgrid",
        f"content/bundle/{EARLIER_BUNDLE}",
    ]
    now, before = (
        {type(record): record for record in entry.records}
        for entry in rest_answers.READER.items(SourceFile(outcome.path))
        if isinstance(entry, Entry)
    )
    assert (now[Release].number, before[Release].number) == ("2", "1")
    assert (len(now[UnitGrid].rows), len(before[UnitGrid].rows)) == (4, 3)
    listed = [len(release[Packaging].rule.listed_electives) for release in (now, before)]
    assert listed == [2, 1]


def test_earlier_releases_are_only_asked_for_where_that_is_said(
    harvested: Callable[..., Any], lamps: Register
) -> None:
    harvested("ZZZ40120")
    assert not [path for path in lamps.answered if EARLIER in path or EARLIER_BUNDLE in path]
    assert Order(codes=("ZZZ40120",)).key("b") != Order(codes=("ZZZ40120",), releases=Releases.ALL).key("b")


def test_a_draft_is_never_asked_for_and_a_bundle_of_two_releases_once(
    harvested: Callable[..., Any], lamps: Register
) -> None:
    lamps.answers[f"training/ZZZ40120/releases/{EARLIER}"]["contentBundles"] = [{"id": BUNDLE}]
    listed = lamps.answers["training/ZZZ40120"]["releases"]
    listed.append({"id": "7f3a-3", "releaseNumber": "3", "releaseDate": "2026-01-01", "currency": "draft"})
    harvested("ZZZ40120", releases=Releases.ALL)
    asked = [path.partition("?")[0] for path in lamps.answered]
    assert asked.count(f"/api/content/bundle/{BUNDLE}") == 1
    assert not [path for path in asked if "7f3a-3" in path]


def test_units_of_earlier_releases_are_followed(harvested: Callable[..., Any], lamps: Register) -> None:
    gone = {"code": "ZZZWCK301", "title": "Cut a wick", "isEssential": True}
    lamps.answers[f"training/ZZZ40120/releases/{EARLIER}/unitgrid"].append(gone)
    lamps.add_unit("ZZZWCK301")
    ran = harvested("ZZZ40120", releases=Releases.ALL, follow=frozenset({Follow.UNITS}))
    assert "ZZZWCK301" in codes(ran)
    assert "ZZZWCK301" not in codes(harvested("ZZZ40120", follow=frozenset({Follow.UNITS})))


def test_no_person_and_nothing_of_other_components_is_saved(
    harvested: Callable[..., Any], lamps: Register
) -> None:
    lamps.answers["training/ZZZ40120"] = component(contacts=[{"firstName": "Somebody"}])
    lamps.page = lambda found, offset, size: page(*found, item("ZZZ50120", title="Other"))
    ran = harvested("ZZZ40120")
    text = ran.harvest.folder.component_file("ZZZ40120").read_text(encoding="utf-8")
    assert "Somebody" not in text
    assert "ZZZ50120" not in text
    assert "searchScore" not in text


def test_a_search_that_scores_otherwise_makes_no_other_file(
    harvested: Callable[..., Any], lamps: Register
) -> None:
    before = saved(harvested("ZZZ40120"), "ZZZ40120")
    lamps.items[0]["searchScore"] = 3.25
    assert saved(harvested("ZZZ40120"), "ZZZ40120") == before


def test_units_are_followed(harvested: Callable[..., Any]) -> None:
    ran = harvested("ZZZ40120", follow=frozenset({Follow.UNITS}))
    assert codes(ran) == ["ZZZ40120", *UNITS]
    assert ran.outcomes[1].why == "unit of ZZZ40120"


def test_supersession_is_followed_in_the_direction_that_is_asked_for(
    harvested: Callable[..., Any], lamps: Register
) -> None:
    lamps.add("ZZZ40115", usageRecommendation="superseded", mappingInformation=[])
    lamps.items[-1] = item(
        "ZZZ40115", supersedes=[], supersededBy=[{"code": "ZZZ40120", "isEquivalent": True}]
    )
    assert codes(harvested("ZZZ40120", follow=frozenset({Follow.SUPERSEDES}))) == ["ZZZ40120", "ZZZ40115"]
    assert codes(harvested("ZZZ40120", follow=frozenset({Follow.SUPERSEDED_BY}))) == ["ZZZ40120"]
    assert codes(harvested("ZZZ40115", follow=frozenset({Follow.SUPERSEDED_BY}))) == ["ZZZ40115", "ZZZ40120"]


def test_a_circle_is_walked_once(harvested: Callable[..., Any], lamps: Register) -> None:
    lamps.add("ZZZ40115", mappingInformation=[{"mapsToCode": "ZZZ40120", "isEquivalent": True}])
    lamps.items[-1] = item("ZZZ40115", supersedes=[{"code": "ZZZ40120"}])
    ran = harvested("ZZZ40120", follow=frozenset(Follow), depth=9)
    assert codes(ran) == ["ZZZ40120", "ZZZ40115", *UNITS]


@pytest.mark.parametrize(("bound", "wanted"), [({"limit": 3}, 3), ({"depth": 0}, 1)])
def test_what_lies_beyond_a_bound_is_left_out_and_told(
    harvested: Callable[..., Any], bound: dict[str, int], wanted: int
) -> None:
    ran = harvested("ZZZ40120", follow=frozenset({Follow.UNITS}), **bound)
    assert len(ran.outcomes) == wanted
    assert len(ran.harvest.journal.left_out) == 5 - wanted


def test_a_component_that_is_not_known_stops_no_other(harvested: Callable[..., Any]) -> None:
    first, second = harvested("ZZZ99999", "ZZZLMP401").outcomes
    assert isinstance(first, NotHarvested)
    assert isinstance(first.error, NotOnRegisterError)
    assert isinstance(second, Harvested)


def test_an_answer_about_another_component_is_refused(harvested: Callable[..., Any], lamps: Register) -> None:
    lamps.answers["training/ZZZ40121"] = component("ZZZ40120")
    [outcome] = harvested("ZZZ40121").outcomes
    assert isinstance(outcome, NotHarvested)
    assert isinstance(outcome.error, RegisterAnswerError)


def test_an_answer_that_is_not_had_is_a_gap_of_its_component(
    harvested: Callable[..., Any], lamps: Register
) -> None:
    del lamps.answers[f"training/ZZZ40120/releases/{RELEASE}/unitgrid"]
    [outcome] = harvested("ZZZ40120").outcomes
    assert [type(gap) for gap in outcome.gaps] == [NotOnRegisterError]


@pytest.mark.parametrize("key", ["../../secret", "a/b", "", "x" * 200, {"odd": 1}, "..", "a b"])
def test_an_identifier_out_of_an_answer_never_leaves_its_place(
    harvested: Callable[..., Any], lamps: Register, key: Any
) -> None:
    row = {"id": key, "releaseNumber": "2", "releaseDate": "2021-03-04", "currency": "current"}
    lamps.answers["training/ZZZ40120"] = component(releases=[row])
    harvested("ZZZ40120")
    assert [path.partition("?")[0] for path in lamps.asked] == [
        "/api/training/ZZZ40120",
        "/api/search/training",
    ]


def test_no_more_bundles_are_asked_for_than_a_release_can_sensibly_have(
    harvested: Callable[..., Any], lamps: Register
) -> None:
    many = [{"id": f"b-{n}"} for n in range(500)]
    lamps.answers[f"training/ZZZ40120/releases/{RELEASE}"] = release(contentBundles=many)
    harvested("ZZZ40120")
    assert sum("/content/" in path for path in lamps.asked) == 5


def test_the_same_order_again_asks_whether_anything_changed(
    harvested: Callable[..., Any], lamps: Register
) -> None:
    harvested("ZZZ40120")
    tally = harvested("ZZZ40120").harvest.client.tally
    assert tally == {"unchanged": 4, "fetched": 1}  # searches have no validators here


def test_a_register_that_goes_away_leaves_a_harvest_that_goes_on(
    harvested: Callable[..., Any], lamps: Register
) -> None:
    lamps.odd["training/ZZZOIL401"] = [FAULT, FAULT]
    with pytest.raises(RegisterUnreachableError):
        harvested("ZZZ40120", follow=frozenset({Follow.UNITS}))
    before = set(lamps.answered)
    lamps.answered.clear()
    ran = harvested("ZZZ40120", follow=frozenset({Follow.UNITS}))
    assert codes(ran) == ["ZZZOIL401", "ZZZOIL402"]
    assert set(lamps.answered) & before == {"/api/training/ZZZOIL401"}
    assert len(ran.harvest.journal.done) == 5


def test_a_harvest_whose_store_failed_asks_for_nothing_again(
    harvested: Callable[..., Any], lamps: Register
) -> None:
    harvested("ZZZ40120", ended=False)
    lamps.answered.clear()
    ran = harvested("ZZZ40120")
    assert lamps.answered == []
    assert ran.harvest.files() == {date(2026, 3, 4): [ran.harvest.folder.component_file("ZZZ40120")]}


@pytest.mark.parametrize("cut", [1, 5, 20])
def test_half_a_line_at_the_end_of_the_journal_is_forgotten(
    harvested: Callable[..., Any], lamps: Register, tmp_path: Path, cut: int
) -> None:
    harvested("ZZZ40120", ended=False)
    [journal] = (tmp_path / "cache" / "harvests").iterdir()
    journal.write_bytes(journal.read_bytes()[:-cut])
    lamps.answered.clear()
    ran = harvested("ZZZ40120")
    assert codes(ran) == ["ZZZ40120"]
    assert lamps.answered == []
    assert all(json.loads(line) for line in journal.read_bytes().splitlines())


def test_a_journal_that_cannot_be_read_is_told_and_not_begun_anew(
    harvested: Callable[..., Any], tmp_path: Path
) -> None:
    harvested("ZZZLMP401", ended=False)
    [journal] = (tmp_path / "cache" / "harvests").iterdir()
    journal.unlink()
    journal.mkdir()
    with pytest.raises(UsageError, match="cannot be read"):
        harvested("ZZZLMP401")
    assert journal.is_dir()


def test_a_step_for_which_there_is_no_room_leaves_the_journal_whole(
    harvested: Callable[..., Any], tmp_path: Path
) -> None:
    harvested("ZZZLMP401", ended=False)
    [path] = (tmp_path / "cache" / "harvests").iterdir()
    before = path.read_bytes()
    journal = Journal(HarvestFolder(tmp_path / "cache"), path.stem)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 10, limits[1]))
    try:
        with pytest.raises(UsageError, match="Make room"):
            journal.fail("ZZZLMP402", "no answer")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.read_bytes() == before
    journal.fail("ZZZLMP402", "no answer")
    assert Journal(HarvestFolder(tmp_path / "cache"), path.stem).failed == {"ZZZLMP402": "no answer"}


def test_another_order_is_a_harvest_of_its_own(harvested: Callable[..., Any]) -> None:
    harvested("ZZZ40120", ended=False)
    assert codes(harvested("ZZZLMP401")) == ["ZZZLMP401"]


def test_two_harvests_into_one_folder_do_not_mix(harvested: Callable[..., Any], tmp_path: Path) -> None:
    with HarvestFolder(tmp_path / "cache").locked():
        with pytest.raises(HarvestLockedError, match="another process"):
            harvested("ZZZ40120")
        harvested("ZZZ40120", folder="other")
    harvested("ZZZ40120")


def changed(code: str, day: str) -> dict[str, Any]:
    return item(code, latestRelease={"number": "1", "date": day}, usageRecommendation={"name": "Current"})


def test_what_changed_since_a_day_is_listed_page_by_page(
    harvested: Callable[..., Any], lamps: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qualgraph.harvest.listing.PAGE_SIZE", 2)
    lamps.items = [changed(code, "2026-02-01") for code in ["ZZZ40120", *UNITS]]
    lamps.page = lambda found, offset, size: page(*found[offset : offset + 2], total=len(found))
    ran = harvested(since=date(2026, 1, 1))
    assert sorted(codes(ran)) == sorted(["ZZZ40120", *UNITS])
    assert ran.harvest.problems == []
    listed = [path for path in lamps.answered if "search/training?filter=latestRelease" in path]
    assert len(listed) == 3


def test_components_that_did_not_change_are_not_harvested(
    harvested: Callable[..., Any], lamps: Register
) -> None:
    lamps.items = [changed("ZZZ40120", "2026-02-01"), changed("ZZZLMP401", "2025-12-31")]
    assert codes(harvested(since=date(2026, 1, 1))) == ["ZZZ40120"]


def test_a_search_that_passes_over_the_filter_is_not_walked_to_its_end(
    harvested: Callable[..., Any], lamps: Register
) -> None:
    lamps.items = [changed(f"ZZZ4{n:04}", "2011-02-01") for n in range(300)]
    with pytest.raises(RegisterAnswerError, match="passes over the filter"):
        harvested(since=date(2026, 1, 1))
    assert len(lamps.asked) == 1


def pages(lamps: Register, *listed: list[str], total: int) -> None:
    """Pages of the listing as they are given; a search for one component finds none."""
    answered = iter([*listed, []])
    lamps.page = lambda found, offset, size: page(
        *(changed(code, "2026-02-01") for code in (next(answered) if size > 10 else [])), total=total
    )


def test_pages_that_repeat_rows_are_noticed(harvested: Callable[..., Any], lamps: Register) -> None:
    pages(lamps, ["ZZZLMP401", "ZZZLMP402"], ["ZZZLMP402", "ZZZOIL401"], total=4)
    ran = harvested(since=date(2026, 1, 1))
    assert codes(ran) == ["ZZZLMP401", "ZZZLMP402", "ZZZOIL401"]
    assert ran.harvest.problems == ["The pages repeat 1 components (ZZZLMP402), so others may be lost."]


def test_pages_that_lose_rows_are_noticed(harvested: Callable[..., Any], lamps: Register) -> None:
    pages(lamps, ["ZZZLMP401", "ZZZLMP402"], ["ZZZOIL401"], total=5)
    ran = harvested(since=date(2026, 1, 1))
    assert ran.harvest.problems == ["The pages have 3 rows, but the register counts 5."]


@pytest.mark.parametrize("odd", [[], "text", {}, {"data": {}}, None, {"data": None}])
def test_what_is_no_page_is_refused(harvested: Callable[..., Any], lamps: Register, odd: Any) -> None:
    lamps.page = lambda found, offset, size: odd
    with pytest.raises(RegisterAnswerError, match="no page"):
        harvested(since=date(2026, 1, 1))


def test_files_that_a_kill_left_half_written_are_removed(
    harvested: Callable[..., Any], tmp_path: Path
) -> None:
    half = tmp_path / "cache" / "pending" / "half"
    half.parent.mkdir(parents=True)
    half.write_bytes(b'{"path": "training/ZZZ4')
    harvested("ZZZ40120")
    assert list(half.parent.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(harvested: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(UsageError, match="--cache"):
        harvested("ZZZ40120", folder="file/below")
