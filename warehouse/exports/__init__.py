"""What leaves the warehouse for people and programs: reference lists, data sets."""
