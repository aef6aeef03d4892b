"""The same ingest and publication under Prefect. Nothing but the command line and a deployment imports this."""
