"""RDF that others publish about the register: read by a table of its IRIs, and kept apart from the register."""
