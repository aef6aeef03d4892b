"""What a browser shows: pages in French, and the same as JSON for programs. `carnet serve` runs it."""
