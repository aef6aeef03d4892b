"""The database file: its tables, views, stems for the search, and the rows that go in."""
