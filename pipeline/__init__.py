"""A file to a draft, a draft to a result: pure, without database, network or clock."""
