"""Invented brochures, drawn as PDFs together with their reference answers."""
