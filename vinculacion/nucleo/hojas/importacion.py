"""Un solo camino para importar: la página y la orden ``importar`` llaman a ``importar_archivo``."""

import logging
from dataclasses import asdict, dataclass, field
from pathlib import Path

import tablib
from django.core.exceptions import FieldDoesNotExist, PermissionDenied, ValidationError
from django.db import IntegrityError, models
from import_export.results import RowResult

from .celdas import a_texto, normaliza, parecido, quiso_decir
from .lectura import ArchivoIlegible, Hoja, leer
from .recurso import Recurso, descubrir
from .relaciones import RelacionPorNombre

registro = logging.getLogger(__name__)

_ESTADOS = {
    RowResult.IMPORT_TYPE_NEW: "nuevo",
    RowResult.IMPORT_TYPE_UPDATE: "cambia",
    RowResult.IMPORT_TYPE_SKIP: "igual",
}


@dataclass(frozen=True, slots=True)
class ErrorFila:
    """Un motivo. ``fila`` es la que se ve en la hoja; 0 si es del archivo entero."""

    fila: int
    columna: str
    valor: str
    motivo: str

    def __str__(self):
        partes = [f"Fila {self.fila}" if self.fila else "Archivo"]
        if self.columna:
            partes.append(f"columna «{self.columna}»")
        if self.valor:
            valor = self.valor if len(self.valor) <= 60 else self.valor[:57] + "…"
            partes.append(f"valor «{valor}»")
        return f"{', '.join(partes)}: {self.motivo}"


@dataclass(frozen=True, slots=True)
class RarezaFila(ErrorFila):
    """Algo que no impide importar la fila y conviene mirar."""


@dataclass(frozen=True, slots=True)
class FilaImportada:
    """Qué pasa con una fila: nuevo, cambia, igual o error; y sus celdas (columna, antes, después)."""

    fila: int
    estado: str
    descripcion: str
    cambios: tuple[tuple[str, str, str], ...] = ()


@dataclass
class ResultadoImportacion:
    """Lo que pasó, o pasaría si ``simulado``. Con un solo error no se guarda nada."""

    recurso: str
    archivo: str
    simulado: bool
    filas: int = 0
    nuevos: int = 0
    cambiados: int = 0
    iguales: int = 0
    errores: list[ErrorFila] = field(default_factory=list)
    rarezas: list[RarezaFila] = field(default_factory=list)
    detalle: list[FilaImportada] = field(default_factory=list)

    @property
    def correcto(self) -> bool:
        return not self.errores

    def como_dict(self) -> dict:
        datos = asdict(self)
        return {"correcto": self.correcto, **datos}


class RecursoDesconocido(ValueError):
    pass


def recurso_por_clave(clave: str) -> type[Recurso]:
    recursos = descubrir()
    try:
        return recursos[clave]
    except KeyError:
        raise RecursoDesconocido(
            f'No existe el recurso "{clave}".{quiso_decir(clave, recursos)} Hay: {", ".join(sorted(recursos))}.'
        ) from None


def importar_archivo(recurso, archivo, *, por=None, simular=False, nombre="", paginas=None) -> ResultadoImportacion:
    """Importa (o ensaya) un XLSX o CSV. ``recurso``: clave o clase; ``archivo``: ruta o abierto.

    Con ``paginas``, la persona ``por`` sólo toca lo que esas páginas le dejan ver y editar.
    """
    clase = recurso_por_clave(recurso) if isinstance(recurso, str) else recurso
    nombre = nombre or Path(str(getattr(archivo, "name", archivo))).name
    resultado = ResultadoImportacion(clase.clave, nombre, simular)
    try:
        hoja = leer(archivo, nombre)
    except ArchivoIlegible as error:
        resultado.errores.append(ErrorFila(0, "", "", str(error)))
        return resultado
    return importar_hoja(clase, hoja, por=por, simular=simular, resultado=resultado, paginas=paginas)


def importar_hoja(clase, hoja: Hoja, *, por=None, simular=False, resultado=None, paginas=None):
    resultado = resultado or ResultadoImportacion(clase.clave, hoja.nombre, simular)
    resultado.filas = len(hoja.filas)
    instancia = clase(por=por, archivo=hoja.nombre, paginas=paginas)
    presentes, errores = reconocer(instancia, hoja)
    resultado.errores += errores
    if errores:
        return resultado
    columnas = instancia.columnas()
    indices = {n: i for i, n in enumerate(presentes) if n}
    titulos = [columnas[n].column_name for n in indices]
    filas = instancia.en_orden(_padres_primero(instancia, hoja.filas, indices), indices)
    datos = tablib.Dataset(headers=titulos)
    for _numero, fila in filas:
        datos.append([fila[i] for i in indices.values()])
    numeros = [numero for numero, _fila in filas]
    existentes, errores_fila = _buscar_existentes(instancia, datos, numeros, indices)
    instancia.recuerda(existentes, numeros, errores_fila, set(indices))
    ausentes = _obligatorias_ausentes(instancia, indices)
    incompleta = bool(ausentes) and len(existentes) < len(numeros)
    bruto = instancia.import_data(
        datos,
        dry_run=simular or incompleta,
        use_transactions=True,
        rollback_on_validation_errors=True,
    )
    _recoger(resultado, instancia, bruto, datos, numeros, ausentes)
    if incompleta:
        faltan = ", ".join(f"«{columnas[n].column_name}»" for n in ausentes)
        resultado.errores.insert(
            0,
            ErrorFila(hoja.fila_encabezados, "", "", f"Para registros nuevos faltan columnas obligatorias: {faltan}."),
        )
    return resultado


def reconocer(instancia: Recurso, hoja: Hoja) -> tuple[list[str], list[ErrorFila]]:
    """El nombre del campo de cada encabezado, o los errores de la fila de encabezados."""
    columnas = instancia.columnas()
    por_texto = {normaliza(n): n for n in columnas}
    por_texto |= {normaliza(n.replace("_", " ")): n for n in columnas}
    por_texto |= {normaliza(c.column_name): n for n, c in columnas.items()}
    titulos = [c.column_name for c in columnas.values()]
    presentes, errores, vistos = [], [], {}
    fila = hoja.fila_encabezados
    desconocidos = []
    for encabezado in hoja.encabezados:
        # La plantilla marca las obligatorias con un asterisco.
        nombre = por_texto.get(normaliza(encabezado.rstrip("* ")), "")
        if encabezado and not nombre:
            cerca = parecido(encabezado, titulos)
            desconocidos.append(
                ErrorFila(
                    fila,
                    encabezado,
                    "",
                    f"No existe la columna «{encabezado}»."
                    + (f" ¿Quiso decir «{cerca}»?" if cerca else f" Columnas: {', '.join(titulos)}."),
                )
            )
        elif nombre in vistos and nombre:
            errores.append(ErrorFila(fila, encabezado, "", f"La columna «{encabezado}» está repetida."))
        vistos[nombre] = True
        presentes.append(nombre)
    if desconocidos and not any(presentes):
        return [], [
            ErrorFila(
                fila,
                "",
                "",
                f"El archivo no parece de «{instancia.titulo_humano()}»: ninguna columna coincide. "
                f"Se esperan: {', '.join(titulos)}.",
            )
        ]
    errores = desconocidos + errores
    for nombre in instancia.get_import_id_fields():
        if nombre not in vistos and not errores:
            titulo = columnas[nombre].column_name
            errores.append(ErrorFila(fila, titulo, "", f"Falta la columna «{titulo}», que identifica cada registro."))
    return presentes, errores


def _obligatorias_ausentes(instancia, indices) -> list[str]:
    return [
        n
        for n, c in instancia.columnas().items()
        if n not in indices and not c.readonly and instancia.obligatoria(n, c)
    ]


def _padres_primero(instancia, filas, indices):
    """Si la hoja nombra registros de sí misma (un organismo y su superior), el nombrado va antes."""
    propias = [
        n
        for n, c in instancia.columnas().items()
        if n in indices and isinstance(c.widget, RelacionPorNombre) and c.widget.modelo is instancia._meta.model
    ]
    if not propias:
        return filas
    por_nombre = {}
    for campo in instancia.columnas()[propias[0]].widget.campos:
        if len(campo) == 1 and campo[0] in indices:
            for fila in filas:
                texto = normaliza(a_texto(fila[1][indices[campo[0]]]))
                if texto:
                    por_nombre.setdefault(texto, fila)
    for n in propias:
        instancia.columnas()[n].widget.anuncia({texto: fila[0] for texto, fila in por_nombre.items()})
    orden, puestas = [], set()
    for inicial in filas:
        pila = [inicial]
        while pila:
            fila = pila[-1]
            if fila[0] in puestas:
                pila.pop()
                continue
            faltan = [
                padre
                for n in propias
                for pieza in a_texto(fila[1][indices[n]]).split(";")
                if (padre := por_nombre.get(normaliza(pieza))) and padre[0] not in puestas and padre not in pila
            ]
            if faltan:
                pila.append(faltan[0])
            else:
                puestas.add(fila[0])
                orden.append(fila)
                pila.pop()
    return orden


def _buscar_existentes(instancia, datos, numeros, indices):
    """Qué registro corresponde a cada fila, en dos consultas, y las claves repetidas o vacías."""
    columnas = instancia.columnas()
    clave = [(n, columnas[n]) for n in instancia.get_import_id_fields()]
    atributos = [_ruta_de(instancia._meta.model, c) for _n, c in clave]
    exactas, parecidas = {}, {}
    for pk, *partes in instancia.consulta().order_by().values_list("pk", *atributos):
        exactas.setdefault(_llave(partes, exacta=True), []).append(pk)
        parecidas.setdefault(_llave(partes), []).append(pk)
    encontrados, errores, primera = {}, {}, {}
    titulo = " + ".join(c.column_name for _n, c in clave)
    for numero, fila in zip(numeros, datos.dict, strict=True):
        try:
            partes = [c.clean(fila) for _n, c in clave]
        except (ValueError, ValidationError):
            continue  # el motivo sale al leer la celda
        partes = [p.pk if isinstance(p, models.Model) else p for p in partes]
        if not any(p not in (None, "") for p in partes):
            errores[numero] = [f"Falta la clave que identifica el registro ({titulo})."]
            continue
        llave = _llave(partes)
        pks = exactas.get(_llave(partes, exacta=True)) or parecidas.get(llave) or []
        if len(pks) > 1:
            mismo = _el_mismo(instancia, pks, fila, indices, set(encontrados.values()))
            if mismo is None:
                errores[numero] = [
                    f"Ya hay {len(pks)} registros con la misma clave ({titulo}) y no se sabe cuál cambiar: "
                    "corríjalo en su página."
                ]
                continue
            pks = [mismo]
        if pks:
            encontrados[numero] = pks[0]
        identidad = ("pk", pks[0]) if pks else ("nueva", llave)
        otra = primera.setdefault(identidad, numero)
        if otra != numero:
            una, dos = sorted((otra, numero))
            errores[numero] = [f"Las filas {una} y {dos} tienen la misma clave ({titulo})."]
            encontrados.pop(numero, None)
    objetos, visibles = {}, set()
    pks = list(encontrados.values())
    for inicio in range(0, len(pks), 500):
        trozo = pks[inicio : inicio + 500]
        objetos |= {o.pk: o for o in instancia.get_queryset().filter(pk__in=trozo)}
        if instancia.paginas is not None:
            visibles |= set(instancia.paginas.consulta(instancia.por).filter(pk__in=trozo).values_list("pk", flat=True))
    if instancia.paginas is not None:
        for numero, pk in encontrados.items():
            if pk not in visibles:
                errores[numero] = ["Ese registro ya existe y su papel no le deja verlo ni cambiarlo."]
    return {numero: objetos[pk] for numero, pk in encontrados.items()}, errores


def _el_mismo(instancia, pks, fila, presentes, tomados):
    """De varios con la misma clave, el que la fila repite tal cual: lo exportado vuelve a entrar sin cambios."""
    columnas = {n: c for n, c in instancia.columnas().items() if n in presentes and not c.readonly}
    try:
        escrito = {n: c.widget.render(c.clean(fila)) for n, c in columnas.items()}
    except (ValueError, ValidationError):
        return None
    for objeto in instancia.get_queryset().filter(pk__in=set(pks) - tomados).order_by("pk"):
        if instancia._iguales({n: instancia.celda(n, c, objeto) for n, c in columnas.items()}, escrito):
            return objeto.pk
    return None


def _ruta_de(modelo, columna) -> str:
    try:
        return modelo._meta.get_field(columna.attribute).attname
    except FieldDoesNotExist:
        return columna.attribute


def _llave(partes, *, exacta=False):
    return tuple("" if p is None else (p if exacta or not isinstance(p, str) else normaliza(p)) for p in partes)


def _recoger(resultado, instancia, bruto, datos, numeros, ausentes):
    """Traduce el resultado de import-export al nuestro, en el orden de la hoja."""
    por_atributo = {c.attribute: c.column_name for c in instancia.columnas().values()}
    atributos_ausentes = {instancia.columnas()[n].attribute for n in ausentes}
    for error in bruto.base_errors:
        resultado.errores.append(ErrorFila(0, "", "", _motivo(error.error)))
    for numero, fila, cruda in zip(numeros, bruto.rows, datos.dict, strict=True):
        errores = []
        if fila.validation_error is not None:
            errores = _de_validacion(numero, fila.validation_error, por_atributo, cruda, atributos_ausentes, instancia)
        for error in fila.errors:
            errores.append(ErrorFila(numero, "", "", _motivo(error.error)))
        estado = _ESTADOS.get(fila.import_type, "error")
        if estado == "error":
            descripcion = _descripcion(instancia, cruda)
        else:
            descripcion = fila.object_repr or _descripcion(instancia, cruda)
        resultado.errores += errores
        resultado.nuevos += estado == "nuevo"
        resultado.cambiados += estado == "cambia"
        resultado.iguales += estado == "igual"
        resultado.detalle.append(FilaImportada(numero, estado, descripcion, tuple(getattr(fila, "cambios", ()))))
    crudas = dict(zip(numeros, datos.dict, strict=True))
    for numero, campo, motivo in instancia.llamativas:
        columna = instancia.columnas()[campo].column_name if campo else ""
        resultado.rarezas.append(RarezaFila(numero, columna, a_texto(crudas[numero].get(columna)), motivo))
    resultado.errores.sort(key=lambda e: e.fila)
    resultado.rarezas.sort(key=lambda r: r.fila)
    resultado.detalle.sort(key=lambda f: f.fila)


def _descripcion(instancia, cruda) -> str:
    columnas = instancia.columnas()
    partes = [a_texto(cruda.get(columnas[n].column_name)) for n in instancia.get_import_id_fields()]
    return " · ".join(p for p in partes if p)


def _de_validacion(numero, error, por_atributo, cruda, ausentes, instancia):
    errores = []
    por_campo = error.error_dict if hasattr(error, "error_dict") else {"__all__": error.error_list}
    for campo, lista in por_campo.items():
        columna = por_atributo.get(campo, "")
        if campo in ausentes:
            continue  # se dice una sola vez, en los encabezados
        if not columna and campo != "__all__":
            try:
                columna = str(instancia._meta.model._meta.get_field(campo).verbose_name)
            except FieldDoesNotExist:
                columna = campo
        for uno in lista:
            for mensaje in uno.messages:
                if uno.code in ("blank", "null"):
                    mensaje = "Falta este dato: es obligatorio."
                errores.append(ErrorFila(numero, columna, a_texto(cruda.get(columna)), mensaje))
    return list(dict.fromkeys(errores))


def _motivo(error) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, PermissionDenied):
        return str(error) or "No tiene permiso para guardar este registro."
    if isinstance(error, IntegrityError):
        registro.warning("Choque al importar", exc_info=error)
        return "Choca con otro registro: ya existe uno con la misma clave o le falta un dato obligado."
    if isinstance(error, models.ObjectDoesNotExist | models.ProtectedError):
        registro.warning("Relación rota al importar", exc_info=error)
        return "Depende de otro registro que no existe o no se puede cambiar."
    # Los errores de reglas de las salas son ValueError propios con su frase en español.
    if isinstance(error, ValueError) and str(error):
        return str(error)
    registro.error("Error inesperado al importar una fila", exc_info=error)
    return "No se pudo guardar por un error del sistema; quedó anotado para revisarlo."
