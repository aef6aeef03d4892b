"""carnet: from brochures of references to a database one can trust.

The code stands in the folders `schemas/`, `pipeline/`, `warehouse/` and `flows/` of the repository; installed, it lives
here, as `carnet.pipeline` and so on, so that nobody else's `pipeline` can take its place.
"""
