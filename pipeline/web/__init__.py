"""The pages people look at, and the same as a JSON API: search, look, check, compare, upload."""
