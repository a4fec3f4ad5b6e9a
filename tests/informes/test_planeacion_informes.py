"""Lo que un informe exige y cierra en los programas de que da cuenta."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from informes import consultas
from informes.acciones import aceptar_hallazgo, pasar_informe
from informes.estados import EstadoDeInforme
from informes.verificador.revision import verificar
from programas.estados import Frecuencia, TipoDePrograma
from programas.metas.acciones import cerrar_trimestre
from programas.models import Candado
from tests.fabricas import informes as fabrica
from tests.fabricas import mir
from tests.fabricas import programas as de_programas
from tests.fabricas.personas import persona
from vinculacion.comision.acciones import agregar_punto, crear_sesion, tomar_acuerdo

pytestmark = pytest.mark.django_db
MODELO = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def pat():
    programa = de_programas.programa(2020, TipoDePrograma.PAT, clave="pat-2020")
    de_programas.accion(de_programas.eje(programa), metas={3: 1, 4: 2})
    return programa


@pytest.fixture
def informe():
    comision = fabrica.comision()
    sesion = crear_sesion(
        comision=comision,
        fecha_programada=date(2021, 1, 21),
        fecha_celebrada=date(2021, 1, 21),
        numero=1,
        estado="celebrada",
        por=None,
    )
    punto = agregar_punto(sesion=sesion, titulo="Informe trimestral", por=None)
    acuerdo = tomar_acuerdo(sesion=sesion, punto=punto, texto="Se aprueba.", por=None)
    return fabrica.informe(punto=punto, acuerdo=acuerdo)


def llevar(informe, *estados):
    for estado in estados:
        informe = pasar_informe(informe=informe, estado=estado, por=None)
    return informe


HASTA_APROBADO = (EstadoDeInforme.REVISION, EstadoDeInforme.PRESENTADO, EstadoDeInforme.APROBADO)


@pytest.mark.parametrize(
    "como",
    [
        lambda i, p: fabrica.apartado(i, "Notas", accion=p.ejes.get().acciones.get()),
        lambda i, p: fabrica.apartado(i, "Notas", narrativa='{{ programas.unidades accion="pat-2020:1A" }}'),
        lambda i, p: fabrica.apartado(i, "Notas", narrativa="Nada.").secciones.create(
            seccion="programas.avance", parametros={"programa": "pat-2020"}
        ),
    ],
)
def test_los_programas_de_un_informe(informe, pat, como):
    de_programas.programa(2020, clave="pat-2020-b")
    assert consultas.programas_de(informe) == []
    como(informe, pat)
    assert consultas.programas_de(informe) == [pat]


def test_al_aprobarse_cierra_los_trimestres_que_abarca(informe, pat):
    fabrica.apartado(informe, "Notas", accion=pat.ejes.get().acciones.get())
    otro = de_programas.programa(2019)
    llevar(informe, *HASTA_APROBADO)
    candado = Candado.objects.get(programa=pat)
    assert (candado.trimestre, candado.cerrado) == (4, True)
    assert candado.razon == f"Informe «trimestral-2020-4» aprobado con el acuerdo {informe.acuerdo.folio}"
    assert not otro.candados.exists()


def test_un_trimestre_a_medias_no_se_cierra(informe, pat):
    fabrica.apartado(informe, "Notas", accion=pat.ejes.get().acciones.get())
    type(informe).objects.filter(pk=informe.pk).update(inicio=date(2020, 8, 1), fin=date(2020, 12, 31))
    llevar(informe, *HASTA_APROBADO)
    assert [c.trimestre for c in Candado.objects.filter(programa=pat)] == [4]


@time_machine.travel("2021-01-15 12:00")
def test_lo_que_salio_del_verde_se_explica_antes_de_la_sesion(informe, pat):
    indicador = mir.indicador(pat, pat.ejes.get().acciones.get(), frecuencia=Frecuencia.TRIMESTRAL, clave="A1")
    llevar(informe, EstadoDeInforme.REVISION)
    with pytest.raises(ValidationError, match="El verificador señala un error"):
        llevar(informe, EstadoDeInforme.PRESENTADO)
    hallazgo = next(h for h in verificar(informe) if h.regla == "indicadores.sin_explicar")
    assert hallazgo.explicacion == (
        "El indicador A1 de pat-2020 quedó en «Rezago» (cuarto trimestre) "
        "y nadie ha dicho su causa, acción y pronóstico."
    )  # el tercero también quedó en rezago, pero no es de este informe
    assert (hallazgo.gravedad, hallazgo.url) == ("error", f"{indicador.get_absolute_url()}#p4")
    mir.explicacion(indicador, 4)
    assert llevar(informe, EstadoDeInforme.PRESENTADO).estado == EstadoDeInforme.PRESENTADO
    assert not [h for h in verificar(informe) if h.regla == "indicadores.sin_explicar"]


@time_machine.travel("2021-01-15 12:00")
def test_lo_aceptado_no_impide_presentar_y_cada_indicador_se_dice_una_vez(informe, pat):
    indicador = mir.indicador(pat, pat.ejes.get().acciones.get(), frecuencia=Frecuencia.TRIMESTRAL, clave="A1")
    type(informe).objects.filter(pk=informe.pk).update(inicio=date(2020, 7, 1))
    informe = llevar(informe, EstadoDeInforme.REVISION)
    (hallazgo,) = (h for h in verificar(informe) if h.gravedad == "error")
    assert "«Rezago» (tercer trimestre y cuarto trimestre)" in hallazgo.explicacion
    assert hallazgo.url == f"{indicador.get_absolute_url()}#p3"
    aceptar_hallazgo(informe=informe, hallazgo=hallazgo, razon="Se explicará en el informe anual.", por=None)
    assert llevar(informe, EstadoDeInforme.PRESENTADO).estado == EstadoDeInforme.PRESENTADO


@time_machine.travel("2021-01-15 12:00")
def test_la_pagina_lleva_a_la_matriz(client, informe, pat):
    mir.indicador(pat, pat.ejes.get().acciones.get(), frecuencia=Frecuencia.TRIMESTRAL)
    llevar(informe, EstadoDeInforme.REVISION)
    client.force_login(persona("informes.view_informe", "informes.aprobar_informe"), backend=MODELO)
    paso = reverse("informes:informe_pasar", args=[informe.pk, EstadoDeInforme.PRESENTADO])
    assert "<li>El indicador" in client.get(paso).content.decode()
    pagina = client.get(informe.get_absolute_url()).content.decode()
    assert reverse("programas:mir", args=[pat.pk]) in pagina


@time_machine.travel("2021-01-15 12:00")
def test_lo_de_un_trimestre_ya_cerrado_no_se_vuelve_a_pedir(informe, pat):
    mir.indicador(pat, pat.ejes.get().acciones.get(), frecuencia=Frecuencia.TRIMESTRAL)
    assert len(consultas.por_explicar(informe)) == 1
    cerrar_trimestre(programa=pat, trimestre=4, razon="Otro informe", por=None)
    assert consultas.por_explicar(informe) == []
