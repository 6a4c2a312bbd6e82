"""What changed between two builds of the register, in the sector's words."""

from qualgraph.changes.comparison import Change, Changes, changes
from qualgraph.changes.report import changes_json, changes_text
from qualgraph.changes.sides import opened_side

__all__ = ["Change", "Changes", "changes", "changes_json", "changes_text", "opened_side"]
