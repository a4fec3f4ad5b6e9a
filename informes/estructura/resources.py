"""Las hojas «apartados» y «secciones_de_apartado»: el árbol de una plantilla o de un informe y lo que lleva."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import capfirst

from vinculacion.nucleo import hojas
from vinculacion.nucleo.hojas.celdas import normaliza, quiso_decir
from vinculacion.nucleo.palabras import enumera
from vinculacion.nucleo.secciones import CIFRAS, SECCIONES

from .. import acciones, catalogo, narrativa
from ..estados import Lugar, Numeracion
from ..models import Apartado, Informe, Plantilla, UsoDeSeccion
from . import celdas, consultas, muestra
from .presentacion import Presentacion, presentacion_guardada


class DeDocumento(hojas.Recurso):
    """Lo común: de qué documento es la fila y dónde está en su árbol."""

    documento = hojas.Columna(
        "documento_escrito", "Documento", celdas.DocumentoEscrito(), virtual=True, ayuda="La plantilla o el informe."
    )

    # (atributo, motivos) de lo que la fila pide y no puede ser; de paso la deja lista para guardarse.
    reparos: Callable[[Any, set[str]], Iterator[tuple[str, list[str]]]]

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self._arboles: dict[str, dict[str, Apartado]] = {}

    def apartados_de(self, documento: str) -> dict[str, Apartado]:
        """Por su ruta, y con su padre a la mano: así nadie vuelve a subir por el árbol fila por fila."""
        if documento not in self._arboles:
            suyos = {a.ruta: a for a in consultas.apartados().filter(documento_escrito=documento)}
            for ruta, apartado in suyos.items():
                apartado.padre = suyos.get(ruta.rpartition(".")[0])
            self._arboles[documento] = suyos
        return self._arboles[documento]

    def documento_de(self, escrito: str) -> Plantilla | Informe:
        return self.fields["documento"].widget.documento(escrito)

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        errores = dict(import_validation_errors or {})
        for campo, motivos in self.reparos(instance, set(errores)):
            errores.setdefault(campo, []).extend(ValidationError(m) for m in motivos)
        super().validate_instance(instance, errores, validate_unique)


def _sin_cifras_rotas(instancia, *campos: str):
    for campo in campos:
        if motivos := [str(e) for e in narrativa.errores(getattr(instancia, campo) or "", CIFRAS)]:
            yield campo, motivos


class ApartadoRecurso(DeDocumento):
    """Se reconoce por su lugar: cambiar el orden es cosa de la página, que lleva consigo lo que cuelga."""

    clave = "apartados"
    titulo = "Apartados de informes y plantillas"

    ruta = hojas.Columna(
        "ruta",
        "Lugar",
        celdas.Ruta(),
        virtual=True,
        ayuda="El 1.2 va dentro del 1. Uno nuevo va al final de su nivel: los números no se saltan.",
    )
    numeracion = hojas.Columna(widget=celdas.NumeracionEscrita(), default=Numeracion.NINGUNA, obligatoria=False)

    class Meta:
        model = Apartado
        import_id_fields = ("documento", "ruta")
        fields = (
            "documento", "ruta", "titulo", "numeracion", "hoja", "en_indice", "accion", "narrativa", "explicacion",
        )  # fmt: skip

    def consulta(self):
        return consultas.apartados()

    def en_orden(self, filas, indices):
        """Los de arriba antes que los de adentro, y los hermanos en su orden."""

        def lugar(fila):
            lugares = []
            for nombre in ("documento", "ruta"):
                try:
                    lugares.append(self.fields[nombre].widget.clean(fila[1][indices[nombre]]))
                except ValueError:
                    lugares.append("")
            return tuple(lugares)

        self._en_hoja = {lugar(fila): fila[0] for fila in filas}
        return sorted(filas, key=lugar)

    def recuerda(self, existentes, numeros, errores_fila, presentes):
        super().recuerda(existentes, numeros, errores_fila, presentes)
        self._titulos = {(a.documento_escrito, normaliza(a.titulo)) for a in existentes.values()}

    def reparos(self, instancia, ilegibles):
        documento, ruta = (instancia.valores_hoja.get(c) for c in ("documento_escrito", "ruta"))
        if instancia.pk is None and documento and ruta and not self._errores_fila.get(self._fila_actual):
            dueno = self.documento_de(documento)
            setattr(instancia, dueno._meta.model_name or "", dueno)
            suyos = self.apartados_de(documento)
            arriba, _, lugar = ruta.rpartition(".")
            hermanos = sum(r.rpartition(".")[0] == arriba for r in suyos)
            sigue = f"{arriba}.{hermanos + 1:05}".lstrip(".")
            if arriba and arriba not in suyos:
                yield (
                    "ruta",
                    [self._falta(documento, arriba) or f"No hay un apartado {self._dicha(arriba)} que lo contenga."],
                )
            elif int(lugar) != hermanos + 1:
                que = self._falta(documento, sigue)
                yield "ruta", [que or f"Se salta números: el que sigue ahí es el {self._dicha(sigue)}."]
            instancia.padre = suyos.get(arriba)
        yield from _sin_cifras_rotas(instancia, *({"narrativa", "explicacion"} - ilegibles))

    def _falta(self, documento: str, ruta: str) -> str:
        fila = self._en_hoja.get((documento, ruta))
        return f"Antes va el {self._dicha(ruta)}, que está en la fila {fila} y no puede entrar." if fila else ""

    @staticmethod
    def _dicha(ruta: str) -> str:
        return celdas.Ruta().render(ruta)

    def guardar(self, instancia, por):
        acciones.guardar_apartado(apartado=instancia, por=por)

    def after_save_instance(self, instance, row, **kwargs):
        super().after_save_instance(instance, row, **kwargs)
        valores = instance.valores_hoja
        self.apartados_de(valores["documento_escrito"]).setdefault(valores["ruta"], instance)

    def rarezas(self, instancia):
        """Insertar un renglón a media hoja recorre los títulos, no lo que cada apartado ya tiene."""
        antes, despues = (normaliza(c.get("titulo") or "") for c in (instancia.antes_hoja, instancia.despues_hoja))
        lugar = (instancia.valores_hoja.get("documento_escrito"), despues)
        if antes and despues and antes != despues and lugar in self._titulos:
            yield (
                "titulo",
                "Toma el título de otro apartado del documento: sus secciones, imágenes y observaciones no se "
                "recorren con él. Para cambiar el orden use la página.",
            )


class SeccionDeApartadoRecurso(DeDocumento):
    clave = "secciones_de_apartado"
    titulo = "Secciones de informes y plantillas"

    apartado = hojas.Columna(
        "ruta", "Apartado", celdas.Ruta(), virtual=True, ayuda="Su lugar en el árbol, como en la hoja de apartados."
    )
    numero = hojas.Columna(
        "numero",
        "Orden",
        hojas.Entero(),
        virtual=True,
        ejemplo="1",
        ayuda="Su lugar en el apartado, contando imágenes.",
    )
    seccion = hojas.Columna(widget=celdas.ClaveDeSeccion(()))
    parametros = hojas.Columna("parametros", "Parámetros", celdas.Parametros(), virtual=True)
    lugar = hojas.Columna("lugar", "Dónde va", hojas.Opcion(Lugar.choices), default=Lugar.CUERPO, obligatoria=False)
    columnas_elegidas = celdas.DePresentacion(
        "columnas", "Columnas", celdas.ColumnasElegidas(), ayuda="En blanco, las de siempre."
    )
    ordenar = celdas.DePresentacion("orden", "Ordenar por", celdas.OrdenEscrito())
    agrupar = celdas.DePresentacion("agrupar", "Agrupar por", hojas.Texto())
    subtotales = celdas.DePresentacion("subtotales", "Subtotales", hojas.SiNo())
    totales = celdas.DePresentacion("totales", "Totales", hojas.SiNo())
    combinar = celdas.DePresentacion("combinar", "No repetir valores de", celdas.Renglones())
    por_anio = celdas.DePresentacion("por_anio", "Un cuadro por año", hojas.SiNo())
    encabezado = celdas.DePresentacion("encabezado", "Encabezado", hojas.Texto())
    notas = celdas.DePresentacion("notas", "Notas al pie", celdas.Renglones())
    apaisada = celdas.DePresentacion("apaisada", "Apaisada", hojas.SiNo(), ayuda="Sólo cuenta en un anexo.")

    class Meta:
        model = UsoDeSeccion
        import_id_fields = ("documento", "apartado", "numero")
        fields = (
            "documento", "apartado", "numero", "seccion", "titulo", "parametros", "lugar", "texto_previo",
            "columnas_elegidas", "ordenar", "agrupar", "subtotales", "totales", "combinar", "por_anio", "encabezado",
            "notas", "apaisada",
        )  # fmt: skip

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        # Al cargarse este archivo puede faltar la sección de alguna sala.
        self.fields["seccion"].widget = celdas.ClaveDeSeccion([(s.clave, s.nombre) for s in catalogo.secciones()])
        self._columnas: dict[tuple, list[str]] = {}

    def consulta(self):
        return consultas.usos()

    def reparos(self, instancia, ilegibles):
        valores = instancia.valores_hoja
        documento, ruta, numero = (valores.get(c) for c in ("documento_escrito", "ruta", "numero"))
        if instancia.pk is None and documento and ruta:
            apartado = self.apartados_de(documento).get(ruta)
            if apartado is None:
                yield "ruta", [f"No hay un apartado {celdas.Ruta().render(ruta)} en {documento}."]
            else:
                instancia.apartado = apartado
        if not instancia.apartado_id:
            yield "apartado", []  # ya se dijo por qué: que la revisión del registro no lo repita
        if numero is not None and not 1 <= numero <= 1000:
            yield "numero", ["El orden se cuenta desde 1."]
        yield from _sin_cifras_rotas(instancia, *({"texto_previo"} - ilegibles))
        if ilegibles & {"seccion", "parametros"} or instancia.seccion not in SECCIONES:
            return
        if motivos := self._parametros(instancia):
            yield "parametros", motivos
        elif not any(c.startswith("presentacion_") for c in ilegibles):
            yield from self._presentacion(instancia)

    @staticmethod
    def _cambia(instancia, *columnas: str) -> bool:
        return any((instancia.antes_hoja.get(c) or "") != (instancia.despues_hoja.get(c) or "") for c in columnas)

    def _parametros(self, instancia) -> list[str]:
        """Los deja como los guardaría el formulario de la sección, que es el que dice si valen."""
        if instancia.pk and not self._cambia(instancia, "seccion", "parametros"):
            return []
        seccion = SECCIONES[instancia.seccion]
        formulario = seccion.formulario() if seccion.formulario else None
        campos = formulario.fields if formulario else {}
        nombres = {normaliza(c.label or n): n for n, c in campos.items()} | {normaliza(n): n for n in campos}
        escritos = instancia.valores_hoja.get("parametros")
        if escritos is None:
            escritos = celdas.Parametros().clean(celdas.Parametros().render(instancia.parametros))
        crudos, motivos = {}, []
        for nombre, valor in escritos.items():
            if (propio := nombres.get(normaliza(nombre))) is None:
                lleva = f"lleva {enumera(list(campos))}" if campos else "no lleva ninguno"
                motivos.append(
                    f"«{nombre}» no es un parámetro de la sección, que {lleva}.{quiso_decir(nombre, campos)}"
                )
                continue
            try:
                crudos[propio] = _del_tipo_de(campos[propio], valor)
            except ValueError as error:
                motivos.append(f"{capfirst(nombre)}: {error}")
        if motivos:
            return motivos
        try:
            seccion.validar(crudos)
        except ValidationError as error:
            return list(error.messages)
        instancia.parametros = crudos
        return []

    def _presentacion(self, instancia):
        columnas = {
            nombre: c
            for nombre, c in self.fields.items()
            if isinstance(c, celdas.DePresentacion) and c.attribute in instancia.valores_hoja
        }
        if not self._cambia(instancia, *columnas):
            return
        anterior = presentacion_guardada(instancia) or Presentacion()
        nueva = replace(anterior, **{c.campo: instancia.valores_hoja[c.attribute] for c in columnas.values()})
        if len(nueva.encabezado) > 300:
            yield "presentacion_encabezado", ["Caben 300 letras."]
        instancia.presentacion = nueva.datos()
        pedidas = {
            "columnas": [c.titulo for c in nueva.columnas],
            "orden": [o.columna for o in nueva.orden],
            "agrupar": [nueva.agrupar] if nueva.agrupar else [],
            "combinar": nueva.combinar,
        }
        if set(nueva.nombradas) <= set(anterior.nombradas) or not instancia.apartado_id:
            return
        if not (hay := self._columnas_de(instancia)):
            return  # sin registros no se sabe cuáles da: si sobra una, lo dirán el informe y el verificador
        for campo, titulos in pedidas.items():
            sobran = [t for t in titulos if t not in hay and t not in anterior.nombradas]
            if sobran:
                yield (
                    f"presentacion_{campo}",
                    [f"La sección no da la columna «{t}»: da {enumera(hay)}.{quiso_decir(t, hay)}" for t in sobran],
                )

    def _columnas_de(self, uso: UsoDeSeccion) -> list[str]:
        llave = (uso.apartado.plantilla_id, uso.apartado.informe_id, uso.seccion, repr(uso.parametros))
        if llave not in self._columnas:
            self._columnas[llave] = [c.titulo for c in muestra.columnas_de_uso(uso).columnas]
        return self._columnas[llave]

    def guardar(self, instancia, por):
        acciones.guardar_uso(uso=instancia, por=por, orden=instancia.valores_hoja["numero"] - 1)


def _del_tipo_de(campo, texto: str):
    """Como lo mandaría el control del formulario."""
    control = campo.widget
    if getattr(control, "input_type", "") == "checkbox" and not getattr(control, "allow_multiple_selected", False):
        return hojas.SiNo().clean(texto)
    if getattr(control, "allow_multiple_selected", False):
        return [pieza.strip() for pieza in texto.split(",") if pieza.strip()]
    return texto
