"""What the register exports, and what others made of it: tables, lists and dumps of many components."""
