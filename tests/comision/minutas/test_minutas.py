"""La minuta: lo que se redacta, lo que cambia después y su aprobación."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tests.fabricas import comision as fabrica
from tests.fabricas import minutas as hechas
from tests.fabricas.personas import persona
from vinculacion.comision import acciones as comision
from vinculacion.comision.minutas import acciones, comparacion, consultas, documentos, reglas
from vinculacion.comision.minutas.redaccion import borrador, votos_en_palabras
from vinculacion.comision.models import Minuta, Punto
from vinculacion.comision.sala import acciones as sala
from vinculacion.comision.sala.consultas import Votacion

pytestmark = pytest.mark.django_db


@pytest.fixture
def cvoe():
    cvoe = fabrica.comision()
    fabrica.integrar(cvoe)
    return cvoe


@pytest.fixture
def sesion(cvoe):
    return hechas.desahogada(cvoe)


@pytest.fixture
def siguiente(cvoe, sesion):
    return hechas.desahogada(cvoe, date(2020, 11, 5))


@pytest.fixture
def quien():
    return persona()


def motivos(error) -> str:
    return " ".join(error.value.messages)


# -- redacción -----------------------------------------------------------------


def test_el_borrador_cuenta_lo_que_paso(sesion):
    texto = borrador(sesion)
    for frase in (
        "La primera sesión ordinaria de 2020 de la Comisión CVOE se celebró el jueves 1° de octubre de 2020, en Sala "
        "de sesiones, en modalidad virtual. Comenzó a las 10:05 horas. Presidió: Presidencia.",
        "**Asistieron (3)**",
        "- Integrante: Consejería 3. Asistió Consejería 4",
        "- Secretaría Administrativa, área. Motivo: Comisión de trabajo",
        "**No asistieron (1)**",
        "se integraba ese día con tres personas con derecho a voto; asistieron tres y para sesionar se necesitaban dos. "
        "Hubo quórum.",
        "Se aprobó por unanimidad.",
        "### 2. Informe trimestral",
        "Presentó: Secretaría técnica.",
        "Se pidió agregar un cuadro.",
        "Se aprobó con dos votos a favor y uno en contra (en contra: Integrante: Consejería 3).",
        "> **CVOE/001/20.** Se aprueba el informe.",
        "Se tuvo por presentado.",
        "la sesión terminó a las 11:40 horas.",
    ):
        assert frase in texto
    assert "[Falta" not in texto


def test_lo_que_falta_va_entre_corchetes(cvoe):
    vacia = fabrica.sesion(cvoe, date(2020, 12, 1))
    texto = borrador(vacia)
    for falta in ("la hora de inicio", "quién presidió", "el orden del día", "la hora de término"):
        assert f"[Falta {falta}.]" in texto
    assert "**Sin anotar (6)**" in texto
    assert "no asistió ninguna" in texto


@pytest.mark.parametrize(
    ("votos", "escrito"),
    [
        ((2, 1, 0), "dos votos a favor y uno en contra"),
        ((1, 2, 0), "un voto a favor y dos en contra"),
        ((21, 0, 1), "veintiún votos a favor y una abstención"),
        ((2, 1, 2), "dos votos a favor, uno en contra y dos abstenciones"),
        ((0, 3, 0), "tres votos en contra"),
    ],
)
def test_los_votos_se_escriben_con_letra(votos, escrito):
    assert votos_en_palabras(Votacion(*votos)) == escrito


def test_lo_capturado_no_da_formato(cvoe):
    sesion = fabrica.sesion(cvoe, date(2020, 12, 1))
    comision.agregar_punto(sesion=sesion, titulo="Bases *2021*", intervenciones="# no es título\nsigue <b>", por=None)
    minuta = Minuta(sesion=sesion, texto=borrador(sesion))
    from vinculacion.nucleo.salida import html

    cuerpo = str(html.fragmento(documentos.bloques(minuta)))
    assert "Bases *2021*" in cuerpo
    assert "# no es título" in cuerpo
    assert "sigue &lt;b&gt;" in cuerpo


# -- lo que cambia después -----------------------------------------------------


def test_dice_que_hechos_cambiaron_y_los_lleva_sin_perder_lo_escrito(sesion, quien):
    minuta = acciones.redactar(sesion=sesion, por=quien)
    assert consultas.hechos_que_cambiaron(minuta) == []
    minuta.texto = minuta.texto.replace("Se pidió agregar un cuadro.", "La Presidencia pidió agregar un cuadro.")
    acciones.guardar_minuta(minuta=minuta, por=quien)
    informe = sesion.puntos.get(numero=2)
    sala.por_unanimidad(punto=informe, por=quien)
    (tramo,) = consultas.hechos_que_cambiaron(minuta)
    assert tramo.antes == ("Se aprobó con dos votos a favor y uno en contra (en contra: Integrante: Consejería 3).",)
    assert tramo.ahora == ("Se aprobó por unanimidad.",)
    minuta, pendientes = acciones.volver_a_redactar(minuta=minuta, por=quien, version=minuta.version)
    assert pendientes == []
    assert "uno en contra" not in minuta.texto
    assert "La Presidencia pidió agregar un cuadro." in minuta.texto
    assert consultas.hechos_que_cambiaron(minuta) == []


def test_lo_que_ya_estaba_corregido_no_se_pisa_y_se_dice(sesion, quien):
    minuta = acciones.redactar(sesion=sesion, por=quien)
    minuta.texto = minuta.texto.replace("terminó a las 11:40 horas", "terminó cerca de las 11:40 horas")
    acciones.guardar_minuta(minuta=minuta, por=quien)
    sesion.hora_fin = "12:00"
    comision.guardar_sesion(sesion=sesion, por=quien)
    minuta, pendientes = acciones.volver_a_redactar(minuta=Minuta.objects.get(), por=quien, version=minuta.version)
    assert [t.ahora for t in pendientes] == [("Agotado el orden del día, la sesión terminó a las 12:00 horas.",)]
    assert "cerca de las 11:40" in minuta.texto


def test_reemplazar_todo_deja_lo_anterior_en_la_historia(sesion, quien):
    minuta = acciones.redactar(sesion=sesion, por=quien)
    minuta.texto = "Otra cosa"
    acciones.guardar_minuta(minuta=minuta, por=quien)
    minuta, _ = acciones.volver_a_redactar(minuta=minuta, por=quien, version=minuta.version, conservar=False)
    assert minuta.texto == borrador(sesion)
    assert "Otra cosa" in minuta.history.values_list("texto", flat=True)
    with pytest.raises(ValidationError, match="Otra persona"):
        acciones.volver_a_redactar(minuta=minuta, por=quien, version=minuta.version - 1)


def test_incorporar_agrega_y_quita_renglones():
    base, nuevo = "a\n\nb\n\nc", "a\n\nb\n\nx\n\nc"
    assert comparacion.incorporar("a\n\nB!\n\nb\n\nc", base, nuevo) == ("a\n\nB!\n\nb\n\nx\n\nc", [])
    texto, pendientes = comparacion.incorporar("a\n\nb\n\nc", base, "a\n\nc")
    assert comparacion.renglones(texto) == ["a", "c"]
    assert pendientes == []
    _, pendientes = comparacion.incorporar("distinto", base, nuevo)
    assert len(pendientes) == 1


def test_redactar_dos_veces_no_hace_dos(sesion, quien):
    assert acciones.redactar(sesion=sesion, por=quien) == acciones.redactar(sesion=sesion, por=quien)
    assert Minuta.objects.count() == 1


def test_no_hay_minuta_de_lo_que_no_ha_pasado(cvoe, quien):
    futura = fabrica.sesion(cvoe, date(2030, 1, 10), celebrada=False)
    with pytest.raises(ValidationError, match="ya ocurrió"):
        acciones.redactar(sesion=futura, por=quien)


# -- aprobación ----------------------------------------------------------------


def test_se_aprueba_con_un_punto_aprobado_de_una_sesion_posterior(sesion, siguiente, quien):
    minuta = acciones.redactar(sesion=sesion, por=quien)
    punto = hechas.aprueba_minuta(siguiente)
    assert punto in consultas.puntos_que_pueden_aprobar(minuta)
    minuta = acciones.aprobar(minuta=minuta, punto=punto, por=quien)
    assert documentos.estado(minuta) == "Aprobada en la segunda sesión ordinaria de 2020, jueves 5 de noviembre de 2020"
    minuta.texto = "Cambio tardío"
    for hacer in (
        lambda: acciones.guardar_minuta(minuta=minuta, por=quien),
        lambda: acciones.volver_a_redactar(minuta=minuta, por=quien, version=minuta.version),
        lambda: acciones.eliminar_minuta(minuta=minuta, por=quien),
        lambda: acciones.aprobar(minuta=minuta, punto=punto, por=quien),
    ):
        with pytest.raises(ValidationError):
            hacer()
    with pytest.raises(ValidationError):
        acciones.retirar_aprobacion(minuta=minuta, razon=" ", por=quien)
    minuta = acciones.retirar_aprobacion(minuta=minuta, razon="Era otro punto", por=quien)
    assert (minuta.estado, minuta.aprobada_en) == ("borrador", None)
    assert "Era otro punto" in minuta.history.first().history_change_reason


def test_no_se_aprueba_con_cualquier_punto(cvoe, sesion, siguiente, quien):
    minuta = acciones.redactar(sesion=siguiente, por=quien)
    antes = sesion.puntos.get(numero=1)
    presentado = siguiente.puntos.get(numero=3)
    otra = fabrica.comision("OTRA")
    fabrica.integrar(otra)
    ajeno = hechas.desahogada(otra, date(2020, 12, 3)).puntos.get(numero=1)
    assert "no lo es" in " ".join(reglas.impedimentos_para_aprobar(minuta, antes))
    assert "por presentado" in " ".join(reglas.impedimentos_para_aprobar(minuta, presentado))
    assert "otra comisión" in " ".join(reglas.impedimentos_para_aprobar(minuta, ajeno))
    with pytest.raises(ValidationError) as error:
        acciones.aprobar(minuta=minuta, punto=presentado, por=quien)
    assert set(error.value.error_dict) == {"aprobada_en"}


def test_pdf_y_docx(sesion, quien):
    import io

    import pypdf

    minuta = acciones.redactar(sesion=sesion, por=quien)
    hecho = documentos.documento(minuta)
    pdf = documentos.crear(hecho, "pdf")
    texto = " ".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert "CVOE/001/20" in texto
    assert "Índice" not in texto
    assert documentos.crear(hecho, "docx")[:2] == b"PK"


def test_el_punto_no_pierde_la_minuta(sesion, siguiente, quien):
    minuta = acciones.redactar(sesion=sesion, por=quien)
    punto = hechas.aprueba_minuta(siguiente)
    acciones.aprobar(minuta=minuta, punto=punto, por=quien)
    with pytest.raises(Exception):  # noqa: B017  # PROTECT o la regla del orden del día
        comision.eliminar_punto(punto=punto, por=quien)
    assert Punto.objects.filter(pk=punto.pk).exists()
