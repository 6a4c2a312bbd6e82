"""Saved answers of the register's interfaces."""
