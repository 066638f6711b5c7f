"""Documents: answers as plain JSON values, the shapes that every door gives to scripts and other programs."""
