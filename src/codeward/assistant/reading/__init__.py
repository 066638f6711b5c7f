"""Reading a question: the codes, modifiers, days, places, payers and identifiers in it."""
