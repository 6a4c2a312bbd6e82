"""``qualgraph rules``: packaging rules as data."""

from __future__ import annotations

import typer

from qualgraph.cli import rules_audit, rules_diff, rules_parse, rules_report, rules_shacl, rules_show

app = typer.Typer(
    name="rules", no_args_is_help=True, rich_markup_mode="rich", help="Packaging rules as data."
)
app.command(epilog=rules_parse.EXAMPLES)(rules_parse.parse)
app.command(epilog=rules_show.EXAMPLES)(rules_show.show)
app.command(epilog=rules_report.EXAMPLES)(rules_report.report)
app.command(epilog=rules_audit.EXAMPLES)(rules_audit.audit)
app.command(epilog=rules_diff.EXAMPLES)(rules_diff.diff)
app.command(epilog=rules_shacl.EXAMPLES)(rules_shacl.shacl)
