"""What changed on the register since a day: a search, page by page, held against its own count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from qualgraph.errors import RegisterAnswerError
from qualgraph.harvest.client import Client
from qualgraph.sources.interfaces.rest_paths import PAGE_SIZE, page_path
from qualgraph.sources.interfaces.rest_values import Object, code_of, day, number, rows

MOST_PAGES = 2_000
"""Pages of one search that are read; the whole register has some hundreds."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """The codes that a search lists, each once and in order, and what does not add up in it, in words."""

    codes: tuple[str, ...]
    problems: tuple[str, ...]


def changed_since(client: Client, since: date, progress: Callable[[int, int], None]) -> Listing:
    """Every component with a release or usage recommendation from that day on; raises HarvestError.

    ``progress`` is called with the rows read and those that there are, 0 where that is not said.
    """
    seen: Counter[str] = Counter()
    read, total = 0, None
    for page in range(MOST_PAGES):
        path = page_path(since_condition(since), read)
        answer = client.answer(path)
        if not isinstance(answer, dict) or not isinstance(answer.get("data"), list):
            raise RegisterAnswerError("is no page of a search.", where=f"{client.base}/{path}")
        found = rows(answer, "data")
        total = _total(answer, len(found), total)
        mine = [code for row in found if _is_since(row, since) and (code := code_of(row, "code"))]
        if page == 0 and found and not mine:
            raise RegisterAnswerError(
                f"lists components that did not change since {since}: it passes over the filter.",
                where=f"{client.base}/{path}",
                hint="The interface may have changed; name the components by their codes.",
            )
        seen.update(mine)
        read += len(answer["data"])
        progress(read, total or 0)
        if not found or (total is not None and read >= total) or (total is None and len(found) < PAGE_SIZE):
            break
    return Listing(codes=tuple(seen), problems=tuple(_problems(seen, read, total)))


def since_condition(since: date) -> str:
    """The filter for what changed since a day."""
    return (
        f"latestRelease/date ge {since.isoformat()} or usageRecommendation/startDate ge {since.isoformat()}"
    )


def _total(answer: Object, on_page: int, before: int | None) -> int | None:
    stated = number(answer, "totalCount")
    count = number(answer, "count")
    if stated is not None:
        return stated
    return count if count is not None and count > on_page else before


def _is_since(row: Object, since: date) -> bool:
    days = (day(row, "latestRelease", "date"), day(row, "usageRecommendation", "startDate"))
    return any(found is not None and found >= since for found in days)


def _problems(seen: Counter[str], read: int, total: int | None) -> list[str]:
    repeated = sorted(code for code, times in seen.items() if times > 1)
    problems = []
    if repeated:
        told = ", ".join(repeated[:5]) + (" ..." if len(repeated) > 5 else "")
        problems.append(f"The pages repeat {len(repeated)} components ({told}), so others may be lost.")
    if total is not None and read != total:
        problems.append(f"The pages have {read:,} rows, but the register counts {total:,}.")
    return problems
