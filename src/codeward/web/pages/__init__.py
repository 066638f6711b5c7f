"""The reading pages: search, code pages, sources, the library and its terms."""
