"""Las hojas de planes y bitácora: de ida y vuelta, por nombres y con todos los errores juntos."""

import io
from datetime import date

import pytest

from programas import acciones
from programas.estados import EstadoDeActividad
from programas.models import Accion, Actividad, Eje, Meta, Programa, TipoActividad
from tests.fabricas import programas as fabrica
from tests.fabricas.base import con_papel
from tests.fabricas.directorio import area, organismo
from vinculacion.cuentas import roles
from vinculacion.nucleo import hojas

pytestmark = pytest.mark.django_db


def importar(clave: str, texto: str, por=None, **mas):
    return hojas.importar_archivo(clave, io.BytesIO(texto.encode()), nombre=f"{clave}.csv", por=por, **mas)


def bien(clave: str, texto: str, por=None):
    resultado = importar(clave, texto, por)
    assert resultado.correcto, resultado.errores
    return resultado


def test_un_plan_entero_por_hojas():
    por = con_papel(roles.DIRECCION)
    area(nombre="Unidad de prueba", siglas="UP")
    bien("programas", "Clave,Nombre,Tipo,Año,Unidad responsable\npat-2021,PAT 2021,PAT,2021,UP\n".replace(
        ",PAT,", ",Programa Anual de Trabajo,"), por)  # fmt: skip
    bien("programas", "Clave,Nombre,Tipo,Año\npe-2021,Programa 2021,Programa Específico,2021\n", por)
    bien("ejes", "Programa,Número,Nombre\npat-2021,1,Vinculación\npe-2021,3,INE\n", por)
    bien(
        "acciones",
        "Eje,Inciso,Nombre,Unidad de medida,Frecuencia,Meses programados,Área responsable\n"
        "pe-2021:3,2,Convenio,Documento,Trimestral,,UP\npat-2021:1,A,Convenio general,Reunión,Mensual,1; 2; 3,up\n",
        por,
    )
    bien("acciones", "Eje,Inciso,Nombre,Alineada con\npat-2021:1,A,Convenio general,pe-2021:3.2\n", por)
    resultado = bien("metas", "Acción,Trimestre,Cantidad\npe-2021:3.2,1,4\nPAT-2021:1a,4,2\n", por)
    assert (resultado.nuevos, resultado.iguales) == (2, 0)
    assert bien("metas", "Acción,Trimestre,Cantidad\npe-2021:3.2,1,4\npat-2021:1A,4,3\n", por).iguales == 1
    letra = Accion.objects.get(inciso="A")
    assert (letra.clave, letra.meses, letra.area_responsable.siglas) == ("pat-2021:1A", [1, 2, 3], "UP")
    assert [a.clave for a in letra.alineadas.all()] == ["pe-2021:3.2"]
    assert letra.metas.get().cantidad == 3
    assert Meta.history.filter(history_user=por).count() == 3
    assert Programa.objects.get(clave="pat-2021").area.siglas == "UP"


def test_actividades_por_hoja_con_todo_lo_suyo():
    por = con_papel(roles.CAPTURA)
    fabrica.accion(fabrica.eje(fabrica.programa(2020, clave="pat-2020")))
    fabrica.tipo(clave="curso", nombre="Curso")
    organismo(nombre="Universidad de prueba", siglas="UDP")
    organismo(nombre="La Red")
    encabezado = (
        "Acción,Tipo,Fecha,Título,Hasta,Otras fechas,Organismos que participan,Otras cifras,Mujeres,Modalidad\n"
    )
    hoja = encabezado + (
        "pat-2020:1A,Curso,05/10/2020,Curso de observación,,,udp; La Red,Inscritas: 46; Videos: 26,12,Virtual\n"
        "pat-2020:1A,curso,2020-12-07,Encuentro,,07/12/2020; 09/12/2020,,,,\n"
    )
    assert bien("actividades", hoja, por).nuevos == 2
    curso = Actividad.objects.get(titulo="Curso de observación")
    assert (curso.capturo, curso.fecha_fin, curso.unidades, curso.mujeres) == (por, date(2020, 10, 5), 1, 12)
    assert {o.corto for o in curso.organismos.all()} == {"UDP", "La Red"}
    assert dict(curso.cifras.values_list("etiqueta", "numero")) == {"Inscritas": 46, "Videos": 26}
    assert Actividad.objects.get(titulo="Encuentro").fecha_fin == date(2020, 12, 9)
    antes = Actividad.history.count()
    assert bien("actividades", hoja, por).iguales == 2
    assert Actividad.history.count() == antes


def test_todos_los_errores_juntos_y_nada_guardado():
    programa = fabrica.programa(2020, clave="pat-2020")
    fabrica.accion(fabrica.eje(programa))
    fabrica.tipo(clave="curso", nombre="Curso")
    resultado = importar(
        "actividades",
        "Acción,Tipo,Fecha,Título,Hasta\n"
        "pat-2020:1A,Curso,05/10/2020,Buena,\n"
        "pat-2020:1B,Curso,05/10/2020,Acción que no existe,\n"
        "pat-2020:1A,Crso,05/10/2020,Tipo mal escrito,\n"
        "pat-2020:1A,Curso,31/02/2020,Día que no existe,\n"
        "pat-2020:1A,Curso,05/10/2020,Al revés,01/10/2020\n"
        "pat-2020:1A,Curso,05/10/2012,Año mal escrito,\n",
    )
    assert not resultado.correcto
    motivos = {e.fila: e.motivo for e in resultado.errores}
    assert set(motivos) == {3, 4, 5, 6, 7}
    assert "pat-2020:1A" in motivos[3]
    assert "curso" in motivos[4].lower()
    assert "no existe" in motivos[5]
    assert "anterior" in motivos[6]
    assert "2012" in motivos[7]
    assert not Actividad.objects.exists()


def test_la_hoja_no_corrige_lo_validado_ni_cambia_el_estado():
    captura = con_papel(roles.CAPTURA)
    actividad = fabrica.actividad(titulo="Foro", por=captura)
    acciones.validar_actividad(actividad=actividad, por=None)
    datos = hojas.exportar(hojas.descubrir()["actividades"], Actividad.objects.all(), "csv").decode("utf-8-sig")
    assert "Validada" in datos
    assert bien("actividades", datos, captura).iguales == 1
    cambiada = datos.replace("Validada", "Borrador")
    assert bien("actividades", cambiada, captura).iguales == 1
    fila = f"Acción,Tipo,Fecha,Título,Unidades que cuenta\n{actividad.accion.clave},{actividad.tipo.clave},05/10/2020,Foro,9\n"
    for por in (captura, None):
        resultado = importar("actividades", fila, por)
        assert "validada" in resultado.errores[0].motivo
    actividad.refresh_from_db()
    assert (actividad.estado, actividad.unidades) == (EstadoDeActividad.VALIDADA, 1)


def test_una_meta_imposible_y_un_programa_cerrado():
    accion = fabrica.accion(fabrica.eje(fabrica.programa(2020, clave="pat-2020")))
    for cantidad in ("-3", "1000000000", "dos"):
        resultado = importar("metas", f"Acción,Trimestre,Cantidad\npat-2020:1A,1,{cantidad}\n")
        assert resultado.errores, cantidad
    assert importar("metas", "Acción,Trimestre,Cantidad\npat-2020:1A,5,1\n").errores
    acciones.cerrar_programa(programa=accion.eje.programa, por=None)
    assert "cerrado" in importar("metas", "Acción,Trimestre,Cantidad\npat-2020:1A,1,1\n").errores[0].motivo
    assert not Meta.objects.exists()


@pytest.mark.parametrize("formato", ["csv", "xlsx"])
def test_ida_y_vuelta(formato):
    par = fabrica.accion(fabrica.eje(fabrica.programa(2020, "especifico")), metas={1: 0, 4: 3}, inciso="1")
    accion = fabrica.accion(alineadas=[par], meses=[1, 12])
    fabrica.actividad(
        accion, tipo=fabrica.tipo_completo(), el=date(2020, 12, 1), fecha_fin=date(2020, 12, 3), pais="ES",
        cifras={"Vistas": 5}, organismos=[organismo(), organismo()], organo=organismo(), mujeres=0,
    )  # fmt: skip
    fabrica.actividad(accion, fechas_sueltas=["2020-11-01", "2020-11-05"])
    for clave, modelo in (
        ("programas", Programa), ("ejes", Eje), ("acciones", Accion), ("metas", Meta),
        ("tipos_actividad", TipoActividad), ("actividades", Actividad),
    ):  # fmt: skip
        datos = hojas.exportar(hojas.descubrir()[clave], modelo.objects.order_by("pk"), formato)
        resultado = hojas.importar_archivo(clave, io.BytesIO(datos), nombre=f"{clave}.{formato}")
        assert resultado.correcto, (clave, resultado.errores)
        assert resultado.iguales == modelo.objects.count(), (clave, resultado.detalle)


@pytest.mark.parametrize("clave", ["acciones", "metas", "actividades"])
def test_exportar_cuesta_lo_mismo_con_1_que_con_30(django_assert_max_num_queries, clave):
    eje = fabrica.eje()
    par = fabrica.accion(fabrica.eje(fabrica.programa(2020, "especifico")))
    for _ in range(20):
        accion = fabrica.accion(eje, metas={1: 1}, alineadas=[par])
        fabrica.actividad(accion, organismos=[organismo()], cifras={"Vistas": 1})
    recurso = hojas.descubrir()[clave]
    with django_assert_max_num_queries(12):
        hojas.exportar(recurso, recurso().get_queryset(), "csv")


def test_dos_hechos_con_la_misma_clave_se_exportan_y_vuelven_a_entrar_sin_cambios():
    """«Guardar de todos modos» permite dos del mismo día y título: la hoja las distingue por lo demás."""
    por = con_papel(roles.CAPTURA)
    accion, tipo = fabrica.accion(fabrica.eje(fabrica.programa(2020, clave="pat-2020"))), fabrica.tipo(clave="curso")
    for mujeres in (5, 8, 8):
        fabrica.actividad(accion, tipo=tipo, titulo="Taller", mujeres=mujeres, por=por)
    hoja = hojas.exportar(hojas.RECURSOS["actividades"], Actividad.objects.all(), "csv").decode("utf-8-sig")
    assert bien("actividades", hoja, por).iguales == 3
    cambiada = importar("actividades", hoja.replace(",5,", ",6,", 1), por)
    assert not cambiada.correcto
    assert "no se sabe cuál cambiar" in cambiada.errores[0].motivo
    assert set(Actividad.objects.values_list("mujeres", flat=True)) == {5, 8}
