"""Pages for people, written from records by templates: a server and a static site have the same."""
