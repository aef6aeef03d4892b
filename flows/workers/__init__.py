"""Reading in processes of their own, each bounded in time and memory."""
