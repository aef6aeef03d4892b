"""Who calls what, when: flows, and the command line. No logic of its own; nobody imports this."""
