"""Una cuenta por rol, con contraseña de demostración conocida."""

CONTRASENA = "Vinculacion-2026"

# usuario, rol (grupo), cargo que se muestra, siglas del área
CUENTAS = (
    ("captura", "Captura", "Personal de la unidad", "DVOE"),
    ("direccion", "Dirección", "Titular de la unidad", "DVOE"),
    ("secretaria", "Secretaría técnica", "Secretaría técnica de la comisión", "DVOE"),
    ("consejeria", "Consejería", "Consejería 2", "CE2"),
    ("area", "Área", "Enlace de la UTAJ", "UTAJ"),
    ("administracion", "Administración", "Enlace de informática", "UTSI"),
)
