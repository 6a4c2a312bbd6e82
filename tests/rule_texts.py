"""An invented packaging rule, and files of rows with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

RULE = """\
Total number of units = 3
1 core unit plus
2 elective units
Core units
ZZC101 Fly a kite
Elective units
ZZE101 Mend a kite
ZZE102 Sell a kite
ZZE103 Paint a kite
"""


def row(**changed: Any) -> dict[str, Any]:
    known = {"code": "ZZZ30120", "title": "Certificate III in Kites", "tpCode": "ZZZ", "packagingRules": RULE}
    return {key: value for key, value in {**known, **changed}.items() if value is not ...}


def written(path: Path, *rows: dict[str, Any] | str) -> Path:
    lines = [line if isinstance(line, str) else json.dumps(line) for line in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
