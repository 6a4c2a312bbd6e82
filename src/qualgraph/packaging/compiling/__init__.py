"""From the tree of a packaging rule to SHACL shapes, and from a plan to the triples that they judge."""
