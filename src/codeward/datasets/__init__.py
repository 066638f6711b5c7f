"""One small file per official publication: its row and its declaration."""
