"""A store as a folder of pages and files that any web server can give out."""
