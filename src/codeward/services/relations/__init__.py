"""Relations: the codes of other systems that something official, or custom, sets beside a code, basis by basis."""
