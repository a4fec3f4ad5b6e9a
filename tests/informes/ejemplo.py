"""Un documento con un bloque de cada clase, para mirar y medir las salidas."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from vinculacion.nucleo.bloques import (
    Cifra,
    Columna,
    Grafica,
    Lista,
    Matriz,
    Parrafo,
    SinActividades,
    Tabla,
    Titulo,
)
from vinculacion.nucleo.salida.documento import ApartadoArmado, Documento, Portada

SESIONES = ("Décima sesión ordinaria", "Décima primera sesión ordinaria", "Décima segunda sesión ordinaria")
CALIDADES = (
    "Presidencia",
    "Integrante: Consejería 1",
    "Integrante: Consejería 2",
    "Secretaría técnica",
    *(f"Representación del partido {n}" for n in range(1, 8)),
    "Secretaría Ejecutiva",
    "Secretaría Administrativa",
    "Dirección Ejecutiva de Educación Cívica y Construcción de Ciudadanía",
    "Dirección Ejecutiva de Organización Electoral y Geoestadística",
    *(f"Unidad Técnica {n}" for n in range(1, 11)),
    "Contraloría Interna",
    "En representación de la Unidad Técnica de Archivo, Logística y Apoyo a los Órganos Desconcentrados",
)
ORGANOS = (
    ("Comisión de Capacitación y Organización", 4),
    ("Comisión de Vinculación con Mexicanas y Mexicanos Residentes en el Extranjero", 2),
    ("Comisión de Vinculación con Organismos Públicos Locales", 3),
    ("Consejo Local en la Ciudad de México", 2),
)
SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 130" width="400" height="130">
<rect x="10" y="60" width="70" height="60" fill="#4a2a6b"/><rect x="110" y="30" width="70" height="90" fill="#4a2a6b"/>
<rect x="210" y="45" width="70" height="75" fill="#8d7aa8"/><rect x="310" y="10" width="70" height="110" fill="#4a2a6b"/>
<path d="M0 120.500H400" stroke="#5a5663"/></svg>"""
INICIO = date(2020, 10, 1)


def asistencia() -> Matriz:
    filas = tuple(
        (calidad, tuple("X" if (i * 7 + j * 3) % 5 else "" for j in range(3))) for i, calidad in enumerate(CALIDADES)
    )
    return Matriz("Integrantes e invitados", SESIONES, filas, titulo="Asistencia a las sesiones")


def larga(filas: int = 120) -> Tabla:
    return Tabla(
        (Columna("No.", "centro"), Columna("Fecha", "fecha"), Columna("Información compartida")),
        tuple(
            (
                n,
                INICIO + timedelta(days=n % 92),
                f"Aviso {n} a la Red de Observación" + ", con su convocatoria y el enlace a la transmisión" * (n % 3),
            )
            for n in range(1, filas + 1)
        ),
        titulo="Información difundida a la Red de Observación",
        notas=("Se cuentan los correos enviados; una misma fecha puede tener varios.",),
        enlaces=tuple(f"/programas/actividades/{n}/" for n in range(1, filas + 1)),
    )


def organos() -> Tabla:
    filas, n = [], 0
    for organo, cuantas in ORGANOS:
        for _ in range(cuantas):
            n += 1
            filas.append((n, INICIO + timedelta(days=n * 7), organo))
    return Tabla(
        (Columna("No.", "centro"), Columna("Fecha", "fecha"), Columna("Instancia electoral")),
        tuple(filas),
        titulo="Seguimiento a otros órganos",
        combinar=(2,),
    )


def anual() -> Tabla:
    columnas = (
        Columna("Órgano"),
        *(Columna(a, "numero") for a in ("2020 (octubre–diciembre)", "2021", "2022 (enero–agosto)", "Total")),
    )
    datos = (("Consejo General", 8, 45, 1765), ("Comisión de Capacitación", 4, 31, 12), ("Consejo Local", 2, None, 3))
    filas = tuple((o, a, b, c, a + (b or 0) + c) for o, a, b, c in datos)
    totales = ("Total", *(sum(fila[i] or 0 for fila in filas) for i in range(1, 5)))
    return Tabla(columnas, filas, titulo="Notas ejecutivas por órgano y año", totales=totales)


def instrumentos() -> Matriz:
    columnas = tuple(f"{n}ª sesión ordinaria" for n in range(1, 13))
    filas = tuple(
        (
            f"Convenio específico con la institución académica número {i}",
            tuple("X" if (i + j) % 3 else "" for j in range(12)),
        )
        for i in range(1, 9)
    )
    return Matriz("Instrumento", columnas, filas, titulo="Avances por instrumento y sesión")


def ancha() -> Tabla:
    nombres = ("Folio", "Tipo", "Contraparte", "Ámbito", "Firma", "Vigencia", "Compromisos", "Avance")
    clases = ("texto", "texto", "texto", "texto", "fecha", "texto", "numero", "numero")
    columnas = tuple(Columna(n, c) for n, c in zip(nombres, clases, strict=True))
    filas = tuple(
        (
            f"IECM/CONV/{n:03}/2020",
            "Apoyo y colaboración",
            f"Universidad número {n} de la Ciudad de México",
            "Nacional",
            INICIO + timedelta(days=n),
            "Hasta cumplir los compromisos",
            1000 * n,
            Decimal("12.5") * n,
        )
        for n in range(1, 8)
    )
    return Tabla(columnas, filas, titulo="Instrumentos con avances")


def documento(titulo: str = "", aprobado: bool = True, filas: int = 120) -> Documento:
    corto = (
        "La Comisión da cuenta de lo hecho en el trimestre conforme a su programa anual. Cada cuadro sale de los "
        "registros capturados por las áreas y lleva su evidencia; los totales se calculan, no se escriben."
    )
    narrativa = (
        "Se remitieron **ocho notas ejecutivas** a las consejerías, además de:\n\n- calendarios semanales;\n"
        "- boletines, *con su resumen*.\n\n<script>alert(1)</script>Véase [el sitio](https://ejemplo.example)."
    )
    i = ApartadoArmado(
        "I",
        "Sesiones de la Comisión y asistencia",
        1,
        (
            Parrafo(corto),
            Cifra("Sesiones ordinarias", 3, "todas virtuales"),
            Cifra("Acuerdos", 11),
            Cifra("Folios", 1765, "en 23 meses"),
            asistencia(),
        ),
        ancla="sesiones",
    )
    folios = tuple(f"CVOE/{n:03}/20. Aprobación del orden del día de la sesión correspondiente." for n in range(43, 54))
    ii = ApartadoArmado(
        "II",
        "Acuerdos y puntos presentados a la Comisión",
        1,
        (
            Parrafo("La Comisión adoptó 11 acuerdos."),
            Titulo("Décima sesión ordinaria, lunes 26 de octubre de 2020"),
            Lista(folios, notas=("1 Se presentaron en las tres sesiones.",)),
            Lista(("Primero", "Segundo"), ordenada=True, titulo="Puntos:"),
        ),
        ancla="acuerdos",
    )
    rubro1 = ApartadoArmado(
        "1",
        "Seguimiento a la vinculación con el Instituto Nacional Electoral",
        2,
        (Parrafo(corto),),
        (
            ApartadoArmado(
                "A)",
                "Supervisar la construcción de acuerdos y la suscripción del convenio general",
                3,
                (
                    Parrafo(narrativa, "markdown"),
                    Tabla((Columna("Reunión"), Columna("Fecha", "fecha")), (("5ª reunión", date(2020, 11, 11)),)),
                ),
                ancla="1a",
            ),
            ApartadoArmado(
                "B)",
                "Seguimiento a las sesiones del Consejo, las comisiones y el Consejo Local",
                3,
                (
                    Tabla(
                        (Columna("No.", "centro"), Columna("Fecha", "fecha")),
                        tuple((f"{n}.", INICIO + timedelta(days=11 * n)) for n in range(1, 9)),
                    ),
                    organos(),
                    anual(),
                ),
                ancla="1b",
            ),
            ApartadoArmado(
                "C)",
                "Reuniones internacionales",
                3,
                (SinActividades("No se reportan actividades en el periodo."),),
                ancla="1c",
            ),
        ),
        ancla="rubro-1",
    )
    rubro2 = ApartadoArmado(
        "2",
        "Vinculación con organismos públicos y privados",
        2,
        (
            Grafica("Avance por trimestre", "Barras: 12, 18, 15 y 22 actividades en los cuatro trimestres.", SVG),
            ancha(),
            instrumentos(),
        ),
        (
            ApartadoArmado("A)", "Difusión de materiales", 3, (larga(filas),), ancla="2a"),
            ApartadoArmado(
                "B)", "Cursos", 3, (SinActividades("La meta anual se cumplió en el segundo trimestre."),), ancla="2b"
            ),
        ),
        ancla="rubro-2",
    )
    iii = ApartadoArmado("III", "Principales resultados", 1, (Parrafo(corto),), (rubro1, rubro2), ancla="resultados")
    intro = ApartadoArmado(
        "", "Introducción", 1, (Parrafo(corto + "\n\n" + corto), Parrafo(corto)), ancla="introduccion"
    )
    portada = Portada(
        titulo=titulo
        or "Cuarto informe trimestral de actividades de la Comisión Permanente de Vinculación con Organismos Externos 2020",
        institucion="Instituto Electoral de la Ciudad de México",
        unidad="Unidad Técnica de Vinculación con Organismos Externos",
        organo="Comisión Permanente de Vinculación con Organismos Externos",
        periodo="Octubre a diciembre de 2020",
        punto="4",
        sesion="Primera sesión ordinaria",
        fecha_sesion=date(2021, 1, 21),
        acuerdo="CVOE/004/21" if aprobado else "",
    )
    return Documento(
        "trimestral-2020-4",
        portada,
        (intro, i, ii, iii),
        autor="Secretaría técnica",
        creado=datetime(2021, 1, 21, 18, tzinfo=UTC),
    )
