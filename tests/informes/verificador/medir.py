"""Cuántas erratas sembradas halla el verificador: ``python -m tests.informes.verificador.medir INFORME.txt``.

Se siembra una a la vez en el texto del cuarto informe de 2020 y cuenta como hallada si
aparece algo que antes no estaba. No es una prueba: el texto no es de este repositorio.
"""

import os
import sys
from collections import Counter

ERRATAS = (
    # (qué se cambia, por qué, cuál de las veces que aparece, de qué clase es)
    ("lunes 26 de octubre de 2020", "martes 26 de octubre de 2020", 1, "día de la semana"),
    ("Miércoles 28 de octubre de 2020", "Jueves 28 de octubre de 2020", 1, "día de la semana"),
    ("viernes 20 de noviembre de 2020", "sábado 20 de noviembre de 2020", 1, "día de la semana"),
    ("Jueves 1 de octubre de 2020", "Viernes 1 de octubre de 2020", 1, "día de la semana"),
    ("domingo 22 de noviembre de 2020", "lunes 22 de noviembre de 2020", 1, "día de la semana"),
    ("Lunes 30 de noviembre de 2020", "Lunes 31 de noviembre de 2020", 1, "fecha imposible"),
    ("Martes 6 de octubre de 2020", "Martes 36 de octubre de 2020", 1, "fecha imposible"),
    ("26 de marzo de 2019", "30 de febrero de 2019", 1, "fecha imposible"),
    ("26 de marzo de 2019", "treinta y uno de abril de dos mil diecinueve", 1, "fecha imposible"),
    ("Viernes 9 de octubre de 2020", "Viernes 9 de octubre de 2002", 1, "año"),
    ("Martes 24 de noviembre de 2020", "Martes 24 de noviembre de 2200", 1, "año"),
    ("Lunes 9 de noviembre de 2020", "Lunes 9 de noviembre de 2002", 1, "año"),
    ("Lunes 14 de diciembre de 2020", "Jueves 14 de enero de 2021", 1, "fuera del periodo"),
    ("Viernes 13 de noviembre de 2020", "Miércoles 13 de noviembre de 2019", 1, "fuera del periodo"),
    ("Lunes 5 de octubre de 2020", "Sábado 5 de septiembre de 2020", 1, "fuera del periodo"),
    ("de 11:00 a 13:00 horas", "de 13:00 a 11:00 horas", 1, "hora"),
    ("a las 18:00 horas", "a las 28:00 horas", 1, "hora"),
    (
        "del lunes 19 de octubre al domingo 22 de noviembre",
        "del domingo 22 de noviembre al lunes 19 de octubre",
        1,
        "rango",
    ),
    ("celebrada el 26 de octubre de 2020", "celebrada el 27 de octubre de 2020", 1, "sesión con dos fechas"),
    ("celebrada el 22 de diciembre de 2020", "celebrada el 23 de diciembre de 2020", 1, "sesión con dos fechas"),
    ("ocho notas ejecutivas", "nueve notas ejecutivas", 1, "cifra contra su tabla"),
    ("13 reportes", "14 reportes", 1, "cifra contra su tabla"),
    ("49 correos", "48 correos", 1, "cifra contra su tabla"),
    ("ocho convenios (tabla 2.1)", "siete convenios (tabla 2.1)", 1, "cifra contra su tabla"),
    ("tres sesiones ordinarias virtuales", "cuatro sesiones ordinarias virtuales", 1, "cifra contra su tabla"),
    ("en tres apartados", "en cuatro apartados", 1, "anunciado y enumerado"),
    ("reporta dos resultados", "reporta tres resultados", 1, "anunciado y enumerado"),
    ("total de 11 acuerdos", "total de 12 acuerdos", 1, "partes que no suman"),
    ("cinco en la décima primera", "cuatro en la décima primera", 1, "partes que no suman"),
    ("total de 16 integrantes", "total de 18 integrantes", 1, "partes que no suman"),
    ("de los cuales 37", "de los cuales 97", 1, "partes que no suman"),
    ("\n6.\tLunes 9 de noviembre", "\n7.\tLunes 9 de noviembre", 1, "numeración"),
    ("\n31.\tLunes 23 de noviembre", "\n32.\tLunes 23 de noviembre", 1, "numeración"),
    ("\n4.\tMiércoles 9 de diciembre", "\n5.\tMiércoles 9 de diciembre", 1, "numeración"),
    ("CVOE/047/20", "CVOE/057/20", 1, "folio que salta"),
    ("CVOE/053/20", "CVOE/052/20", 1, "folio repetido"),
    ("CVOE/049/20", "CVEO/049/20", 1, "prefijo"),
    ("CVOE/052/20", "CVOE/052/2020", 1, "forma del folio"),
    ("IECM/ACU-CG-031/2020", "IECM-ACU-CG/031/2020", 1, "prefijo de dos formas"),
    (
        "Miércoles 4 de noviembre de 2020.\tNota ejecutiva sobre las Elecciones Generales de EE.UU. (parte IX)",
        "Martes 3 de noviembre de 2020.\tNota ejecutiva sobre las Elecciones Generales de EE.UU. (parte VIII)",
        1,
        "duplicado",
    ),
    (
        "Miércoles 9 de diciembre de 2020.\tUniversidad Autónoma",
        "Martes 8 de diciembre de 2020.\tUniversidad Autónoma",
        1,
        "duplicado",
    ),
    ("(tabla 2.1)", "(tabla 2.4)", 1, "tabla que no está"),
    ("\t4\n<b>III", "\t9\n<b>III", 1, "índice"),
    ("<b>4. Seguimiento", "<b>5. Seguimiento", 1, "índice"),
    (
        "### B) El seguimiento a las actividades",
        "### C) El seguimiento a las actividades",
        1,
        "numeración de apartados",
    ),
    ("Bernardo Valle Monroy", "Bernardo Valle Monróy", 2, "nombre de dos formas"),
    (
        "Comisión Permanente de Vinculación con Organismos Externos",
        "Comision Permanente de Vinculación con Organismos Externos",
        3,
        "acento",
    ),
    ("Unidad Técnica de Asuntos Jurídicos,", "Unidad Técnica de Asuntos Juridicos,", 1, "nombre de dos formas"),
    ("Red de Observación IECM", "Red de Observación I.E.C.M.", 3, "siglas"),
    ("Conversatorios virtuales para comprender", "Conversatorios virtuales par comprender", 1, "errata suelta"),
    ("Este apartado se cumplió en el tercer trimestre de 2020.", "", 1, "apartado vacío"),
    (
        "Organización de elecciones en tiempos de pandemia",
        "Organización de elecciones en tiempo de pandemia",
        2,
        "título de dos formas",
    ),
)


def sembrada(texto: str, esto: str, por: str, vez: int) -> str:
    desde = -1
    for _ in range(vez):
        desde = texto.find(esto, desde + 1)
        if desde < 0:
            raise SystemExit(f"El texto no dice {vez} veces «{esto}».")
    return texto[:desde] + por + texto[desde + len(esto) :]


def principal(ruta: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.ajustes")
    import django

    django.setup()
    from informes.verificador.revision import verificar_texto

    with open(ruta, encoding="utf-8", newline="") as archivo:
        texto = archivo.read()
    antes = {(h.regla, h.explicacion) for h in verificar_texto(texto)}
    hallados: Counter[bool] = Counter()
    for esto, por, vez, clase in ERRATAS:
        nuevos = [h for h in verificar_texto(sembrada(texto, esto, por, vez)) if (h.regla, h.explicacion) not in antes]
        hallados[bool(nuevos)] += 1
        reglas = ", ".join(sorted({h.regla for h in nuevos})) or "NO SE HALLÓ"
        sys.stdout.write(f"{clase:24} {por.strip()[:46]!r:52} {len(nuevos)} {reglas}" + "\n")
    sys.stdout.write(
        f"Sembradas: {hallados.total()}. Halladas: {hallados[True]} ({hallados[True] / hallados.total():.0%})." + "\n"
    )


if __name__ == "__main__":
    principal(sys.argv[1])
