"""Una hoja con todos los convenios desde 1999, como la que llegaría de la unidad: casi todo bien y algo raro."""

import csv
import io
import random
from datetime import date, timedelta

from convenios.estados import Nivel
from convenios.models import TipoInstrumento
from vinculacion.directorio.models import Area, Organismo
from vinculacion.nucleo.periodos import hoy

ENCABEZADOS = (
    "Folio", "Título", "Tipo de instrumento", "Instrumento del que deriva", "Contrapartes", "Ámbito", "Objeto",
    "Áreas responsables", "Gestión", "Etapa", "En esa etapa desde", "Fecha de suscripción", "Vigencia",
    "Vigente desde", "Vigente hasta", "Cómo lo dice el instrumento", "Notas",
)  # fmt: skip
TIPOS = {
    "Convenio general": Nivel.GENERAL,
    "Apoyo y colaboración": Nivel.GENERAL,
    "Convenio específico": Nivel.ESPECIFICO,
    "Anexo técnico": Nivel.TECNICO,
    "Anexo financiero": Nivel.FINANCIERO,
    "Adenda": Nivel.ADENDA,
}
OBJETO = (
    "Establecer las bases de colaboración para la difusión de la cultura democrática, la capacitación electoral y el "
    "intercambio de publicaciones entre las partes, así como las acciones conjuntas que acuerden por escrito. "
)


def catalogos(organismos: int = 300, areas: int = 14) -> None:
    for nombre, nivel in TIPOS.items():
        TipoInstrumento.objects.get_or_create(nombre=nombre, defaults={"nivel": nivel})
    clases = Organismo.Clase.values
    Organismo.objects.bulk_create(
        Organismo(
            nombre=f"Organismo histórico número {n}",
            siglas=f"OH{n}" if n % 2 else "",
            clase=clases[n % len(clases)],
            ambito="internacional" if n % 12 == 0 else "local",
            pais="ES" if n % 12 == 0 else "MX",
        )
        for n in range(organismos)
    )
    Area.objects.bulk_create(
        Area(nombre=f"Área histórica {n}", siglas=f"AH{n}", clase=Area.Clase.UNIDAD) for n in range(areas)
    )


def filas(cuantas: int = 853, en_vigor: int = 122, organismos: int = 300, areas: int = 14) -> list[dict[str, str]]:
    """Del más antiguo al más reciente; los últimos ``en_vigor`` siguen vigentes y nada se firma en fin de semana."""
    azar, fin = random.Random(1999), hoy() - timedelta(days=10)
    dias = sorted(azar.randrange((fin - date(1999, 3, 1)).days) for _ in range(cuantas))
    numero: dict[int, int] = {}
    resultado: list[dict[str, str]] = []
    for n, dia in enumerate(dias):
        firma = date(1999, 3, 1) + timedelta(days=dia)
        firma -= timedelta(days=max(0, firma.weekday() - 4))
        if (firma.month, firma.day) in {(1, 1), (5, 1), (9, 16), (12, 25)}:
            firma -= timedelta(days=7)
        numero[firma.year] = numero.get(firma.year, 0) + 1
        folio = f"{'IEDF' if firma.year < 2014 else 'IECM'}/CONV/{numero[firma.year]:03}/{firma.year}"
        tipo = azar.choices(tuple(TIPOS), (10, 40, 25, 15, 5, 5))[0]
        padres = [f for f in resultado[-60:] if TIPOS[f["Tipo de instrumento"]] == Nivel.GENERAL]
        deriva = TIPOS[tipo] != Nivel.GENERAL and bool(padres)
        if TIPOS[tipo] != Nivel.GENERAL and not padres:
            tipo = "Convenio general"
        partes = {n % organismos} | ({azar.randrange(organismos)} if azar.random() < 0.2 else set())
        vigente = n >= cuantas - en_vigor
        vigencia = azar.choices(("Indefinida", "Hasta una fecha", "Hasta cumplir los compromisos"), (2, 7, 1))[0]
        hasta = ""
        if vigencia == "Hasta una fecha":
            hasta = _f(hoy() + timedelta(days=azar.randrange(20, 1500)) if vigente else firma + timedelta(days=365))
            if not vigente and firma + timedelta(days=365) > fin:
                hasta = _f(firma + timedelta(days=45))
        concluido = min(firma + timedelta(days=365), fin)
        resultado.append(
            {
                "Folio": folio,
                "Título": f"{tipo} con el organismo {n % organismos} para la educación cívica, {firma.year}-{n}",
                "Tipo de instrumento": tipo,
                "Instrumento del que deriva": azar.choice(padres)["Folio"] if deriva else "",
                "Contrapartes": "; ".join(f"Organismo histórico número {p}" for p in sorted(partes)),
                "Ámbito": "Internacional" if any(p % 12 == 0 for p in partes) else "Nacional",
                "Objeto": OBJETO * azar.randrange(1, 4),
                "Áreas responsables": "; ".join(f"AH{a}" for a in azar.sample(range(areas), azar.choice((1, 1, 2)))),
                "Gestión": azar.choice(("Lo lleva la unidad", "Se acompaña a otra área")),
                "Etapa": "Suscrito" if vigente else "Concluido",
                "En esa etapa desde": "" if vigente else _f(concluido),
                "Fecha de suscripción": _f(firma),
                "Vigencia": vigencia,
                "Vigente desde": "",
                "Vigente hasta": hasta,
                "Cómo lo dice el instrumento": "Hasta que las partes cumplan lo pactado."
                if vigencia == "Hasta cumplir los compromisos"
                else "",
                "Notas": "",
            }
        )
    return resultado


def enrarece(hoja: list[dict[str, str]]) -> list[dict[str, str]]:
    """Once descuidos, uno por fila: devuelve la misma hoja."""
    for fila in hoja[:11]:
        fila |= {"Etapa": "Suscrito", "En esa etapa desde": "", "Vigencia": "Indefinida", "Vigente hasta": ""}
        fila |= {"Instrumento del que deriva": "", "Tipo de instrumento": "Apoyo y colaboración", "Ámbito": "Nacional"}
        fila |= {"Contrapartes": "Organismo histórico número 1"}
    raras = {fila["Folio"] for fila in hoja[:11]}
    for fila in hoja[11:]:
        if fila["Instrumento del que deriva"] in raras:
            fila |= {"Instrumento del que deriva": "", "Tipo de instrumento": "Apoyo y colaboración"}
    sabado, duplicada, vencida, huerfana, internacional, sin_objeto, sin_area, sin_texto, antigua, folio, hija = hoja[
        :11
    ]
    sabado["Fecha de suscripción"] = "11/01/2020"
    duplicada |= {"Título": "El mismo otra vez", "Fecha de suscripción": sabado["Fecha de suscripción"]}
    vencida |= {"Vigencia": "Hasta una fecha", "Vigente hasta": "31/12/2019", "Fecha de suscripción": "09/01/2018"}
    huerfana["Tipo de instrumento"] = "Anexo técnico"
    internacional["Ámbito"] = "Internacional"
    sin_objeto["Objeto"] = ""
    sin_area["Áreas responsables"] = ""
    sin_texto |= {"Vigencia": "Hasta cumplir los compromisos", "Cómo lo dice el instrumento": ""}
    antigua["Fecha de suscripción"] = "05/10/1920"
    folio["Folio"] = "S/N (revisar)"
    hija |= {"Instrumento del que deriva": hoja[-1]["Folio"], "Tipo de instrumento": "Adenda"}
    return hoja


def a_csv(hoja: list[dict[str, str]]) -> bytes:
    salida = io.StringIO(newline="")
    escritor = csv.DictWriter(salida, ENCABEZADOS)
    escritor.writeheader()
    escritor.writerows(hoja)
    return salida.getvalue().encode()


def _f(fecha: date) -> str:
    return f"{fecha:%d/%m/%Y}"
