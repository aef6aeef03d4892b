"""Who is forgotten, by which words a person is known, and to whom data were given."""
