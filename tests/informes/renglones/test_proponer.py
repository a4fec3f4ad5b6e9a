"""Lo que los registros proponen, y lo que «proponer de nuevo» respeta."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from informes.armado import contexto_de
from informes.estados import EstadoDeInforme
from informes.models import Informe, Renglon
from informes.renglones import acciones, consultas, origen
from tests.fabricas import convenios, programas
from tests.fabricas import renglones as fabrica
from vinculacion.comision.estados import EstadoDeAcuerdo
from vinculacion.nucleo.fuentes import BITACORA
from vinculacion.nucleo.renglones import clave_de, literal

pytestmark = pytest.mark.django_db
BALANCE, PENDIENTE = "balance", "pendiente"


@pytest.fixture
def informe():
    return fabrica.informe_con_registros()


def textos(informe, clase=PENDIENTE):
    return [r.texto for r in consultas.renglones(informe, clase)]


def test_el_balance_propone_lo_que_no_es_cero_con_su_cifra_viva(informe):
    hecho = acciones.proponer(informe=informe, clase=BALANCE, por=None)
    puestos = textos(informe, BALANCE)
    assert hecho.nuevos == len(puestos) >= 2
    assert any("{{ comision.sesiones |" in t for t in puestos)
    assert not any("migrantes.envios" in t for t in puestos)  # hoy es cero
    estados = consultas.estados(informe, BALANCE)
    assert "3 sesiones celebradas" in [e.hoy for e in estados]
    assert all(e.url for e in estados)


def test_cada_tipo_de_actividad_va_en_el_rubro_de_su_accion(informe):
    accion = programas.accion(programas.eje(nombre="Seguimiento a órganos"))
    tipo = programas.tipo(nombre="Nota ejecutiva", clave="nota-ejecutiva")
    programas.actividad(accion, tipo=tipo, fecha_inicio=date(2020, 11, 3))
    acciones.proponer(informe=informe, clase=BALANCE, por=None)
    nota = Renglon.objects.get(informe=informe, clave="programas.tipo:nota-ejecutiva")
    assert nota.rubro == "Seguimiento a órganos"
    assert 'programas.unidades tipo="nota-ejecutiva"' in nota.texto


def test_los_pendientes_salen_de_acuerdos_sesiones_metas_y_convenios(informe):
    fabrica.sesion_programada(informe, date(2021, 1, 28))
    eje = programas.eje(programas.programa(2021, "especifico"), nombre="Vinculación")
    accion = programas.accion(eje, metas={1: 4, 2: 5}, nombre="Cursos", unidad="Curso")
    tramite = convenios.convenio(titulo="Convenio con la Universidad")
    acciones.proponer(informe=informe, clase=PENDIENTE, por=None)
    claves = set(consultas.renglones(informe, PENDIENTE).values_list("clave", flat=True))
    assert f"{clave_de(accion)}:2021-1" in claves
    hoy = " ".join(e.hoy for e in consultas.estados(informe, PENDIENTE))
    assert "Acuerdo CVOE/001/20 (pendiente): Se entrega el informe anual." in hoy
    assert "Celebrar la primera sesión ordinaria, programada para el jueves 28 de enero de 2021." in hoy
    assert "Cursos: meta de 4 (curso) en el primer trimestre de 2021." in hoy
    if origen.propuestas(informe, PENDIENTE).get(clave_de(tramite, "tramite")):
        assert "Concluir el trámite de Convenio con la Universidad" in hoy


def test_de_dos_acciones_alineadas_sale_una(informe):
    pat = programas.accion(programas.eje(programas.programa(2021, "pat")), metas={1: 4})
    propia = programas.accion(programas.eje(programas.programa(2021, "especifico")), metas={1: 4}, alineadas=[pat])
    claves = [c for c in origen.propuestas(informe, PENDIENTE) if c.startswith("programas.accion")]
    assert claves == [f"{clave_de(propia)}:2021-1"]


def test_el_rubro_es_el_de_la_accion_que_cuenta_de_esa_fuente(informe):
    programas.accion(programas.eje(nombre="Órgano colegiado"), fuente="comision.sesiones")
    programas.accion(programas.eje(nombre="Otro"), fuente=BITACORA)
    propuesta = origen.propuestas(informe, BALANCE)["comision.sesiones"]
    assert propuesta.rubro == "Órgano colegiado"


def test_proponer_de_nuevo_agrega_lo_nuevo_y_no_toca_lo_editado(informe):
    acciones.proponer(informe=informe, clase=PENDIENTE, por=None)
    (primero,) = [r for r in consultas.renglones(informe, PENDIENTE) if "CVOE/001/20" in r.texto]
    primero.texto = "El informe anual se entregará en marzo."
    primero.incluido = False
    acciones.guardar(informe=informe, clase=PENDIENTE, cambiados=[primero], por=None)
    fabrica.acuerdo(informe, "CVOE/002/20", texto="Se turna a las áreas.")
    hecho = acciones.proponer(informe=informe, clase=PENDIENTE, por=None)
    assert (hecho.nuevos, hecho.actualizados, hecho.sin_registro) == (1, 0, 0)
    primero.refresh_from_db()
    assert primero.texto == "El informe anual se entregará en marzo."
    assert not primero.incluido
    (estado,) = [e for e in consultas.estados(informe, PENDIENTE) if e.renglon == primero]
    assert estado.editado
    assert "Acuerdo CVOE/001/20" in estado.otra_propuesta


def test_lo_que_nadie_toco_se_pone_al_dia(informe):
    acciones.proponer(informe=informe, clase=PENDIENTE, por=None)
    acuerdo = informe.comision.acuerdos.get(folio="CVOE/001/20")
    acuerdo.estado = EstadoDeAcuerdo.EN_PROCESO
    acuerdo.save()
    hecho = acciones.proponer(informe=informe, clase=PENDIENTE, por=None)
    assert (hecho.nuevos, hecho.actualizados) == (0, 1)
    assert any("(en proceso)" in t for t in textos(informe))


def test_lo_que_ya_no_existe_se_marca_y_se_queda(informe):
    acciones.proponer(informe=informe, clase=PENDIENTE, por=None)
    acuerdo = informe.comision.acuerdos.get(folio="CVOE/001/20")
    clave, url = clave_de(acuerdo), acuerdo.get_absolute_url()
    acuerdo.estado = EstadoDeAcuerdo.CUMPLIDO
    acuerdo.save()
    hecho = acciones.proponer(informe=informe, clase=PENDIENTE, por=None)
    assert hecho.sin_registro == 1
    (estado,) = [e for e in consultas.estados(informe, PENDIENTE) if e.renglon.clave == clave]
    assert estado.ya_no
    assert estado.url == url  # el registro existe: se puede ir a ver por qué
    acuerdo.delete()
    (estado,) = [e for e in consultas.estados(informe, PENDIENTE) if e.renglon.clave == clave]
    assert estado.ya_no and not estado.url


def test_los_de_un_rubro_quedan_juntos_y_en_el_orden_pedido(informe):
    uno, dos, tres = (fabrica.renglon(informe, t, rubro=r) for t, r in (("1", "A"), ("2", "B"), ("3", "A")))
    acciones.guardar(informe=informe, clase=PENDIENTE, orden=[tres.pk, uno.pk, dos.pk], por=None)
    assert textos(informe) == ["3", "1", "2"]
    versiones = {r.pk: r.version for r in consultas.renglones(informe, PENDIENTE)}
    assert versiones == {r.pk: r.version for r in (uno, dos, tres)}  # mover no choca con quien escribe


def test_un_informe_aprobado_no_se_toca(informe):
    Informe.objects.filter(pk=informe.pk).update(estado=EstadoDeInforme.APROBADO)
    informe.refresh_from_db()
    with pytest.raises(ValidationError, match="ya no se edita"):
        acciones.proponer(informe=informe, clase=PENDIENTE, por=None)
    assert not Renglon.objects.filter(informe=informe).exists()


def test_lo_capturado_no_se_toma_por_cifra_ni_por_markdown(informe):
    fabrica.acuerdo(informe, "CVOE/009/20", texto="Usar {{ llaves }}, {% si %} y *asteriscos*\n\n- lista")
    acciones.proponer(informe=informe, clase=PENDIENTE, por=None)
    assert not any(e.errores for e in consultas.estados(informe, PENDIENTE))
    assert "{{" not in literal("{{{ a }}} {{% b %}}") and "{%" not in literal("{{%")
    assert contexto_de(informe).informe == informe
