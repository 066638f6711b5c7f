"""From official files to checked, dated rows in a built library."""
