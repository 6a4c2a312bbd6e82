"""Everything a person asks first about one code or one document, put together for a terminal, a page or a program."""

from qualgraph.overview.composition import near_codes, not_held, overview
from qualgraph.overview.contents import Contents, contents
from qualgraph.overview.history import ASQA, End, History, Step, history
from qualgraph.overview.last_days import last_days_apart
from qualgraph.overview.periods import Period
from qualgraph.overview.records import Overview
from qualgraph.overview.source import Source
from qualgraph.overview.stated import each_with_lines
from qualgraph.overview.ways import UNKNOWN

__all__ = [
    "ASQA",
    "UNKNOWN",
    "Contents",
    "End",
    "History",
    "Overview",
    "Period",
    "Source",
    "Step",
    "contents",
    "each_with_lines",
    "history",
    "last_days_apart",
    "near_codes",
    "not_held",
    "overview",
]
