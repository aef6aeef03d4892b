"""Words taken out of a file, and the proof that nothing else was."""
