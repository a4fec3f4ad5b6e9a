"""Sala observacion: la Red de Observación y su asistencia a reuniones y cursos."""
