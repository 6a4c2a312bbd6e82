"""From the tree of a packaging rule to verdicts: normal form, the integer programme, and counting."""
