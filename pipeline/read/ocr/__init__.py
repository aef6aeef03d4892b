"""Pictures of text -> words with boxes, by whichever engine is there."""
