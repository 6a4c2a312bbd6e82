"""A checker of links: every address that a page of a folder has leads to a file, and its fragment to an element."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterator
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
OPTIONAL_END = frozenset(["li", "p", "dt", "dd", "tr", "td", "th", "thead", "tbody", "option"])
BLOCKS = frozenset(["ul", "ol", "table", "section", "article", "div", "dl", "form", "h2", "h3", "h4"])
ONE_OF_A_KIND = frozenset({"html", "head", "body", "main", "h1"})


class Page(HTMLParser):
    """What a page links to, the ids it has, and what is wrong with its markup."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.ids: list[str] = []
        self.wrong: list[str] = []
        self._open: list[str] = []
        self._met: list[str] = []
        self.feed(text)
        self.close()
        self.wrong += [f"<{tag}> is not closed" for tag in self._open]
        self.wrong += [
            f"<{tag}> stands {self._met.count(tag)} times"
            for tag in ONE_OF_A_KIND
            if self._met.count(tag) != 1
        ]
        self.wrong += [f"the id {each} is not its own" for each in set(self.ids) if self.ids.count(each) > 1]
        if not text.startswith("<!doctype html>"):
            self.wrong.append("no doctype")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.wrong.append(f"<{tag}> has an attribute twice")
        for name, value in attrs:
            if name == "id" and value is not None:
                self.ids.append(value)
                if not value or any(char.isspace() for char in value):
                    self.wrong.append(f"the id '{value}' is no id")
            if name in ("href", "src") and value is not None and tag != "link":
                self.links.append(value)
            if tag == "link" and name == "href" and value and dict(attrs).get("rel") != "canonical":
                self.links.append(value)
        self._met.append(tag)
        if tag == "p" and "p" in self._open and self._open[-1] == "p":
            self._open.pop()
        if tag in BLOCKS and self._open[-1:] == ["p"]:
            self.wrong.append(f"<{tag}> stands in <p>")
        if tag == "a" and "a" in self._open:
            self.wrong.append("<a> stands in <a>")
        if tag == "li" and self._open[-1:] not in (["ul"], ["ol"]):
            self.wrong.append(f"<li> stands in {self._open[-1:]}")
        if self._open[-1:] in (["ul"], ["ol"]) and tag not in ("li", "script", "template"):
            self.wrong.append(f"<{tag}> stands in a list")
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open[-1] != tag and self._open[-1] in OPTIONAL_END:
            self._open.pop()
        if not self._open or self._open[-1] != tag:
            self.wrong.append(f"</{tag}> closes nothing that is open ({self._open[-1:]})")
        else:
            self._open.pop()


def files_of(folder: Path) -> frozenset[str]:
    """The paths in a folder of all its files."""
    below = ((Path(place).relative_to(folder), names) for place, _, names in os.walk(folder))
    return frozenset((place / name).as_posix() for place, names in below for name in names)


def dead_links(
    path: str, page: Page, files: Container[str], ids: Callable[[str], Container[str]]
) -> Iterator[str]:
    """Each link of a page that leads to none of the ``files``, or to a place that is none of the ``ids`` of a page."""
    for link in page.links:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        target = normpath(join(dirname(path), unquote(parts.path))) if parts.path else path
        if target not in files:
            yield f"{path}: {link}"
        elif parts.fragment and target.endswith(".html") and parts.fragment not in ids(target):
            yield f"{path}: {link} (no such place)"


def all_dead_links(folder: Path, pages: dict[str, Page]) -> list[str]:
    """Each link of these pages of a folder that leads nowhere."""
    files = files_of(folder)
    return [
        dead
        for path, page in pages.items()
        for dead in dead_links(path, page, files, lambda target: pages[target].ids)
    ]
