"""``python -m qualgraph``: the command line where the installed script is not on the path."""

from __future__ import annotations

from qualgraph.cli import main

main()
