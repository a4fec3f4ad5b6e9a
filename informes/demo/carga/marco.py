"""El diagnóstico, la MIR y los riesgos del Programa Específico 2021."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from informes.demo import marco_2021 as datos
from programas.diagnostico.acciones import guardar_nodo
from programas.diagnostico.acciones_poblacion import guardar_alternativa, guardar_involucramiento
from programas.mir.acciones import guardar_indicador, guardar_supuesto
from programas.models import (
    Accion,
    Alternativa,
    Indicador,
    Involucramiento,
    Nodo,
    Programa,
    Riesgo,
    Supuesto,
    Tratamiento,
)
from programas.riesgos.acciones import guardar_riesgo, guardar_tratamiento
from vinculacion.directorio.models import Area

from . import directorio
from .mundo import Mundo

SIMBOLOS = {"eficacia": ("L", "M"), "impacto": ("R", "O"), "razon": ("N", "D")}
ESPERADO = {"eficacia": (Decimal(1), "Razón"), "impacto": (Decimal(100), "Porcentaje")}


def cargar(mundo: Mundo, programa: Programa) -> None:
    involucrados(mundo, programa)
    nodos = arboles(mundo, programa, [(*fila, "") for fila in datos.PROBLEMAS], datos.OBJETIVOS)
    for numero, medio, nombre, accion in datos.ALTERNATIVAS:
        alternativa = Alternativa(
            programa=programa,
            numero=numero,
            medio=nodos[medio],
            nombre=nombre,
            elegida=True,
            accion=mundo.acciones[f"{programa.clave}:{accion}"],
        )
        guardar_alternativa(alternativa=alternativa, por=mundo.direccion)
    supuestos_ = supuestos(mundo, programa, datos.SUPUESTOS)
    for orden, fila in enumerate(datos.leer("mir_2021"), 1):
        _indicador(mundo, programa, orden, fila, supuestos_)
    for fila_de_riesgo in datos.RIESGOS:
        riesgo(mundo, programa, fila_de_riesgo, supuestos_)


def involucrados(mundo: Mundo, programa: Programa) -> None:
    """Las áreas y los organismos de los cuatro cuadros; los que ya están en el directorio no se repiten."""
    filas = datos.leer("involucrados_2021")
    for fila in filas:
        if fila["grupo"] == "areas" and fila["siglas"] not in mundo.areas:
            area = Area(siglas=fila["siglas"], nombre=fila["nombre"], clase=fila["clase"])
            area.full_clean()
            area.save()
            mundo.areas[fila["siglas"]] = area
    nuevos = [f for f in filas if f["grupo"] != "areas" and _llave(f) not in mundo.organismos]
    directorio.organismos(mundo, [(f["siglas"], f["nombre"], f["grupo"], f["clase"], f["pais"], "") for f in nuevos])
    for fila in filas:
        quien = (
            {"area": mundo.areas[fila["siglas"]]}
            if fila["grupo"] == "areas"
            else {"organismo": mundo.organismos[_llave(fila)]}
        )
        uno = Involucramiento(programa=programa, interes=int(fila["interes"]), fuerza=int(fila["fuerza"]), **quien)
        guardar_involucramiento(involucramiento=uno, por=mundo.direccion)


def _llave(fila: Mapping[str, str]) -> str:
    return fila["siglas"] or fila["nombre"]


def arboles(mundo: Mundo, programa: Programa, *filas: Iterable[tuple[str, str, str, str, str]]) -> dict[str, Nodo]:
    """Clave, rol, de quién cuelga, texto y, en el de objetivos, a qué responde."""
    nodos: dict[str, Nodo] = {}
    hermanos: dict[str, int] = {}
    for clave, rol, padre, texto, contraparte in (fila for arbol in filas for fila in arbol):
        hermanos[f"{padre} {rol}"] = orden = hermanos.get(f"{padre} {rol}", 0) + 1
        nodo = Nodo(
            programa=programa,
            clave=clave,
            rol=rol,
            padre=nodos.get(padre),
            orden=orden,
            texto=texto,
            contraparte=nodos.get(contraparte),
        )
        nodos[clave] = guardar_nodo(nodo=nodo, por=mundo.direccion)
    return nodos


def supuestos(mundo: Mundo, programa: Programa, filas: Iterable[tuple[str, str]]) -> dict[str, Supuesto]:
    return {
        clave: guardar_supuesto(supuesto=Supuesto(programa=programa, clave=clave, texto=texto), por=mundo.direccion)
        for clave, texto in filas
    }


def _indicador(
    mundo: Mundo, programa: Programa, orden: int, fila: dict[str, str], supuestos: dict[str, Supuesto]
) -> None:
    acciones = [mundo.acciones[f"{programa.clave}:{numeral}"] for numeral in fila["acciones"].split(";")]
    meta, unidad = ESPERADO[fila["formula"]]
    indicador = Indicador(
        programa=programa,
        clave=fila["clave"],
        nivel=fila["nivel"],
        resumen=fila["resumen"],
        nombre=fila["nombre"],
        tipo=fila["tipo"],
        formula=fila["formula"],
        frecuencia=fila["frecuencia"],
        unidad=unidad,
        meta=meta,
        medios_verificacion=fila["medios"],
        eje=programa.ejes.get(numero=int(fila["eje"])) if fila["eje"] else None,
        accion=acciones[0] if fila["nivel"] == "actividad" else None,
        area_responsable=mundo.areas["DVOE"],
        orden=orden,
    )
    guardar_indicador(
        indicador=indicador,
        supuestos=[supuestos[clave] for clave in fila["supuestos"].split(";")],
        variables=de_avance(fila["formula"], acciones),
        por=mundo.direccion,
    )


def de_avance(formula: str, acciones: list[Accion]) -> list[dict[str, Any]]:
    """Por cada acción, lo logrado según sus registros y lo programado en sus metas."""
    arriba, abajo = SIMBOLOS[formula]
    variables = []
    for papel, simbolo, origen, que in (
        ("logrado", arriba, "avance", "lo alcanzado"),
        ("programado", abajo, "meta", "lo programado"),
    ):
        for lugar, accion in enumerate(acciones, 1):
            numero = str(lugar) if len(acciones) > 1 else ""
            variables.append(variable(papel, simbolo + numero, f"{accion.unidad}: {que}", origen, [accion]))
    return variables


def variable(
    papel: str, simbolo: str, nombre: str, origen: str, acciones: Iterable[Accion] = (), **mas
) -> dict[str, Any]:
    base: dict[str, Any] = {"cifra": "", "parametros": {}, "valor": None}
    return {
        **base, "papel": papel, "simbolo": simbolo, "nombre": nombre, "origen": origen, "acciones": list(acciones), **mas
    }  # fmt: skip


def riesgo(mundo: Mundo, programa: Programa, fila: tuple, supuestos: dict[str, Supuesto]) -> list[Tratamiento]:
    """Un riesgo con sus tratamientos; los datos van en el orden que dice ``marco_2021.RIESGOS``."""
    numero, nombre, proceso, descripcion, afectados, *resto = fila
    probabilidad, impacto, respuesta, residual_p, residual_i, final, claves, numerales, *tratamientos = resto
    guardado = guardar_riesgo(
        riesgo=Riesgo(
            programa=programa,
            numero=numero,
            nombre=nombre,
            proceso=proceso,
            descripcion=descripcion,
            afectados=afectados,
            probabilidad=probabilidad,
            impacto=impacto,
            respuesta=respuesta,
            area_responsable=mundo.areas["DVOE"],
            probabilidad_residual=residual_p,
            impacto_residual=residual_i,
            respuesta_final=final,
        ),
        acciones=[mundo.acciones[f"{programa.clave}:{n}"] for n in numerales],
        supuestos=[supuestos[clave] for clave in claves],
        por=mundo.direccion,
    )
    return [
        guardar_tratamiento(
            tratamiento=Tratamiento(
                riesgo=guardado,
                numero=lugar,
                descripcion=texto,
                inicio=date.fromisoformat(inicio),
                termino=date.fromisoformat(termino),
                area_responsable=mundo.areas["DVOE"],
                **(mas[0] if mas else {}),
            ),
            por=mundo.direccion,
        )
        for lugar, (texto, inicio, termino, *mas) in enumerate(tratamientos, 1)
    ]
