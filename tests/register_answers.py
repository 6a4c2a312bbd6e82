"""Invented answers of the register's REST interface, and the addresses that give them: a small register of lamps."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

RULES = """<p>Total number of units = 3</p>
<p>2 core units plus</p>
<p>1 elective unit from the list below.</p>
<h3>Core units</h3>
<table><tr><td>ZZZLMP401</td><td>Trim a lamp</td></tr><tr><td>ZZZLMP402</td><td>Carry a lamp</td></tr></table>
<h3>Elective units</h3>
<table><tr><td>ZZZOIL401</td><td>Store lamp oil</td></tr><tr><td>ZZZOIL402</td><td>Press lamp oil</td></tr></table>"""
UNITS = {
    "ZZZLMP401": ("Trim a lamp", True),
    "ZZZLMP402": ("Carry a lamp", True),
    "ZZZOIL401": ("Store lamp oil", False),
    "ZZZOIL402": ("Press lamp oil", False),
}
RELEASE = "7f3a-2"
BUNDLE = "b0d1-9"
EARLIER = "7f3a-1"
EARLIER_BUNDLE = "b0d1-3"


def component(code: str = "ZZZ40120", **changes: Any) -> dict[str, Any]:
    """The answer of a qualification; ``changes`` replace members."""
    return {
        "code": code,
        "title": "Certificate IV in Lamp Tending",
        "id": "11aa-1",
        "type": "qualification",
        "usageRecommendation": "current",
        "parent": {"code": "ZZZ", "title": "Lamps and Lanterns Training Package", "id": "00aa"},
        "releases": [
            {"id": RELEASE, "releaseNumber": "2", "releaseDate": "2021-03-04", "currency": "current"},
            {"id": "7f3a-1", "releaseNumber": "1", "releaseDate": "2020-11-19", "currency": "replaced"},
        ],
        "taxonomy": {
            "industrySectors": [{"industrySector": "Lighting, Historic", "industrySectorId": 7}],
            "occupations": [{"occupation": "Lamp Tender", "occupationId": 8}],
        },
        "mappingInformation": [
            {
                "code": code,
                "mapsToCode": "ZZZ40115",
                "mapsToTitle": "Certificate IV in Lamps",
                "isEquivalent": True,
                "date": "2020-11-18",
                "notes": "Two units added.",
            }
        ],
    } | changes


def unit(code: str, **changes: Any) -> dict[str, Any]:
    """The answer of a unit of competency."""
    title = UNITS.get(code, (f"Tend lamp {code}", True))[0]
    return {
        "code": code,
        "title": title,
        "type": "unit",
        "usageRecommendation": "current",
        "releases": [{"id": f"u-{code}", "releaseNumber": "1", "releaseDate": "2020-01-02"}],
        "mappingInformation": [],
    } | changes


def item(code: str = "ZZZ40120", **changes: Any) -> dict[str, Any]:
    """The row of a qualification in a search page."""
    return {
        "searchScore": 12.5,
        "code": code,
        "title": "Certificate IV in Lamp Tending",
        "type": {"id": "qualification", "name": "Qualification", "sortOrder": 2},
        "status": {"id": "current", "isCurrent": True, "name": "Current"},
        "usageRecommendation": {"name": "Current", "startDate": "2020-11-19"},
        "qualificationLevel": {"code": "511", "name": "Certificate IV", "description": "Certificate IV in"},
        "trainingPackage": {"code": "ZZZ", "title": "Lamps and Lanterns Training Package"},
        "latestRelease": {"date": "2021-03-04", "number": "2"},
        "anzsco": {"code": "399999", "name": "Lamp Tender", "description": "Lamp Tender"},
        "asced4": {"code": "0313", "name": "Lamp Engineering"},
        "asced6": None,
        "taxonomyIndustry": [{"industrySector": "Lighting, Historic", "id": "7"}],
        "taxonomyOccupation": [{"occupation": "Lamp Tender", "id": "8"}],
        "supersedes": [{"code": "ZZZ40115", "title": "Certificate IV in Lamps", "isEquivalent": True}],
        "supersededBy": [],
    } | changes


def page(*items: Mapping[str, Any], total: int | None = None) -> dict[str, Any]:
    """A search page."""
    return {"count": len(items), "totalCount": len(items) if total is None else total, "data": list(items)}


def release(**changes: Any) -> dict[str, Any]:
    """The answer of the current release of the qualification."""
    return {
        "id": RELEASE,
        "releaseNumber": "2",
        "releaseDate": "2021-03-04",
        "currency": "current",
        "packagingInformation": {"core": 2, "elective": 1, "measure": "units"},
        "contentBundles": [{"id": BUNDLE, "typeName": "Default", "typeCode": "0000"}],
        "assets": [],
    } | changes


def grid() -> list[dict[str, Any]]:
    """The unit grid of the current release."""
    return [
        {
            "code": code,
            "title": title,
            "isEssential": core,
            "isEssentialLabel": "Core" if core else "Elective",
            "usageRecommendation": "current",
            "hasPreRequisites": False,
            "links": [],
        }
        for code, (title, core) in UNITS.items()
    ]


def bundle(**changes: Any) -> dict[str, Any]:
    """The content bundle with the packaging rules."""
    return {
        "id": BUNDLE,
        "typeName": "Default",
        "items": [
            {
                "id": "i1",
                "sequence": 1,
                "content": "<p>Lamps.</p>",
                "contentType": "Description",
                "format": "html",
            },
            {"id": "i2", "sequence": 2, "content": RULES, "contentType": "PackagingRules", "format": "html"},
        ],
    } | changes


def answers(code: str = "ZZZ40120", **replaced: Any) -> list[tuple[str, Any]]:
    """Every answer about the qualification with its address, as a harvest asks for them; ``replaced`` by kind."""
    made = {
        "component": component(code),
        "item": page(item(code)),
        "release": release(),
        "grid": grid(),
        "bundle": bundle(),
    } | replaced
    paths = {
        "component": f"training/{code}",
        "item": f"search/training?searchText={code}",
        "release": f"training/{code}/releases/{RELEASE}",
        "grid": f"training/{code}/releases/{RELEASE}/unitgrid",
        "bundle": f"content/bundle/{BUNDLE}",
    }
    return [(paths[name], value) for name, value in made.items()]


def earlier(code: str = "ZZZ40120") -> dict[str, Any]:
    """The answers about the release before the current one, by address: other units and another rule."""
    units = [row for row in grid() if row["code"] != "ZZZOIL402"]
    rules = RULES.replace("<tr><td>ZZZOIL402</td><td>Press lamp oil</td></tr>", "")
    of_release = f"training/{code}/releases/{EARLIER}"
    return {
        of_release: release(
            id=EARLIER,
            releaseNumber="1",
            releaseDate="2020-11-19",
            currency="replaced",
            contentBundles=[{"id": EARLIER_BUNDLE}],
        ),
        f"{of_release}/unitgrid": units,
        f"content/bundle/{EARLIER_BUNDLE}": bundle(
            id=EARLIER_BUNDLE,
            items=[{"id": "i9", "content": rules, "contentType": "PackagingRules", "format": "html"}],
        ),
    }


def saved(found: list[tuple[str, Any]]) -> str:
    """Answers as a harvest saves them."""
    return "".join(json.dumps({"path": path, "answer": value}) + "\n" for path, value in found)
