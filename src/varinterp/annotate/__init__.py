"""From VCF to a keyed table: normalisation, evidence joins, gates, consequences."""
