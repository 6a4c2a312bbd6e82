"""The page on sources lists every reader with its rank."""

from __future__ import annotations

import re

from qualgraph.sources import DATASETS, READERS
from support import CHECKOUT

ROW = re.compile(r"^\| (`[a-z0-9-]+`(?:, `[a-z0-9-]+`)*) \| (\d) \|", re.MULTILINE)


def test_every_reader_is_on_the_page_on_sources_with_its_rank() -> None:
    rows = ROW.findall((CHECKOUT / "docs" / "sources.md").read_text(encoding="utf-8"))
    listed = {name: rank for names, rank in rows for name in re.findall(r"[a-z0-9-]+", names)}
    assert listed == {reader.name: str(int(reader.authority)) for reader in (*READERS, *DATASETS)}
