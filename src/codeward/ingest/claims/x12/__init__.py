"""X12 837P and 837I as a stream: envelopes, loops and claims, with what a payer's front end would reject."""
