"""Cuánto tarda un informe largo en PDF, contra WeasyPrint a secas y contra Chromium con el mismo HTML."""

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from vinculacion.nucleo.bloques import Columna, Parrafo, Tabla
from vinculacion.nucleo.salida import html, pdf
from vinculacion.nucleo.salida.documento import ApartadoArmado, Documento, Portada
from vinculacion.nucleo.salida.imprenta import taller
from vinculacion.nucleo.salida.imprenta.estilo import HOJAS, RAIZ, ruta_estatica

from .medidas import Memoria, alternadas, aviso, exponente, segundos

VUELTAS = 3
ESPERA = 1  # segundos: de sobra para que lea sus bibliotecas
TAMANOS = (250, 1_000, 4_000, 20_000)
CHROMIUM = "/usr/bin/chromium"
PALABRAS = (
    "seguimiento convenio vinculación organismo sesión acuerdo ciudadanía consulta instituto reunión trabajo "
    "observación información difusión actividad nacional internacional participación comisión documento"
).split()
# A secas, los números de página del índice y del pie los cuenta la hoja de estilos.
CONTADORES = """
@page { @bottom-right { content: "Página " counter(page) " de " counter(pages); font-size: 8.2pt } }
.documento .indice .entrada a::after { content: leader(".") " " target-counter(attr(href), page) !important }
"""


def informe(anexos: int = 10, filas: int = 100) -> Documento:
    """Veintitrés meses: diez rubros de cinco incisos, con su texto y su tabla, y mil renglones de anexo."""
    azar = random.Random(1)

    def frase(n: int) -> str:
        return " ".join(azar.choice(PALABRAS) for _ in range(n)).capitalize() + "."

    def tabla(n: int) -> Tabla:
        columnas = (
            Columna("No.", "centro", 6),
            Columna("Fecha", "fecha", 22),
            Columna("Actividad"),
            Columna("Organismo"),
            Columna("Total", "numero", 9),
        )
        dia = date(2020, 10, 1)
        renglones = tuple(
            (i, dia + timedelta(days=azar.randint(0, 690)), frase(12), frase(5), azar.randint(1, 90))
            for i in range(1, n + 1)
        )
        return Tabla(columnas, renglones, titulo=frase(5))

    def texto(n: int) -> Parrafo:
        return Parrafo(frase(n), "markdown")

    rubros = [
        ApartadoArmado(
            str(r + 1),
            frase(7),
            1,
            (texto(80),),
            tuple(
                ApartadoArmado(f"{k + 1})", frase(8), 2, (texto(180), tabla(8)), ancla=f"inciso-{r}-{k}")
                for k in range(5)
            ),
            ancla=f"rubro-{r}",
        )
        for r in range(10)
    ]
    finales = [
        ApartadoArmado(f"Anexo {n + 1}", frase(6), 1, (tabla(filas),), ancla=f"anexo-{n}") for n in range(anexos)
    ]
    portada = Portada("Informe final de actividades", periodo="Octubre de 2020 a agosto de 2022", organo="Comisión")
    return Documento("final", portada, (*rubros, *finales))


def solo_anexo(filas: int) -> Documento:
    documento = informe(anexos=1, filas=filas)
    return replace(documento, apartados=documento.apartados[-1:])


def cambiado(documento: Documento) -> Documento:
    rubro = documento.apartados[4]
    otro = replace(rubro, bloques=(Parrafo(rubro.bloques[0].texto + " Una frase más.", "markdown"),))  # type: ignore[union-attr]
    return replace(documento, apartados=(*documento.apartados[:4], otro, *documento.apartados[5:]))


def medir() -> dict:
    documento = informe()
    aviso("Informe de 23 meses…")
    with tempfile.TemporaryDirectory() as carpeta:
        deposito = Path(carpeta, "piezas")
        deposito.mkdir()
        pdf.crear(documento, deposito=deposito)
        otro = cambiado(documento)

        def entero() -> None:
            pdf.crear(documento)

        def encender() -> None:
            """Como la halla un trabajo que tardó en armar el informe: la enciende antes y aún no ha impreso nada."""
            taller.apagar()
            taller.encender()
            time.sleep(ESPERA)

        def tras_un_cambio() -> None:
            for ruta in set(deposito.iterdir()) - conocidas:
                ruta.unlink()
            pdf.crear(otro, deposito=deposito)

        conocidas = set(deposito.iterdir())
        llano = _a_secas(documento)
        funciones: dict[str, Callable[[], object]] = {
            "frio": entero,
            "recien_encendida": entero,
            "a_secas": llano,
            "cambio": tras_un_cambio,
        }
        if Path(CHROMIUM).exists():
            funciones["chromium"] = _con_chromium(documento, Path(carpeta))
        tiempos = alternadas(funciones, VUELTAS, antes={"frio": taller.apagar, "recien_encendida": encender})
    resultado = {
        "segundos": {nombre: round(t, 2) for nombre, t in tiempos.items()},
        "frio_entre_weasyprint_a_secas": round(tiempos["frio"] / tiempos["a_secas"], 3),
        "recien_encendida_entre_weasyprint_a_secas": round(tiempos["recien_encendida"] / tiempos["a_secas"], 3),
        "cambio_entre_frio": round(tiempos["cambio"] / tiempos["frio"], 3),
    }
    if "chromium" in tiempos:
        resultado["frio_entre_chromium"] = round(tiempos["frio"] / tiempos["chromium"], 3)
    return {**resultado, **_crecimiento()}


def _a_secas(documento: Documento) -> Callable[[], object]:
    """En otro proceso y con el recolector como viene: lo que haría quien llamara a WeasyPrint sin más."""
    entrada = Path(tempfile.mkstemp(suffix=".html")[1])
    entrada.write_text(html.impreso(documento, estatico=lambda nombre: RAIZ + nombre), encoding="utf-8")
    programa = (
        "import sys; from pathlib import Path; from weasyprint import CSS, HTML; "
        "from weasyprint.text.fonts import FontConfiguration; "
        "from vinculacion.nucleo.salida.imprenta.estilo import HOJAS, RAIZ; "
        "from vinculacion.nucleo.salida.imprenta.prensa import SoloEstaticos; "
        f"lector, letras = SoloEstaticos({pdf.carpetas()!r}), FontConfiguration(); "
        "hojas = [CSS(url=RAIZ + h, url_fetcher=lector, font_config=letras) for h in HOJAS]; "
        f"hojas.append(CSS(string={CONTADORES!r}, font_config=letras)); "
        f"texto = Path({str(entrada)!r}).read_text(); "
        "HTML(string=texto, base_url=RAIZ, url_fetcher=lector)"
        ".write_pdf('/dev/null', stylesheets=hojas, font_config=letras, pdf_variant='pdf/ua-1')"
    )
    return lambda: subprocess.run([sys.executable, "-c", programa], check=True)


def _con_chromium(documento: Documento, carpeta: Path) -> Callable[[], object]:
    """El mismo HTML con sus hojas de estilo, impreso por Chromium sin ventana."""
    rutas = pdf.carpetas()
    estilos = "".join(f'<link rel="stylesheet" href="file://{ruta_estatica(nombre, rutas)}">' for nombre in HOJAS)
    texto = html.impreso(documento, estatico=lambda nombre: f"file://{ruta_estatica(nombre, rutas)}")
    entrada = carpeta / "entera.html"
    entrada.write_text(texto.replace("</head>", f"{estilos}</head>"), encoding="utf-8")
    orden = [
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
        f"--user-data-dir={carpeta / 'perfil'}", "--no-pdf-header-footer",
        f"--print-to-pdf={carpeta / 'chromium.pdf'}", entrada.as_uri(),
    ]  # fmt: skip
    return lambda: subprocess.run(orden, check=True, capture_output=True)


def _crecimiento() -> dict:
    tiempos, memorias = [], []
    for filas in TAMANOS:
        aviso(f"Anexo de {filas:,} renglones…")
        documento = solo_anexo(filas)
        with Memoria() as memoria:
            tiempos.append(segundos(lambda d=documento: pdf.crear(d)))  # type: ignore[misc]
        memorias.append(memoria.mayor)
    return {
        "renglones": list(TAMANOS),
        "segundos_por_renglones": [round(t, 2) for t in tiempos],
        "memoria_mb_por_renglones": [round(m) for m in memorias],
        "exponente_tiempo": exponente(TAMANOS, tiempos),
        "exponente_memoria": exponente(TAMANOS, memorias),
    }
