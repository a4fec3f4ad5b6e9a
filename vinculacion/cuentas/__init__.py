"""Sala cuentas: personas usuarias y los seis papeles con sus permisos."""
