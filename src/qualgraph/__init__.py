"""A knowledge graph and semantic query system for vocational qualifications.

::

    import qualgraph
    g = qualgraph.open()
    g.query("pathways-from", code="BSB40307").to_polars()
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualgraph.errors import QualgraphError

if TYPE_CHECKING:
    from qualgraph.graph import Graph
    from qualgraph.graph import open_graph as open

    __version__: str

__all__ = ["Graph", "QualgraphError", "__version__", "open"]


def __getattr__(name: str) -> Any:
    """Loads the graph API, and what tells the version, when they are first asked for: commands start quickly."""
    match name:
        case "Graph":
            from qualgraph.graph import Graph

            return Graph
        case "open":
            from qualgraph.graph import open_graph

            return open_graph
        case "__version__":
            from importlib.metadata import version

            return version("qualgraph")
    raise AttributeError(f"module 'qualgraph' has no attribute '{name}'")
