"""The log of what came and what people decided: the truth beside the originals."""
