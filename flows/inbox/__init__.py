"""What arrives: which files, which of them are still being copied, which were refused before."""
