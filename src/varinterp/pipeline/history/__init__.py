"""What was concluded in the past, and what became of it.

`moment.moment_of(text)`          a day or an instant, as people write it
`replay.replay(...)`              a stored conclusion, and what this version makes of the same facts
`past.past_of(...)`               an allele of a case as it stood at a moment
`difference.difference(...)`      what changed between two moments
`lookback.lookback(...)`          all conclusions made by a version, under rules, or from a release
`status.status_of(...)`           runs, cases by basis, what is stale, open events, health
"""
