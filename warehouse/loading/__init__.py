"""Results into tables, in one transaction; what corrections and forgotten persons change in them."""
