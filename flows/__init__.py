"""What carnet does and who asks for it: services, the processes that read, the inbox, Prefect, the command line."""
