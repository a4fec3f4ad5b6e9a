"""Lo que vence: avisos, resumen por correo y renovación."""
