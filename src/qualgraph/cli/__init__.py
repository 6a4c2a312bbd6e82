"""The command ``qualgraph``: what a person or a script types at a terminal."""

from __future__ import annotations

from qualgraph.cli.application import main

__all__ = ["main"]
