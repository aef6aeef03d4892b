"""The teacher: brochures drawn by lot, with their answers by construction. Not installed; `make draw`, `make fit`."""
