"""Tables: which words mean the same thing when a note is read, and which say nothing alone."""
