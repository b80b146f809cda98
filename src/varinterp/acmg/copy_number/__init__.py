"""Copy numbers scored by Riggs 2020 (PMID 31690835): losses, gains, sections, the class."""
