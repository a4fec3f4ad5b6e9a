"""Opiniones de pertinencia, de borrador a emitida."""
