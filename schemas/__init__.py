"""What things are, in the order in which data flows. Imports nothing of ours."""
