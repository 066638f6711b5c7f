"""Getting the files: from a publication's addresses and its landing page to files on disk with their ledger."""
