"""Cuántas erratas sembradas halla el verificador: ``python -m tests.informes.verificador.medir INFORME.txt``.

Se siembra una a la vez en el texto del cuarto informe de 2020 y cuenta como hallada si
aparece algo que antes no estaba. No es una prueba: el texto no es de este repositorio.
"""

import os
import sys
from collections import Counter

ERRATAS: tuple[tuple, ...] = (
    # (qué se cambia, por qué, de qué clase es y cuál de las veces que aparece, si no es la primera)
    ("lunes 26 de octubre de 2020", "martes 26 de octubre de 2020", "día de la semana"),
    ("Miércoles 28 de octubre de 2020", "Jueves 28 de octubre de 2020", "día de la semana"),
    ("viernes 20 de noviembre de 2020", "sábado 20 de noviembre de 2020", "día de la semana"),
    ("Jueves 1 de octubre de 2020", "Viernes 1 de octubre de 2020", "día de la semana"),
    ("domingo 22 de noviembre de 2020", "lunes 22 de noviembre de 2020", "día de la semana"),
    ("Lunes 30 de noviembre de 2020", "Lunes 31 de noviembre de 2020", "fecha imposible"),
    ("Martes 6 de octubre de 2020", "Martes 36 de octubre de 2020", "fecha imposible"),
    ("26 de marzo de 2019", "30 de febrero de 2019", "fecha imposible"),
    ("26 de marzo de 2019", "treinta y uno de abril de dos mil diecinueve", "fecha imposible"),
    ("Viernes 9 de octubre de 2020", "Viernes 9 de octubre de 2002", "año"),
    ("Martes 24 de noviembre de 2020", "Martes 24 de noviembre de 2200", "año"),
    ("Lunes 9 de noviembre de 2020", "Lunes 9 de noviembre de 2002", "año"),
    ("Lunes 14 de diciembre de 2020", "Jueves 14 de enero de 2021", "fuera del periodo"),
    ("Viernes 13 de noviembre de 2020", "Miércoles 13 de noviembre de 2019", "fuera del periodo"),
    ("Lunes 5 de octubre de 2020", "Sábado 5 de septiembre de 2020", "fuera del periodo"),
    ("de 11:00 a 13:00 horas", "de 13:00 a 11:00 horas", "hora"),
    ("a las 18:00 horas", "a las 28:00 horas", "hora"),
    (
        "del lunes 19 de octubre al domingo 22 de noviembre",
        "del domingo 22 de noviembre al lunes 19 de octubre",
        "rango",
    ),
    ("celebrada el 26 de octubre de 2020", "celebrada el 27 de octubre de 2020", "sesión con dos fechas"),
    ("celebrada el 22 de diciembre de 2020", "celebrada el 23 de diciembre de 2020", "sesión con dos fechas"),
    ("ocho notas ejecutivas", "nueve notas ejecutivas", "cifra contra su tabla"),
    ("13 reportes", "14 reportes", "cifra contra su tabla"),
    ("49 correos", "48 correos", "cifra contra su tabla"),
    ("ocho convenios (tabla 2.1)", "siete convenios (tabla 2.1)", "cifra contra su tabla"),
    ("tres sesiones ordinarias virtuales", "cuatro sesiones ordinarias virtuales", "cifra contra su tabla"),
    ("en tres apartados", "en cuatro apartados", "anunciado y enumerado"),
    ("reporta dos resultados", "reporta tres resultados", "anunciado y enumerado"),
    ("total de 11 acuerdos", "total de 12 acuerdos", "partes que no suman"),
    ("cinco en la décima primera", "cuatro en la décima primera", "partes que no suman"),
    ("total de 16 integrantes", "total de 18 integrantes", "partes que no suman"),
    ("de los cuales 37", "de los cuales 97", "partes que no suman"),
    ("\n6.\tLunes 9 de noviembre", "\n7.\tLunes 9 de noviembre", "numeración"),
    ("\n31.\tLunes 23 de noviembre", "\n32.\tLunes 23 de noviembre", "numeración"),
    ("\n4.\tMiércoles 9 de diciembre", "\n5.\tMiércoles 9 de diciembre", "numeración"),
    ("CVOE/047/20", "CVOE/057/20", "folio que salta"),
    ("CVOE/053/20", "CVOE/052/20", "folio repetido"),
    ("CVOE/049/20", "CVEO/049/20", "prefijo"),
    ("CVOE/052/20", "CVOE/052/2020", "forma del folio"),
    ("IECM/ACU-CG-031/2020", "IECM-ACU-CG/031/2020", "prefijo de dos formas"),
    (
        "Miércoles 4 de noviembre de 2020.\tNota ejecutiva sobre las Elecciones Generales de EE.UU. (parte IX)",
        "Martes 3 de noviembre de 2020.\tNota ejecutiva sobre las Elecciones Generales de EE.UU. (parte VIII)",
        "duplicado",
    ),
    (
        "Miércoles 9 de diciembre de 2020.\tUniversidad Autónoma",
        "Martes 8 de diciembre de 2020.\tUniversidad Autónoma",
        "duplicado",
    ),
    ("(tabla 2.1)", "(tabla 2.4)", "tabla que no está"),
    ("\t4\n<b>III", "\t9\n<b>III", "índice"),
    ("<b>4. Seguimiento", "<b>5. Seguimiento", "índice"),
    ("### B) El seguimiento a las actividades", "### C) El seguimiento a las actividades", "numeración de apartados"),
    ("Bernardo Valle Monroy", "Bernardo Valle Monróy", "nombre de dos formas", 2),
    (
        "Comisión Permanente de Vinculación con Organismos Externos",
        "Comision Permanente de Vinculación con Organismos Externos",
        "acento",
        3,
    ),
    ("Unidad Técnica de Asuntos Jurídicos,", "Unidad Técnica de Asuntos Juridicos,", "nombre de dos formas"),
    ("Red de Observación IECM", "Red de Observación I.E.C.M.", "siglas", 3),
    ("Conversatorios virtuales para comprender", "Conversatorios virtuales par comprender", "errata suelta"),
    ("Este apartado se cumplió en el tercer trimestre de 2020.", "", "apartado vacío"),
    (
        "Organización de elecciones en tiempos de pandemia",
        "Organización de elecciones en tiempo de pandemia",
        "título de dos formas",
        2,
    ),
)


def sembrada(texto: str, esto: str, por: str, vez: int = 1) -> str:
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
    for esto, por, clase, *vez in ERRATAS:
        nuevos = [h for h in verificar_texto(sembrada(texto, esto, por, *vez)) if (h.regla, h.explicacion) not in antes]
        hallados[bool(nuevos)] += 1
        reglas = ", ".join(sorted({h.regla for h in nuevos})) or "NO SE HALLÓ"
        sys.stdout.write(f"{clase:24} {por.strip()[:46]!r:52} {len(nuevos)} {reglas}" + "\n")
    sys.stdout.write(
        f"Sembradas: {hallados.total()}. Halladas: {hallados[True]} ({hallados[True] / hallados.total():.0%})." + "\n"
    )


if __name__ == "__main__":
    principal(sys.argv[1])
