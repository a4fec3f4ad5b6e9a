"""Sala archivo: evidencia (archivos y enlaces) y series de numeración sin huecos."""
