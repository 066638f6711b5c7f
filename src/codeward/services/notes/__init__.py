"""Notes: clinical text read into parts, with identifiers masked and each mention judged."""
