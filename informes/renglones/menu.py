from vinculacion.nucleo.caras import cara

VER = "informes.view_informe"
cara("informes.informe", "balance", "Balance", "informes:informe_balance", permiso=VER, orden=30)
cara("informes.informe", "pendientes", "Pendientes", "informes:informe_pendientes", permiso=VER, orden=35)
cara("informes.informe", "cifras", "Cifras vivas", "informes:informe_cifras", permiso=VER, orden=40)
