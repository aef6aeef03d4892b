"""Pages as geometry: fragments of lines, regions, relations. No word is looked up here, and no order decided for
good."""
