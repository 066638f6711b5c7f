"""Coverage: which Medicare documents govern a procedure at a place on a day, and what they say of its diagnoses."""
