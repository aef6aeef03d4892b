"""Which brochure a file belongs to, and which missions of two editions are one."""
