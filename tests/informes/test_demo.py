"""La demostración: carga entera, no se repite y dice lo que dicen los documentos."""

import re
from collections import Counter
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models, transaction
from django.db.models import Sum

import informes.demo
from convenios.models import Convenio
from informes.armado import armar
from informes.consultas import por_explicar
from informes.copia import PARTES, copiar_programa
from informes.demo.carga import cargar
from informes.models import Apartado, Informe, Plantilla
from informes.planeacion.documento import documento
from informes.verificador.revision import verificar
from migrantes.models import Envio
from observacion.models import AsistenciaRed, IntegranteRed
from programas.mir.consultas import mediciones
from programas.models import Accion, Actividad, Candado, Meta, Programa, Reprogramacion
from programas.riesgos.consultas import vencidos
from tests.fabricas.demo import DIA
from vinculacion.comision.models import Acuerdo, Asistencia, Integracion, Sesion
from vinculacion.cuentas.models import Usuario
from vinculacion.cuentas.roles import ROLES
from vinculacion.directorio.models import Area, Organismo
from vinculacion.nucleo.palabras import fecha_larga
from vinculacion.nucleo.periodos import Trimestre, hoy
from vinculacion.nucleo.salida.documento import recorrido

pytestmark = pytest.mark.django_db
TRIMESTRE = Trimestre(2020, 4)
FECHA_ESCRITA = re.compile(r"(lunes|martes|miércoles|jueves|viernes|sábado|domingo) (\d{1,2})°? de (\w+) de (\d{4})")


@pytest.fixture(scope="module", autouse=True)
def demostracion(django_db_setup, django_db_blocker):
    """Se carga una vez para todo el archivo, siempre el mismo día, y se deshace al final."""
    dia = datetime.combine(DIA, time(18), tzinfo=UTC)
    with time_machine.travel(dia), django_db_blocker.unblock(), transaction.atomic():
        assert cargar(hoy=hoy(), ficticio=True, avisar=lambda _: None, contrasena="demostración")
        yield
        transaction.set_rollback(True)


def del_trimestre(tipo: str, accion: str = ""):
    consulta = Actividad.objects.filter(
        tipo__clave=tipo,
        accion__eje__programa__clave="pat-2020",
        fecha_fin__range=(TRIMESTRE.inicio, TRIMESTRE.fin),
        estado="validada",
    )
    return [a for a in consulta.select_related("accion__eje__programa") if not accion or a.accion.numeral == accion]


def todos_los_modelos() -> dict[str, int]:
    return {m._meta.label: m._default_manager.count() for m in apps.get_models()}


def textos():
    """Todo texto guardado en la base por la demostración, con su registro."""
    for modelo in apps.get_models():
        if modelo._meta.app_label in {"sessions", "contenttypes", "auth"} or "Historical" in modelo.__name__:
            continue
        campos = [c.name for c in modelo._meta.fields if isinstance(c, models.CharField | models.TextField)]
        for fila in modelo._default_manager.values(*campos) if campos else ():
            yield from ((modelo._meta.label, campo, valor) for campo, valor in fila.items() if valor)


# -- los hechos ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tipo", "accion", "cuantas"),
    [
        ("reunion-grupo-trabajo", "1A", 1),
        ("nota-consejo-general", "1B", 8),
        ("nota-ejecutiva", "1B", 11),
        ("reporte-sivople", "1C", 13),
        ("platica-universidad", "3A", 8),
        ("correo-red", "3B", 49),
        ("reunion-red", "4B", 1),
        ("curso", "4C", 1),
        ("presentacion-libro", "4D", 1),
        ("reunion-vinculacion", "5A", 3),
        ("reunion-migrantes", "5A", 1),
        ("invita-consejeria", "5A", 1),
        ("actividad-internacional", "6A", 3),
        ("nota-internacional", "6B", 12),
    ],
)
def test_bitacora_del_cuarto_trimestre(tipo, accion, cuantas):
    assert len(del_trimestre(tipo, accion)) == cuantas


def test_asistentes_y_unidades():
    assert del_trimestre("curso")[0].asistentes == 110
    assert del_trimestre("invita-consejeria")[0].asistentes == 9
    assert sum(a.unidades for a in del_trimestre("noticia-micrositio")) == 55
    assert sorted(a.asistentes for a in del_trimestre("actividad-internacional") if a.asistentes) == [27, 27]


def test_fechas_del_trimestre():
    assert [a.fecha_inicio for a in del_trimestre("reunion-grupo-trabajo")] == [date(2020, 11, 11)]
    assert {a.fecha_inicio.weekday() for a in del_trimestre("reporte-sivople")} == {0}
    dos = next(a for a in del_trimestre("reunion-vinculacion") if a.fechas_sueltas)
    assert dos.fechas_sueltas == ["2020-12-07", "2020-12-09"]
    assert {(a.fecha_inicio, a.fecha_fin) for a in del_trimestre("actividad-internacional")} == {
        (date(2020, 10, 12), date(2020, 10, 12)),
        (date(2020, 11, 19), date(2020, 11, 20)),
        (date(2020, 10, 19), date(2020, 11, 22)),
    }


def test_sesiones_y_asistencia():
    sesiones = Sesion.objects.filter(fecha_celebrada__range=(TRIMESTRE.inicio, TRIMESTRE.fin)).order_by("numero")
    assert [(s.codigo, s.fecha) for s in sesiones] == [
        ("10SO", date(2020, 10, 26)),
        ("11SO", date(2020, 11, 26)),
        ("12SO", date(2020, 12, 22)),
    ]
    assert Integracion.objects.filter(comision__siglas="CVOE").count() == 27
    presentes = [Asistencia.objects.filter(sesion=s, estado="presente").count() for s in sesiones]
    assert presentes == [22, 22, 21]


def test_acuerdos_con_la_serie_bien_escrita():
    folios = Acuerdo.objects.filter(sesion__anio=2020).order_by("folio").values_list("folio", "sesion__numero")
    assert [f for f, _ in folios] == [f"CVOE/{n:03}/20" for n in range(43, 54)]
    assert Counter(n for _, n in folios) == {10: 3, 11: 5, 12: 3}


def test_calendario_de_2021():
    fechas = Sesion.objects.filter(comision__siglas="CVOE", anio=2021).values_list("fecha_programada", flat=True)
    assert len(fechas) == 12
    assert {f.weekday() for f in fechas} == {3}


@pytest.mark.parametrize(
    ("clave", "ejes", "total"),
    [("pat-2020", [3, 2, 2, 4, 1, 7], 19), ("pe-2021", [3, 6, 3, 6, 1], 19), ("pat-2021", [3, 6, 4, 5, 2, 6], 26)],
)
def test_planes(clave, ejes, total):
    acciones = Accion.objects.filter(eje__programa__clave=clave)
    por_eje = Counter(acciones.values_list("eje__numero", flat=True))
    assert [por_eje[n] for n in sorted(por_eje)] == ejes
    assert acciones.count() == total


def test_metas_del_programa_especifico():
    metas: dict[str, list[int]] = {}
    for accion in Accion.objects.filter(eje__programa__clave="pe-2021").select_related("eje"):
        de_cada = dict(accion.metas.values_list("trimestre", "cantidad"))
        metas[accion.numeral] = [de_cada.get(t, 0) for t in (1, 2, 3, 4)]
    assert metas["1.2"] == [4, 4, 4, 3]
    assert metas["2.3"] == [0, 1, 1, 2]
    assert metas["3.3"] == [12, 12, 12, 12]
    assert metas["5.1"] == [0, 1, 0, 0]
    assert {n: sum(m) for n, m in metas.items()} == {
        "1.1": 3, "1.2": 15, "1.3": 5,
        "2.1": 3, "2.2": 10, "2.3": 4, "2.4": 3, "2.5": 1, "2.6": 1,
        "3.1": 20, "3.2": 12, "3.3": 48,
        "4.1": 12, "4.2": 48, "4.3": 7, "4.4": 4, "4.5": 7, "4.6": 6,
        "5.1": 1,
    }  # fmt: skip


def test_convenios():
    suscritos = Convenio.objects.filter(fecha_firma__range=(TRIMESTRE.inicio, TRIMESTRE.fin))
    assert [c.fecha_firma for c in suscritos] == [date(2020, 10, 9)]
    con_avance = Convenio.objects.filter(actualizaciones__sesion__anio=2020).distinct()
    por_sesion = Counter(con_avance.values_list("actualizaciones__sesion__numero", flat=True))
    assert (con_avance.count(), por_sesion) == (8, {10: 4, 11: 8, 12: 4})


def test_reunion_de_la_red():
    asistencias = AsistenciaRed.objects.filter(actividad=del_trimestre("reunion-red")[0])
    por_clase = {
        clase: (
            asistencias.filter(integrante__clase=clase).count(),
            asistencias.filter(integrante__clase=clase).aggregate(n=Sum("personas"))["n"],
        )
        for clase in ("organizacion", "individual")
    }
    assert por_clase == {"organizacion": (9, 11), "individual": (5, 5)}


def test_envios():
    assert Envio.objects.filter(fecha__range=(TRIMESTRE.inicio, TRIMESTRE.fin)).count() == 12


# -- el informe ------------------------------------------------------------------


def test_el_informe_se_arma_sin_problemas():
    armado = armar(Informe.objects.get(clave="trimestral-2020-4"))
    assert [str(p) for p in armado.problemas] == []
    assert len(armado.documento.apartados) == 4


def test_el_arbol_tiene_los_seis_rubros_y_sus_incisos():
    informe = Informe.objects.get(clave="trimestral-2020-4")
    incisos = Counter(
        Apartado.objects.filter(informe=informe, numeracion="mayuscula").values_list("padre__orden", flat=True)
    )
    assert [incisos[n] for n in sorted(incisos)] == [3, 2, 2, 4, 1, 7]


def test_otro_anio_tambien_se_arma():
    informe = Informe.objects.exclude(clave="trimestral-2020-4").get()
    armado = armar(informe)
    assert [str(p) for p in armado.problemas] == []
    assert informe.periodo.inicio <= hoy() <= informe.periodo.fin


# -- la planeación de 2021 -------------------------------------------------------


def pe_2021() -> Programa:
    return Programa.objects.get(clave="pe-2021")


def test_poblacion_involucrada():
    """27 áreas y 63 organismos; cuántos en cada banda, contados en los cuadros 1 a 4 del documento."""
    bandas = Counter()
    for uno in pe_2021().involucrados.select_related("area", "organismo"):
        bandas[uno.organismo.ambito if uno.organismo else "áreas", uno.banda.value] += 1
    assert bandas == {
        ("áreas", "bajo"): 8,
        ("áreas", "medio"): 11,
        ("áreas", "alto"): 8,
        ("internacional", "bajo"): 6,
        ("internacional", "alto"): 18,
        ("nacional", "medio"): 4,
        ("nacional", "alto"): 14,
        ("local", "bajo"): 4,
        ("local", "medio"): 9,
        ("local", "alto"): 8,
    }
    assert sum(bandas.values()) == 27 + 63


def test_nadie_se_repite_en_el_directorio():
    for siglas in ("TEPJF", "UACM", "CCDMX", "OEA", "INE", "SRE"):
        assert Organismo.objects.filter(siglas=siglas).count() == 1
    assert Area.objects.filter(nombre__startswith="Contraloría").count() == 1


def test_arboles_y_alternativas():
    programa = pe_2021()
    roles = Counter(programa.nodos.values_list("rol", flat=True))
    assert roles == {"problema": 2, "causa": 4, "efecto": 4, "objetivo": 2, "medio": 6, "fin": 6}
    por_problema = Counter(programa.alternativas.values_list("medio__padre__clave", flat=True))
    assert por_problema == {"O1": 10, "O2": 10}
    assert programa.alternativas.filter(elegida=True, accion__isnull=False).count() == 20


def test_matriz_de_indicadores():
    """Problema 1: 3 componentes y 3 acciones; problema 2: 3 y 11."""
    programa = pe_2021()
    niveles = Counter(programa.indicadores.values_list("nivel", flat=True))
    assert niveles == {"componente": 6, "actividad": 14}
    frecuencias = Counter(programa.indicadores.values_list("frecuencia", flat=True))
    assert frecuencias == {"trimestral": 14, "mensual": 3, "anual": 3}
    assert Counter(programa.indicadores.values_list("formula", flat=True)) == {"eficacia": 19, "impacto": 1}
    assert not programa.indicadores.filter(supuestos__isnull=True).exists()
    varias = programa.indicadores.get(clave="C6").variables.values_list("simbolo", flat=True)
    assert list(varias) == ["L1", "L2", "L3", "L4", "M1", "M2", "M3", "M4"]


def test_riesgos_con_su_producto_bien_hecho():
    """El documento dice 3 y 2 en los residuales del 4 y del 5; con su probabilidad e impacto son 2 y 1."""
    niveles = [(r.numero, r.nivel_inicial, r.nivel_residual) for r in pe_2021().riesgos.order_by("numero")]
    assert niveles == [(1, 3, 2), (2, 6, 2), (3, 6, 4), (4, 6, 2), (5, 4, 1), (6, 4, 2), (7, 6, 4)]
    assert all(r.tratamientos.exists() and r.area_responsable for r in pe_2021().riesgos.all())


@pytest.mark.parametrize("clave", ["pe-2021", "pat-2021"])
def test_los_ejes_llevan_objetivo_y_lineas(clave):
    programa = Programa.objects.get(clave=clave)
    assert not programa.ejes.filter(objetivo="").exists()
    assert not programa.ejes.filter(lineas="").exists()
    assert programa.textos.count() >= 2


@pytest.mark.parametrize(
    ("clave", "capitulos", "tablas"),
    [
        (
            "pe-2021",
            [
                "1. Introducción",
                "2. Marco jurídico",
                "3. Objetivo general",
                "4. Metodología del marco lógico",
                "5. Matriz de indicadores para resultados",
                "6. Matriz de gestión de riesgos",
                "7. Actividades institucionales",
                "8. Cronograma de acciones sustantivas",
                "9. Anexos",
            ],
            15,
        ),
        (
            "pat-2021",
            [
                "I. Introducción",
                "II. Marco legal",
                "III. Directrices",
                "IV. Objetivo general",
                "V. Objetivos específicos",
                "VI. Acciones a supervisar",
                "VII. Tabla resumen de las acciones",
                "VIII. Calendario de sesiones",
            ],
            8,
        ),
    ],
)
def test_los_documentos_de_2021(clave, capitulos, tablas):
    armado = documento(Programa.objects.get(clave=clave))
    assert [a.encabezado for a in armado.apartados] == capitulos
    assert armado.portada.unidad == "Unidad Técnica de Vinculación con Organismos Externos"
    numeradas = [rotulo for paso in recorrido(armado) for _, rotulo in paso.bloques if rotulo.startswith("Tabla")]
    assert len(numeradas) >= tablas
    assert armado.portada.acuerdo == ("CVOE/003/21" if clave == "pat-2021" else "")


def test_un_anio_nuevo_en_una_accion():
    """Copiar el Programa Específico entero: lo mismo, con las fechas corridas y en borrador."""
    origen = pe_2021()
    plantilla = Plantilla.objects.get(clave="trimestral-2020")
    with transaction.atomic():
        hecha = copiar_programa(
            origen=origen,
            nuevo=Programa(clave="pe-2022", nombre="Programa Específico 2022", anio=2022, comision=origen.comision),
            partes=set(PARTES),
            plantilla=plantilla,
            plantilla_nueva=Plantilla(clave="trimestral-2022", nombre="Informe trimestral 2022"),
            por=None,
        )
        nuevo = hecha.programa
        for relacion in (
            "ejes",
            "involucrados",
            "nodos",
            "alternativas",
            "supuestos",
            "indicadores",
            "riesgos",
            "textos",
        ):
            assert getattr(nuevo, relacion).count() == getattr(origen, relacion).count(), relacion
        metas = Meta.objects.filter(accion__eje__programa__clave__in=("pe-2021", "pe-2022"))
        suma = dict(metas.values_list("accion__eje__programa__clave").annotate(n=Sum("cantidad")).order_by())
        assert suma["pe-2021"] == suma["pe-2022"]
        assert nuevo.riesgos.get(numero=6).tratamientos.get().termino == date(2022, 4, 30)
        # La plantilla es del PAT 2020, que no es de este año: se queda como está.
        assert hecha.plantilla.apartados.filter(accion__eje__programa__clave="pat-2020").exists()
        assert all("pat-2021" in aviso for aviso in hecha.avisos)
        transaction.set_rollback(True)


# -- el año ficticio -------------------------------------------------------------


def test_lo_ficticio_pasa_por_todas_las_luces():
    """A mitad del cuarto trimestre ya las hubo todas, y lo que falta por explicar no detiene el informe."""
    programa = Programa.objects.get(ficticio=True, tipo="especifico")
    medidas = [m for fila in mediciones(programa, hoy()) for m in fila.mediciones]
    assert {m.luz.name for m in medidas} == {
        "VERDE", "AMBAR", "ROJO", "REBASADA", "SIN_META", "SIN_DATO", "EN_CURSO", "POR_INICIAR"
    }  # fmt: skip
    assert {m.indicador.clave for m in medidas if m.falta_explicar} == {"A4", "C2"}
    assert any(m.luz.name == "ROJO" and m.explicacion for m in medidas)
    assert por_explicar(Informe.objects.get(clave__startswith=f"trimestral-{hoy().year}")) == []


def test_lo_ficticio_tiene_seguimiento():
    programa = Programa.objects.get(ficticio=True, tipo="especifico")
    assert sum(e.peso for e in programa.ejes.all()) == 100
    assert Reprogramacion.objects.filter(accion__eje__programa=programa).count() == 1
    assert len([t for t in vencidos(hoy()) if t.riesgo.programa_id == programa.pk]) == 1
    mensuales = Meta.objects.filter(accion__eje__programa=programa, accion__frecuencia="mensual")
    assert mensuales.exists() and all(m.meses for m in mensuales)
    assert Candado.objects.filter(programa=programa, trimestre=1, cerrado=True).exists()


def test_el_informe_aprobado_cerro_su_trimestre():
    assert [(c.programa.clave, c.trimestre) for c in Candado.objects.filter(programa__ficticio=False)] == [
        ("pat-2020", 4)
    ]


def test_lo_ficticio_va_marcado():
    programas = Programa.objects.filter(ficticio=True)
    assert sorted(p.tipo for p in programas) == ["especifico", "pat"]
    assert all("datos ficticios" in p.nombre and p.anio == hoy().year for p in programas)
    actividades = Actividad.objects.filter(accion__eje__programa__ficticio=True)
    assert not actividades.exclude(titulo__contains="datos ficticios").exists()
    assert not actividades.filter(fecha_fin__gt=hoy()).exists()
    assert not IntegranteRed.objects.filter(clase="organizacion").exclude(nombre__contains="ficticia").exists()


def test_hay_una_sesion_convocada_la_proxima_semana():
    dias = [
        (f - hoy()).days for f in Sesion.objects.filter(estado="convocada").values_list("fecha_programada", flat=True)
    ]
    assert len(dias) == 1
    assert 1 <= dias[0] <= 13


# -- lo que nunca debe pasar -----------------------------------------------------


def test_una_segunda_corrida_no_agrega_nada():
    antes = todos_los_modelos()
    assert cargar(hoy=hoy(), ficticio=True, avisar=lambda _: None, contrasena="demostración") is False
    assert todos_los_modelos() == antes


def test_una_cuenta_por_papel():
    papeles = Usuario.objects.values_list("groups__name", flat=True)
    assert sorted(papeles) == sorted(ROLES)


def test_ninguna_fecha_escrita_contradice_su_dia():
    meses = {fecha_larga(date(2020, m, 2), dia_semana=False).split(" de ")[1]: m for m in range(1, 13)}
    contradicciones = [
        hallada[0]
        for _, _, texto in textos()
        for hallada in FECHA_ESCRITA.finditer(str(texto))
        if not fecha_larga(date(int(hallada[4]), meses[hallada[3]], int(hallada[2]))).startswith(hallada[1])
    ]
    assert contradicciones == []


def test_ningun_correo_ni_dominio_de_verdad():
    dominios = re.compile(r"@([\w.-]+)|https?://([\w.-]+)|www\.([\w.-]+)")
    hallados = {
        (modelo, campo, valor)
        for modelo, campo, valor in textos()
        for partes in dominios.findall(str(valor))
        if not "".join(partes).endswith(".example")
    }
    assert hallados == set()


def test_ninguna_persona():
    assert not Integracion.objects.exclude(persona="").exists()
    trato = re.compile(r"\b(Mtr[oa]|Dra?|Lic|Ing|Mtro|C)\. [A-ZÁÉÍÓÚ]")
    for archivo in Path(informes.demo.__file__).parent.rglob("*.py"):
        assert not trato.search(archivo.read_text(encoding="utf-8")), archivo


def test_en_produccion_pide_su_propia_contrasena(settings):
    settings.EN_PRODUCCION = True
    with pytest.raises(CommandError, match="--contrasena"):
        call_command("demo", verbosity=0)


def test_la_tabla_de_cuentas(capsys):
    call_command("demo", "--cuentas")
    salida = capsys.readouterr().out
    assert all(papel in salida for papel in ROLES)


def test_el_verificador_no_da_alarmas_falsas():
    """Sólo notas, y todas ciertas: registros de 2020 que no traen evidencia."""
    hallazgos = verificar(Informe.objects.get(clave="trimestral-2020-4"))
    assert {(h.regla, h.gravedad) for h in hallazgos} <= {("registros.estado", "nota")}
    assert all("sin evidencia" in h.explicacion for h in hallazgos)
