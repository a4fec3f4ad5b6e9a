"""Importa una hoja por el mismo camino que la página."""

import json

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from vinculacion.nucleo import hojas


class Command(BaseCommand):
    help = (
        "Importa un XLSX o CSV. Todo o nada: con un solo error no se guarda ninguna fila y se "
        "escriben todos los errores. Importar dos veces lo mismo no cambia nada."
    )

    def add_arguments(self, parser):
        parser.add_argument("recurso", metavar="RECURSO", help="Clave del recurso (vea «catalogo»).")
        parser.add_argument("archivo", metavar="ARCHIVO", help="Hoja XLSX o CSV.")
        parser.add_argument("--simular", action="store_true", help="Dice qué pasaría y no guarda nada.")
        parser.add_argument("--json", action="store_true", help="Escribe el resultado como JSON.")
        parser.add_argument("--usuario", default="", help="Nombre de usuario o correo de quien firma los cambios.")

    def handle(self, *, recurso, archivo, simular, usuario, **opciones):
        try:
            clase = hojas.recurso_por_clave(recurso)
        except hojas.RecursoDesconocido as error:
            raise CommandError(str(error)) from error
        resultado = hojas.importar_archivo(clase, archivo, por=self._persona(usuario), simular=simular)
        if opciones["json"]:
            self.stdout.write(json.dumps(resultado.como_dict(), ensure_ascii=False, indent=2, default=str))
        elif resultado.correcto:
            inicio = "Ensayo" if simular else "Importación"
            self.stdout.write(
                f"{inicio} de {resultado.archivo}, filas: {resultado.filas} (nuevas: {resultado.nuevos}; "
                f"con cambios: {resultado.cambiados}; iguales: {resultado.iguales})."
            )
            if resultado.rarezas:
                self.stdout.write(f"Llama la atención ({len(resultado.rarezas)}), aunque no impide importar:")
            for rareza in resultado.rarezas:
                self.stdout.write(f"  {rareza}")
        if not resultado.correcto:
            for error in resultado.errores:
                self.stderr.write(str(error))
            total = len(resultado.errores)
            raise CommandError(
                f"{total} {'error' if total == 1 else 'errores'} en {resultado.archivo}; no se guardó nada."
            )

    def _persona(self, texto):
        if not texto:
            return None
        usuarios = get_user_model()._default_manager
        persona = usuarios.filter(username=texto).first() or usuarios.filter(email__iexact=texto).first()
        if persona is None:
            raise CommandError(f"No existe el usuario «{texto}».")
        return persona
