"""Todo lo que se puede nombrar desde fuera: recursos, secciones, cifras, papeles e informes."""

import json
from datetime import date

from django.core.management.base import BaseCommand
from django.utils.encoding import force_str

from informes.models import Informe
from programas.models import Programa
from vinculacion.cuentas.roles import ROLES
from vinculacion.nucleo import hojas
from vinculacion.nucleo.secciones import CIFRAS, SECCIONES


def recursos() -> list[dict]:
    return [
        {
            "clave": clave,
            "nombre": recurso.titulo_humano(),
            "identifica": [d.encabezado for d in descripciones if d.clave],
            "columnas": [
                {
                    "campo": d.campo,
                    "encabezado": d.encabezado,
                    "obligatoria": d.obligatoria or d.clave,
                    "identifica": d.clave,
                    "formato": d.formato,
                    "opciones": d.permitidos,
                    "ejemplo": d.ejemplo,
                    "ayuda": d.ayuda,
                }
                for d in descripciones
            ],
        }
        for clave, recurso in sorted(hojas.descubrir().items())
        for descripciones in [recurso().descripciones()]
    ]


def _parametros(formulario) -> list[dict]:
    if formulario is None:
        return []
    parametros = []
    for nombre, campo in formulario().fields.items():
        opciones = [[force_str(v), force_str(e)] for v, e in getattr(campo, "choices", ()) if force_str(v)]
        parametros.append(
            {
                "nombre": nombre,
                "etiqueta": force_str(campo.label or nombre),
                "obligatorio": campo.required,
                "ayuda": force_str(campo.help_text),
                "opciones": opciones[:300],
            }
        )
    return parametros


def secciones() -> list[dict]:
    return [{"clave": s.clave, "nombre": s.nombre, "parametros": _parametros(s.formulario)} for s in SECCIONES.values()]


def cifras() -> list[dict]:
    return [
        {
            "clave": c.clave,
            "nombre": c.nombre,
            "genero": c.genero,
            "singular": c.singular,
            "plural": c.plural,
            "parametros": list(c.parametros),
        }
        for c in CIFRAS.values()
    ]


def roles() -> list[dict]:
    return [{"nombre": papel, "permisos": sorted(permisos)} for papel, permisos in ROLES.items()]


def informes() -> list[dict]:
    """Lo que ``manage.py informe`` sabe escribir: los informes y los documentos de los programas."""
    return [
        {
            "clave": i.clave,
            "clase": "informe",
            "titulo": i.titulo,
            "inicio": i.inicio,
            "fin": i.fin,
            "estado": i.estado,
        }
        for i in Informe.objects.order_by("inicio", "clave")
    ] + [
        {
            "clave": p.clave,
            "clase": "programa",
            "titulo": p.nombre,
            "inicio": date(p.anio, 1, 1),
            "fin": date(p.anio, 12, 31),
            "estado": p.estado,
        }
        for p in Programa.objects.order_by("anio", "clave")
    ]


class Command(BaseCommand):
    help = "Dice qué recursos se importan, qué secciones y cifras usa un informe, qué papeles e informes hay."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="Escribe el catálogo como JSON.")

    def handle(self, **opciones):
        catalogo = {
            "recursos": recursos(),
            "secciones": secciones(),
            "cifras": cifras(),
            "roles": roles(),
            "informes": informes(),
        }
        if opciones["json"]:
            self.stdout.write(json.dumps(catalogo, ensure_ascii=False, indent=2, default=str))
            return
        self._titulo("Recursos (importar, plantilla)")
        for r in catalogo["recursos"]:
            self.stdout.write(f"  {r['clave']}: {r['nombre']}")
            for c in r["columnas"]:
                marca = " (identifica)" if c["identifica"] else " (obligatoria)" if c["obligatoria"] else ""
                self.stdout.write(f"      {c['encabezado']}{marca}: {c['formato']}")
        self._titulo("Secciones de informe")
        for s in catalogo["secciones"]:
            parametros = ", ".join(p["nombre"] for p in s["parametros"])
            self.stdout.write(f"  {s['clave']}: {s['nombre']}" + (f" [{parametros}]" if parametros else ""))
        self._titulo("Cifras para narrativas")
        for c in catalogo["cifras"]:
            parametros = ", ".join(c["parametros"])
            self.stdout.write(f"  {c['clave']}: {c['nombre']}" + (f" [{parametros}]" if parametros else ""))
        self._titulo("Papeles")
        for p in catalogo["roles"]:
            self.stdout.write(f"  {p['nombre']}: {len(p['permisos'])} permisos")
            for permiso in p["permisos"]:
                self.stdout.write(f"      {permiso}")
        self._titulo("Informes")
        for i in catalogo["informes"]:
            self.stdout.write(
                f"  {i['clave']}: {i['titulo']} ({i['clase']}, {i['inicio']} a {i['fin']}, {i['estado']})"
            )

    def _titulo(self, texto):
        self.stdout.write(self.style.MIGRATE_HEADING(texto))
