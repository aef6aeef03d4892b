"""Questions: read-only, sandboxed, bounded; searches, differences, checks."""
