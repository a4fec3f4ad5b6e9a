"""Las hojas de metas, reprogramaciones, pesos y textos: ida y vuelta, y cada error en su fila."""

import io
from datetime import date

import pytest

from programas import acciones as de_programas
from programas.metas import acciones
from programas.models import Accion, Actividad, Meta, Reprogramacion, TextoDePrograma
from tests.fabricas import metas as fabrica_metas
from tests.fabricas import programas as fabrica
from tests.fabricas.base import con_papel
from vinculacion.cuentas import roles
from vinculacion.nucleo import hojas

pytestmark = pytest.mark.django_db


def importar(clave: str, texto: str, por=None):
    return hojas.importar_archivo(clave, io.BytesIO(texto.encode()), nombre=f"{clave}.csv", por=por)


def errores(clave: str, texto: str) -> str:
    resultado = importar(clave, texto)
    assert not resultado.correcto
    return " | ".join(str(e) for e in resultado.errores)


def exportar(clave: str) -> str:
    clase = hojas.recurso.descubrir()[clave]
    return hojas.exportar(clase, clase().get_queryset(), "csv").decode("utf-8-sig")


def sin_cambios(clave: str) -> None:
    resultado = importar(clave, exportar(clave))
    assert resultado.correcto, resultado.errores
    assert (resultado.nuevos, resultado.cambiados) == (0, 0), resultado.detalle


def test_metas_por_mes():
    accion = fabrica.en_planeacion()
    encabezado = "Acción,Trimestre,Cantidad,Primer mes,Segundo mes,Tercer mes\n"
    assert importar("metas", f"{encabezado}{accion.clave},1,4,1,1,2\n{accion.clave},2,5,,,\n").correcto
    assert [m.meses for m in accion.metas.all()] == [(1, 1, 2), None]
    assert "suman 3" in errores("metas", f"{encabezado}{accion.clave},1,4,1,1,1\n")
    assert "en ninguno" in errores("metas", f"{encabezado}{accion.clave},3,4,1,1,\n")
    for mala in ("-3", "1000000000", "dos"):
        assert "Fila 2" in errores("metas", f"{encabezado}{accion.clave},3,{mala},,,\n")
    sin_cambios("metas")


def test_con_el_plan_aprobado_sólo_pasan_las_filas_iguales():
    accion = fabrica.accion(metas={1: 4, 2: 5}, meses=[1])
    igual = f"Acción,Trimestre,Cantidad\n{accion.clave},1,4\n"
    assert importar("metas", igual).iguales == 1
    dicho = errores("metas", f"{igual}{accion.clave},2,9\n{accion.clave},3,1\n")
    assert "Fila 3" in dicho and "Fila 4" in dicho and "Reprogramar" in dicho and "Fila 2" not in dicho
    eje = f"{accion.eje.programa.clave}:{accion.eje.numero}"
    encabezado = "Eje,Inciso,Nombre,Meses programados,Peso en su eje\n"
    dicho = errores("acciones", f"{encabezado}{eje},A,{accion.nombre},1; 2,\n{eje},B,Nueva,3,50\n")
    assert "Fila 2" in dicho and "Reprogramar" in dicho and "Pesos" in dicho
    assert importar("acciones", f"{encabezado}{eje},A,Otro nombre,1,\n{eje},B,Nueva,,\n").correcto
    assert Meta.objects.get(trimestre=2).cantidad == 5


def test_pesos_por_hoja():
    accion = fabrica.en_planeacion(metas={1: 1})
    programa = accion.eje.programa
    eje = f"{programa.clave}:{accion.eje.numero}"
    for malo in ("0", "101", "-5", "medio"):
        assert "Fila 2" in errores("acciones", f"Eje,Inciso,Nombre,Peso en su eje\n{eje},A,Notas,{malo}\n")
    assert importar("acciones", f"Eje,Inciso,Nombre,Peso en su eje\n{eje},A,Notas,60\n").correcto
    assert importar("ejes", f"Programa,Número,Nombre,Peso en el programa\n{programa.clave},1,Uno,100\n").correcto
    assert "suman 60" in " ".join(de_programas.reglas.impedimentos_para_aprobar(programa))
    sin_cambios("acciones")
    sin_cambios("ejes")


def test_reprogramaciones_por_hoja():
    por = con_papel(roles.DIRECCION)
    accion = fabrica.accion(metas={1: 4, 2: 5}, meses=[1, 4])
    programa = accion.eje.programa
    acuerdo = fabrica_metas.acuerdo_para(programa)
    encabezado = "Acción,Fecha,Razón,Acuerdo que la permite,1T,2T,3T,4T,Meses programados\n"
    fila = f"{accion.clave},2020-05-02,Contingencia,{acuerdo.folio},2,,1; 1; 2,,5; 6\n"
    resultado = importar("reprogramaciones", encabezado + fila, por)
    assert resultado.correcto, resultado.errores
    hecha = Reprogramacion.objects.get()
    assert (hecha.fecha, hecha.history.first().history_user) == (date(2020, 5, 2), por)
    assert dict(accion.metas.values_list("trimestre", "cantidad")) == {1: 2, 2: 5, 3: 4}
    assert Accion.objects.get(pk=accion.pk).meses == [5, 6]
    sin_cambios("reprogramaciones")
    dicho = errores("reprogramaciones", f"{encabezado}{accion.clave},2020-05-02,Contingencia,{acuerdo.folio},3,,,,\n")
    assert "no se corrige" in dicho
    nueva = f"{accion.clave},2020-06-02,Otra,{acuerdo.folio}"
    assert "tres, una por mes" in errores("reprogramaciones", f"{encabezado}{nueva},1; 2,,,,\n")
    assert "entre 0 y" in errores("reprogramaciones", f"{encabezado}{nueva},-3,,,,\n")
    assert "quedarían igual" in errores("reprogramaciones", f"{encabezado}{nueva},2,,,,\n")
    acciones.cerrar_trimestre(programa=programa, trimestre=1, razon="Primer informe", por=None)
    assert "Primer informe" in errores("reprogramaciones", f"{encabezado}{nueva},9,,,,\n")
    assert Reprogramacion.objects.count() == 1


def test_actividades_de_un_trimestre_cerrado_por_hoja():
    accion = fabrica.accion(metas={4: 1})
    actividad = fabrica.actividad(accion, titulo="La de octubre")
    fabrica.actividad(accion, titulo="La de marzo", el=date(2020, 3, 2), tipo=actividad.tipo)
    acciones.cerrar_trimestre(programa=accion.eje.programa, trimestre=4, razon="Cuarto informe", por=None)
    sin_cambios("actividades")
    encabezado = "Acción,Tipo,Fecha,Título,Observaciones\n"
    tipo = actividad.tipo.clave
    filas = (
        f"{accion.clave},{tipo},2020-10-05,La de octubre,Cambia\n"
        f"{accion.clave},{tipo},2020-11-05,Nueva,\n"
        f"{accion.clave},{tipo},2020-03-02,La de marzo,Cambia\n"
    )
    dicho = errores("actividades", encabezado + filas)
    assert "Fila 2" in dicho and "Fila 3" in dicho and "Fila 4" not in dicho
    assert dicho.count("Cuarto informe") == 2
    assert Actividad.objects.count() == 2


def test_textos_por_hoja():
    programa = fabrica.programa(clave="pe-2021")
    encabezado = "Programa,Lugar,Orden,Título,Texto\n"
    resultado = importar(
        "textos", f'{encabezado}pe-2021,Antes de los cuadros del programa,1,Introducción,"Uno\n\nDos"\n'
    )
    assert resultado.correcto, resultado.errores
    assert TextoDePrograma.objects.get(programa=programa).texto == "Uno\n\nDos"
    sin_cambios("textos")
