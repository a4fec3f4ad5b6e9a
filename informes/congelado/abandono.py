"""Dejar una corrección: el informe vuelve a ser el de su última versión congelada."""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Model

from informes import acciones as de_informes
from informes.arbol import DE_APARTADO, DE_IMAGEN, DE_USO
from informes.estados import ClaseDeVersion, EstadoDeInforme
from informes.estructura import acciones as de_estructura
from informes.models import Apartado, Identidad, ImagenDeApartado, Informe, Renglon, UsoDeSeccion, VersionDeInforme
from programas.consultas import accion_por_clave
from programas.models import Accion
from vinculacion.comision.models import Acuerdo, Punto
from vinculacion.nucleo.bloques import Imagen
from vinculacion.nucleo.modelos import borra, firma
from vinculacion.nucleo.salida.documento import recorrido

from . import consultas
from .acciones import fotografiar
from .reglas import exigir, impedimentos_para_abandonar

MOTIVO = "Se dejó la corrección"
DE_RENGLON = ("clase", "clave", "rubro", "texto", "orden", "incluido")


@transaction.atomic
def abandonar_correccion(*, informe: Informe, razon: str, por) -> Informe:
    """Con su punto, su acuerdo y su árbol; lo que se había corregido queda en una versión de trabajo."""
    informe = Informe.objects.select_for_update(of=("self",)).get(pk=informe.pk)
    exigir(impedimentos_para_abandonar(informe))
    de_informes.exigir_nota(razon, obligatoria=True)
    version = informe.versiones.exclude(clase=ClaseDeVersion.TRABAJO).latest("numero")
    if _contenido(consultas.estructura_de(informe)) != _contenido(version.estructura):
        fotografiar(informe=informe, por=por, nota=f"La corrección que se dejó: {razon.strip()}")
        _restaurar(informe, version, por)
    _restaurar_datos(informe, version.estructura["informe"])
    informe.estado = EstadoDeInforme.PUBLICADO if version.publicada else EstadoDeInforme.APROBADO
    firma(informe, por, razon.strip())
    informe.save()
    return informe


def _contenido(estructura: dict) -> dict:
    """Sin el punto y el acuerdo, que toda corrección deja."""
    return {**estructura, "informe": {**estructura["informe"], "punto": None, "acuerdo": None}}


def _restaurar_datos(informe: Informe, datos: dict[str, Any]) -> None:
    if otro := Informe.objects.filter(clave=datos["clave"]).exclude(pk=informe.pk).first():
        raise ValidationError(
            f"La clave «{datos['clave']}», que era de este informe, ahora es de «{otro}»: cámbiesela."
        )
    for campo, modelo in (("punto", Punto), ("acuerdo", Acuerdo), ("identidad", Identidad)):
        # Mientras el informe no los nombraba se pudieron eliminar; lo congelado los dice de todos modos.
        setattr(informe, campo, modelo._default_manager.filter(pk=datos[campo]).first())
    for campo in ("clave", "titulo", "unidad", "inicio", "fin"):
        setattr(informe, campo, informe._meta.get_field(campo).to_python(datos[campo]))
    informe.comision_id = datos["comision"]
    informe.full_clean(exclude=["plantilla"])


def _restaurar(informe: Informe, version: VersionDeInforme, por) -> None:
    estructura = version.estructura
    _Restaurador(informe, por, _imagenes_de(version)).arbol(estructura["apartados"])
    quedan = {r["pk"] for r in estructura["renglones"]}
    for sobra in informe.renglones.exclude(pk__in=quedan):
        borra(sobra, por)
    hoy = informe.renglones.in_bulk()
    for datos in estructura["renglones"]:
        renglon = hoy.get(datos["pk"]) or Renglon(pk=datos["pk"], informe=informe)
        _poner(renglon, {campo: datos[campo] for campo in DE_RENGLON}, por)


def _imagenes_de(version: VersionDeInforme) -> dict[str, bytes]:
    """Por huella, las que el documento congelado lleva dentro: sus archivos pudieron quitarse al corregir."""
    hechas = {}
    for paso in recorrido(consultas.documento_de(version)):
        for bloque, _ in paso.bloques:
            if isinstance(bloque, Imagen) and ";base64," in bloque.datos:
                contenido = base64.b64decode(bloque.datos.partition(";base64,")[2])
                hechas[hashlib.sha256(contenido).hexdigest()] = contenido
    return hechas


def _poner(registro: Model, datos: dict[str, Any], por) -> None:
    """Lo guarda si algo cambia; el que se había eliminado vuelve con su misma llave."""
    nuevo = registro._state.adding
    if not nuevo and all(getattr(registro, campo) == valor for campo, valor in datos.items()):
        return
    for campo, valor in datos.items():
        setattr(registro, campo, valor)
    firma(registro, por, MOTIVO)
    registro.save(force_insert=nuevo)


class _Restaurador:
    """Pone cada cosa donde estaba, con la llave que tenía, y al final quita lo que no estaba."""

    def __init__(self, informe: Informe, por, imagenes: dict[str, bytes]):
        self.informe, self.por, self.contenidos = informe, por, imagenes
        self.apartados = informe.apartados.in_bulk()
        self.usos = UsoDeSeccion.objects.filter(apartado__informe=informe).in_bulk()
        self.imagenes = ImagenDeApartado.objects.filter(apartado__informe=informe).in_bulk()

    def arbol(self, raices: list[dict]) -> None:
        estaban: dict[type[Model], set[int]] = {Apartado: set(), UsoDeSeccion: set(), ImagenDeApartado: set()}
        for nodo in _recorrer(raices):
            estaban[Apartado].add(nodo["pk"])
            estaban[UsoDeSeccion] |= {uso["pk"] for uso in nodo["secciones"]}
            estaban[ImagenDeApartado] |= {imagen["pk"] for imagen in nodo["imagenes"]}
        self.rama(raices, None)
        for pk in self.usos.keys() - estaban[UsoDeSeccion]:
            de_informes.quitar_uso(uso=self.usos[pk], por=self.por)
        for pk in self.imagenes.keys() - estaban[ImagenDeApartado]:
            de_estructura.quitar_imagen(imagen=self.imagenes[pk], por=self.por)
        sobran = self.apartados.keys() - estaban[Apartado]
        for pk in sobran:
            if self.apartados[pk].padre_id not in sobran:  # los de adentro se van con él
                de_estructura.quitar_apartado(apartado=self.apartados[pk], por=self.por)

    def rama(self, nodos: list[dict], padre: Apartado | None) -> None:
        for lugar, nodo in enumerate(nodos):
            apartado = self.apartados.get(nodo["pk"]) or Apartado(pk=nodo["pk"], informe=self.informe)
            datos: dict[str, Any] = {campo: nodo[campo] for campo in DE_APARTADO}
            accion = _accion(nodo["accion"], apartado)
            datos |= {"orden": lugar, "padre_id": padre and padre.pk, "accion_id": accion and accion.pk}
            _poner(apartado, datos, self.por)
            for uso in nodo["secciones"]:
                registro = self.usos.get(uso["pk"]) or UsoDeSeccion(pk=uso["pk"])
                _poner(registro, {"apartado_id": apartado.pk, **{campo: uso[campo] for campo in DE_USO}}, self.por)
            for imagen in nodo["imagenes"]:
                self.imagen(apartado, imagen)
            self.rama(nodo["hijos"], apartado)

    def imagen(self, apartado: Apartado, datos: dict) -> None:
        registro = self.imagenes.get(datos["pk"]) or ImagenDeApartado(pk=datos["pk"])
        puesto = registro.archivo.name
        _poner(registro, {"apartado_id": apartado.pk, **{campo: datos[campo] for campo in DE_IMAGEN}}, self.por)
        contenido = self.contenidos.get(datos["sha256"])
        if contenido is not None and not default_storage.exists(datos["archivo"]):
            default_storage.save(datos["archivo"], ContentFile(contenido))
        if puesto and puesto != datos["archivo"]:
            de_estructura.tirar_archivo(puesto, registro)


def _recorrer(nodos: Iterable[dict]) -> Iterator[dict]:
    for nodo in nodos:
        yield nodo
        yield from _recorrer(nodo["hijos"])


def _accion(clave: str, apartado: Apartado) -> Accion | None:
    """La que tenía; si desde entonces cambió de clave o se quitó, se queda la de hoy."""
    if not clave:
        return None
    try:
        return accion_por_clave(clave)
    except Accion.DoesNotExist:
        return apartado.accion
