"""A knowledge graph and semantic query system for vocational qualifications."""
