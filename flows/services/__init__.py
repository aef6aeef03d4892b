"""What carnet does for who asks: one use case a file, without terminal and without Prefect."""
