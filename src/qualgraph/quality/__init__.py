"""What is wrong, or worth knowing, in a whole store: every question of the catalogue that has a severity, asked."""

from qualgraph.quality.report import REPORTS
from qualgraph.quality.run import Checked, Quality, quality

__all__ = ["REPORTS", "Checked", "Quality", "quality"]
