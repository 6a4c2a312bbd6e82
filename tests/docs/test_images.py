"""Pictures in the documentation: each that is shown is there and says in words what is on it, and each is shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support import CHECKOUT

DOCS = CHECKOUT / "docs"
IMAGES = DOCS / "images"
MOST = 1_500_000
SHOWN = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")


def shown() -> list[tuple[Path, str, Path]]:
    """Each picture of each page: where it is shown, its words, and its file."""
    pages = [CHECKOUT / "README.md", *sorted(DOCS.rglob("*.md"))]
    return [
        (page, words, (page.parent / target).resolve())
        for page in pages
        for words, target in SHOWN.findall(page.read_text(encoding="utf-8"))
        if "://" not in target
    ]


def test_every_picture_that_is_shown_is_there_and_says_in_words_what_is_on_it() -> None:
    assert len(shown()) >= 9
    for page, words, file in shown():
        assert file.is_file(), f"{page.name} shows {file}"
        assert len(" ".join(words.split())) >= 20, f"{page.name} says too little of {file.name}"


def test_every_picture_is_shown_and_all_together_are_small() -> None:
    files = {file for file in IMAGES.iterdir() if file.is_file()}
    assert files - {file for _, _, file in shown()} == set()
    assert sum(file.stat().st_size for file in files) < MOST


@pytest.mark.parametrize("file", sorted(IMAGES.glob("*.png")), ids=lambda file: file.name)
def test_a_picture_is_of_a_screen(file: Path) -> None:
    head = file.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(head[16:20], "big") in (390, 1280)
