"""Los permisos de las opiniones: capturarlas no es emitirlas."""

VER = "convenios.view_opinion"
AGREGAR = "convenios.add_opinion"
CAMBIAR = "convenios.change_opinion"
EMITIR = "convenios.emitir_opinion"
CAMBIAR_PLANTILLA = "convenios.change_plantilladeopinion"
