"""Actos protocolarios, sus invitados y su lugar en el calendario."""
