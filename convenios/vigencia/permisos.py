"""Los permisos de la vigencia: llevar una renovación no es decidirla."""

VER = "convenios.view_renovacion"
INICIAR = "convenios.add_renovacion"
CAMBIAR = "convenios.change_renovacion"
DECIDIR = "convenios.decidir_renovacion"
CREAR_INSTRUMENTO = "convenios.add_convenio"
