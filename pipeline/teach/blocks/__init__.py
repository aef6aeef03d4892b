"""Blocks that genres are built of: dress of the page, heads, facts, texts, pages around the missions."""
