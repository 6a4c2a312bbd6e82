"""The published files of classifications: structures, title indexes and correspondence tables."""
