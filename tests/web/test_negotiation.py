"""Which representation a client gets: every format, quality values, wild cards, endings, and what cannot be read."""

from __future__ import annotations

import pytest

from qualgraph.pages.media import GRAPHS, HTML, JSONLD, NTRIPLES, TABLES, TURTLE, Media
from qualgraph.web.negotiation import by_ending, wanted

OFFERED = (HTML, *GRAPHS)


@pytest.mark.parametrize("media", OFFERED, ids=lambda media: media.ending)
def test_each_media_type_gets_exactly_itself(media: Media) -> None:
    assert wanted([media.type], OFFERED) is media
    assert wanted([f"{media.type}; charset=utf-8"], OFFERED) is media
    assert wanted([media.type.upper()], OFFERED) is media
    assert by_ending(media.ending, OFFERED) is media


@pytest.mark.parametrize("media", OFFERED, ids=lambda media: media.ending)
@pytest.mark.parametrize("other", OFFERED, ids=lambda media: media.ending)
def test_the_higher_quality_wins_in_any_order(media: Media, other: Media) -> None:
    if media is other:
        return
    assert wanted([f"{other.type};q=0.4, {media.type};q=0.5"], OFFERED) is media
    assert wanted([f"{media.type}", f"{other.type};q=0.9"], OFFERED) is media
    assert wanted([f"{other.type};q=0, {media.type};q=0.001"], OFFERED) is media


@pytest.mark.parametrize(
    ("accept", "got"),
    [
        ([], HTML),
        ([""], HTML),
        (["*/*"], HTML),
        (["text/*"], HTML),
        (["application/*"], NTRIPLES),
        (["text/turtle, */*;q=0.1"], TURTLE),
        (["*/*;q=0.1, text/turtle"], TURTLE),
        (["text/html;q=0, */*"], TURTLE),
        (["application/json"], JSONLD),
        (["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"], HTML),
        (["nonsense, text/turtle;q=0.5"], TURTLE),
        (["image/png"], None),
        (["text/turtle;q=0"], None),
        (["nonsense"], None),
        ([", ,"], None),
    ],
    ids=str,
)
def test_what_clients_really_send(accept: list[str], got: Media | None) -> None:
    assert wanted(accept, OFFERED) is got


def test_the_ending_json_is_the_json_of_what_is_offered() -> None:
    assert by_ending("json", OFFERED) is JSONLD
    assert by_ending("json", TABLES) is next(iter(TABLES))
    assert by_ending("doc", OFFERED) is None
