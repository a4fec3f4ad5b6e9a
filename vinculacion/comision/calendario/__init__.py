"""El calendario del año, los cambios de una sesión y su salida como iCalendar."""
