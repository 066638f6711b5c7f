"""Notice: a worksheet for the Advance Beneficiary Notice of Noncoverage (form CMS-R-131), and when one is right."""
