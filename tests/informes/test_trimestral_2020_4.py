"""El informe de octubre a diciembre de 2020, leído de vuelta del PDF y cotejado con los registros."""

import io
import re

import pytest
from django.core.management import call_command
from pypdf import PdfReader

from convenios.models import Actualizacion, Convenio
from informes import armado, consultas
from migrantes.models import Envio
from observacion.models import AsistenciaRed
from programas.models import Actividad
from vinculacion.comision.estados import EstadoDeAsistencia
from vinculacion.comision.models import Acuerdo, Asistencia, Sesion
from vinculacion.nucleo.bloques import Lista, Matriz, SinActividades, Tabla
from vinculacion.nucleo.palabras import capitaliza, fecha_larga
from vinculacion.nucleo.salida import pdf
from vinculacion.nucleo.salida.documento import celda_escrita, recorrido

pytestmark = pytest.mark.django_db
PERIODO = ("2020-10-01", "2020-12-31")


def llano(texto: str) -> str:
    """Sin blancos ni guiones de corte: el PDF parte los renglones donde le conviene."""
    return re.sub(r"[\s\u00ad]+", "", texto)


@pytest.fixture(scope="module")
def informe(django_db_setup, django_db_blocker):
    """La demostración y su informe, una vez para todo el módulo; al final se deshace."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo", "--sin-ficticio", verbosity=0)
        guardado = consultas.informes().get(clave="trimestral-2020-4")
        documento = armado.armar(guardado).exigir()
        lector = PdfReader(io.BytesIO(pdf.crear(documento)))
        texto = "".join(llano(pagina.extract_text()) for pagina in lector.pages)
        yield documento, lector, texto
        transaction.set_rollback(True)


def tablas(informe) -> dict[str, Tabla | Matriz | Lista]:
    documento = informe[0]
    return {b.titulo: b for paso in recorrido(documento) for b, _ in paso.bloques if getattr(b, "titulo", "")}


def del_periodo(tipo: str, clave: str):
    return Actividad.objects.filter(
        accion__eje__programa__clave="pat-2020",
        accion__eje__numero=clave[0],
        accion__inciso=clave[1],
        tipo__clave=tipo,
        fecha_fin__range=PERIODO,
    ).order_by("fecha_inicio", "pk")


def test_las_cifras_del_trimestre_en_su_orden(informe):
    """Cada una en el lugar en que la pone el informe publicado (el orden de sus apartados)."""
    _, _, texto = informe
    # El índice repite los títulos: las cifras se buscan después de la introducción.
    donde = texto.index(llano("celebró tres sesiones"))
    for frase in (
        "celebró tres sesiones",
        "lunes 26 de octubre de 2020",
        "jueves 26 de noviembre de 2020",
        "martes 22 de diciembre de 2020",
        "once acuerdos",
        "CVOE/043/20",
        "CVOE/050/20",
        "CVOE/053/20",
        "5ª reunión",
        "Miércoles 11 de noviembre de 2020",
        "ocho notas",
        "once sesiones",
        "Martes 1° de diciembre de 2020",
        "trece reportes",
        "suscribió un convenio",
        "Viernes 9 de octubre de 2020",
        "ocho convenios",
        "ocho pláticas",
        "49 correos",
        "La meta anual se cumplió en el primer trimestre de 2020.",
        "dieciséis integrantes",
        "once de nueve organizaciones",
        "cinco a título individual",
        "110 personas",
        "Lunes 21 de diciembre de 2020",
        "doce correos",
        "Lunes 7 y miércoles 9 de diciembre de 2020",
        "nueve asistentes",
        "55 noticias",
        "tres actividades",
        "doce notas",
        "No se reportan actividades en el periodo.",
        "La meta anual se cumplió en el tercer trimestre de 2020.",
        "La meta anual se cumplió en el primer trimestre de 2020.",
    ):
        hallada = texto.find(llano(frase), donde)
        assert hallada >= 0, f"Falta, o está fuera de orden: {frase}"
        donde = hallada


def test_la_portada_y_los_marcadores(informe):
    documento, lector, texto = informe
    for frase in ("CVOE/004/21", "Punto 4", "Primera sesión ordinaria", "Jueves 21 de enero de 2021"):
        assert llano(frase) in texto[:1500]

    def titulos(marcas):
        for marca in marcas:
            yield from titulos(marca) if isinstance(marca, list) else [marca.title]

    marcas = [llano(t) for t in titulos(lector.outline)]
    for paso in recorrido(documento):
        assert any(llano(paso.apartado.titulo) in m for m in marcas), paso.apartado.titulo


def test_cada_renglon_de_cada_tabla_esta_en_el_pdf(informe):
    """Renglón por renglón y en su orden, también en las tablas que cruzan páginas."""
    documento, _, texto = informe
    cuantas = 0
    for paso in recorrido(documento):
        for bloque, _ in paso.bloques:
            if isinstance(bloque, Tabla):
                cuantas += 1
                for fila in bloque.filas:
                    for celda in fila:
                        assert llano(celda_escrita(celda)) in texto, (bloque.titulo, celda)
    assert cuantas >= 15


def test_sesiones_y_asistencia(informe):
    matriz = tablas(informe)["Asistencia a las sesiones"]
    sesiones = list(Sesion.objects.filter(fecha_celebrada__range=PERIODO).order_by("fecha_celebrada"))
    assert len(sesiones) == len(matriz.columnas) == 3
    assert len(matriz.filas) == 27
    presentes = set(
        Asistencia.objects.filter(sesion__in=sesiones, estado=EstadoDeAsistencia.PRESENTE).values_list(
            "sesion", "integracion__nombre", "integracion__rol"
        )
    )
    marcas = sum(celda == "X" for _, celdas in matriz.filas for celda in celdas)
    assert marcas == len(presentes) == 65


def test_acuerdos(informe):
    listas = [b for paso in recorrido(informe[0]) for b, _ in paso.bloques if isinstance(b, Lista)]
    dichos = [e for lista in listas for e in lista.elementos if e.startswith("CVOE/")]
    guardados = Acuerdo.objects.filter(sesion__fecha_celebrada__range=PERIODO).order_by("folio")
    assert [d.split(".")[0] for d in dichos] == [a.folio for a in guardados]
    assert len(dichos) == 11
    assert all(a.texto in d for a, d in zip(guardados, dichos, strict=True))


@pytest.mark.parametrize(
    ("titulo", "accion", "tipo", "cuantas"),
    [
        ("Reuniones del grupo de trabajo", "1A", "reunion-grupo-trabajo", 1),
        ("Notas sobre el Consejo General del INE", "1B", "nota-consejo-general", 8),
        ("Sesiones de otros órganos del INE", "1B", "nota-ejecutiva", 11),
        ("Reportes del SIVOPLE", "1C", "reporte-sivople", 13),
        ("Pláticas en universidades", "3A", "platica-universidad", 8),
        ("Información enviada a la Red de Observación", "3B", "correo-red", 49),
        ("Notas internacionales", "6B", "nota-internacional", 12),
    ],
)
def test_las_tablas_de_la_bitacora_son_sus_registros(informe, titulo, accion, tipo, cuantas):
    tabla = tablas(informe)[titulo]
    registros = list(del_periodo(tipo, accion))
    assert len(tabla.filas) == len(registros) == cuantas
    lugar = next(i for i, c in enumerate(tabla.columnas) if c.titulo.startswith("Fecha"))
    fechas = sorted(fila[lugar] for fila in tabla.filas)
    assert fechas == sorted(r.fecha_inicio for r in registros)
    escritas = {celda for fila in tabla.filas for celda in fila if isinstance(celda, str)}
    if any(c.titulo in ("Información que se compartió", "Información", "Clase") for c in tabla.columnas):
        assert {r.titulo for r in registros} <= escritas


def test_convenios(informe):
    suscritos = tablas(informe)["Convenios suscritos"]
    guardado = Convenio.objects.get(fecha_firma__range=PERIODO)
    assert len(suscritos.filas) == 1
    assert guardado.fecha_firma in suscritos.filas[0]
    assert guardado.objeto in suscritos.filas[0]
    avances = tablas(informe)["Convenios con avance, por sesión"]
    actualizaciones = Actualizacion.objects.filter(sesion__fecha_celebrada__range=PERIODO)
    assert len(avances.filas) == actualizaciones.values("convenio").distinct().count() == 8
    assert [fila[0] for fila in avances.filas] == list(range(1, 9))


def test_red_y_migrantes(informe):
    reunion = tablas(informe)["Asistencia de la Red"]
    assert reunion.filas[0][2:] == (9, 11, 5, 16)
    assert AsistenciaRed.objects.count() == 14
    envios = tablas(informe)["Correos a la base Voto Chilango"]
    guardados = Envio.objects.filter(fecha__range=PERIODO).order_by("fecha")
    assert [fila[:2] for fila in envios.filas] == [(e.fecha, e.asunto) for e in guardados]
    assert len(envios.filas) == 12  # la fuente dice 16; sus renglones son 12 correos y 3 reuniones


def test_lo_que_no_tuvo_actividad_lo_dice_solo(informe):
    avisos = {
        paso.apartado.encabezado[:2]: bloque.texto
        for paso in recorrido(informe[0])
        for bloque, _ in paso.bloques
        if isinstance(bloque, SinActividades)
    }
    textos = list(avisos.values())
    assert len([p for p in recorrido(informe[0]) for b, _ in p.bloques if isinstance(b, SinActividades)]) == 6
    assert any("tercer trimestre" in t for t in textos)


def test_todos_los_dias_de_la_semana_son_los_de_su_fecha(informe):
    """Lo que la fuente llegó a equivocar: aquí cada fecha escrita se calcula de nuevo."""
    from datetime import date

    documento, _, _ = informe
    meses = [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ]
    patron = re.compile(
        r"\b(lunes|martes|miércoles|jueves|viernes|sábado|domingo) (\d{1,2})°? de (\w+) de (\d{4})", re.IGNORECASE
    )
    textos = []
    for paso in recorrido(documento):
        for bloque, _ in paso.bloques:
            if isinstance(bloque, Tabla):
                textos += [celda_escrita(c) for fila in bloque.filas for c in fila]
            textos += [getattr(bloque, "texto", ""), *getattr(bloque, "elementos", ())]
    halladas = [m for texto in textos for m in patron.finditer(texto)]
    assert len(halladas) > 100
    for m in halladas:
        fecha = date(int(m[4]), meses.index(m[3].lower()) + 1, int(m[2]))
        assert capitaliza(fecha_larga(fecha)).lower().startswith(m[1].lower()), m[0]
