"""From the text of a qualification to the tree of its packaging rule."""
