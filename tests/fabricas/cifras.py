"""Un año con dos comisiones y todo lo que cambia: personas, calidades, secretaría y partidos.

La primera, permanente, termina el 30 de junio; la segunda, provisional y con otro nombre, empieza el 1° de julio.
"""

from datetime import date
from types import SimpleNamespace

from tests.fabricas import comision as fabrica
from vinculacion.comision import acciones
from vinculacion.comision.models import Comision, Integracion, Sesion
from vinculacion.directorio.models import Area, Organismo

PRESENTE, AUSENTE, JUSTIFICADA, SUPLENTE = "presente", "ausente", "justificada", "suplente"
FECHAS_A = (date(2022, 2, 10), date(2022, 4, 14), date(2022, 6, 16))
FECHAS_B = (date(2022, 8, 11), date(2022, 10, 13))


def capacidad(de: Comision, rol: str, nombre: str, desde: date, hasta: date | None = None, **datos) -> Integracion:
    return acciones.crear_integracion(comision=de, rol=rol, nombre=nombre, desde=desde, hasta=hasta, por=None, **datos)


def pasa_lista(sesion: Sesion, marcas: dict[Integracion, str]) -> None:
    acciones.registrar_asistencia(
        sesion=sesion,
        estados={c.pk: m for c, m in marcas.items()},
        motivos={c.pk: "Licencia" for c, m in marcas.items() if m == JUSTIFICADA},
        suplentes={c.pk: "Subdirección" for c, m in marcas.items() if m == SUPLENTE},
        por=None,
    )


def anio_de_cambios() -> SimpleNamespace:
    """Ana es integrante y desde el 1° de marzo preside; Beto preside hasta el 28 de febrero.

    La secretaría técnica cambia de titular el 1° de mayo. El Partido Uno pierde el registro el 15 de marzo y lo
    recupera el 1° de junio; la UTAJ sigue en la segunda comisión, que preside Cara.
    """
    a = fabrica.comision("CVOE", hasta=date(2022, 6, 30), quorum=None)
    b = fabrica.comision("COVIN", tipo="provisional")
    Comision.objects.filter(pk=b.pk).update(desde=date(2022, 7, 1))
    uno = Organismo.objects.create(nombre="Partido Uno", clase="partido", ambito="local")
    utaj = Area.objects.create(nombre="Unidad Técnica de Asuntos Jurídicos", siglas="UTAJ", clase="unidad")
    desde, fin = date(2022, 1, 1), date(2022, 6, 30)
    c = SimpleNamespace(
        beto=capacidad(a, "presidencia", "Presidencia", desde, date(2022, 2, 28), persona="Beto", orden=1),
        ana_integra=capacidad(a, "integrante", "Consejería 2", desde, date(2022, 2, 28), persona="Ana", orden=2),
        ana_preside=capacidad(a, "presidencia", "Presidencia", date(2022, 3, 1), fin, persona="Ana", orden=1),
        dora=capacidad(a, "integrante", "Consejería 3", desde, fin, persona="Dora", orden=3),
        st_1=capacidad(a, "secretaria_tecnica", "Secretaría técnica", desde, date(2022, 4, 30), persona="Eva"),
        st_2=capacidad(a, "secretaria_tecnica", "Secretaría técnica", date(2022, 5, 1), fin, persona="Fito"),
        uno_antes=capacidad(a, "partido", "Partido Uno", desde, organismo=uno),
        utaj_a=capacidad(a, "area", "UTAJ", desde, area=utaj),
        cara=capacidad(b, "presidencia", "Presidencia", date(2022, 7, 1), persona="Cara"),
        ana_en_b=capacidad(b, "integrante", "Consejería 2", date(2022, 7, 1), persona="ANA"),
        utaj_b=capacidad(b, "invitada", "En representación de la UTAJ", date(2022, 7, 1), area=utaj),
    )
    de_a = [fabrica.sesion(a, f) for f in FECHAS_A]
    de_b = [fabrica.sesion(b, f) for f in FECHAS_B]
    pasa_lista(
        de_a[0],
        {c.beto: PRESENTE, c.ana_integra: PRESENTE, c.dora: JUSTIFICADA, c.st_1: PRESENTE, c.uno_antes: PRESENTE}
        | {c.utaj_a: SUPLENTE},
    )
    # La lista se pasó cuando todavía no se sabía que el partido había perdido el registro.
    pasa_lista(
        de_a[1], {c.ana_preside: PRESENTE, c.dora: PRESENTE, c.st_1: AUSENTE, c.uno_antes: AUSENTE, c.utaj_a: AUSENTE}
    )
    c.uno_antes.hasta = date(2022, 3, 15)
    acciones.guardar_integracion(integracion=c.uno_antes, por=None)
    c.uno_despues = capacidad(a, "partido", "Partido Uno", date(2022, 6, 1), fin, organismo=uno)
    pasa_lista(
        de_a[2],
        {c.ana_preside: AUSENTE, c.dora: PRESENTE, c.st_2: PRESENTE, c.uno_despues: PRESENTE, c.utaj_a: PRESENTE},
    )
    pasa_lista(de_b[0], {c.cara: PRESENTE, c.ana_en_b: PRESENTE, c.utaj_b: JUSTIFICADA})
    # En la última todavía no se pasa lista.
    return SimpleNamespace(a=a, b=b, de_a=de_a, de_b=de_b, c=c, utaj=utaj, uno=uno)
