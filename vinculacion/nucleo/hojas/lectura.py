"""Lee una hoja (XLSX o CSV) que subió una persona y la deja en encabezados y filas.

Nada de lo que llega se da por bueno: se mira el contenido, no la terminación del nombre, y todo
lo que no sirve se dice en español con lo que hay que hacer.
"""

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from python_calamine import CalamineError, CalamineWorkbook

MAX_BYTES = 10 * 1024 * 1024
MAX_FILAS = 20_000
MAX_COLUMNAS = 200
# Un XLSX es un ZIP: 10 MB pueden esconder gigabytes.
MAX_DESCOMPRIMIDO = 150 * 1024 * 1024
LETRAS_DE_UNA_CELDA = 32_767  # las que admite Excel; lo demás lo corta sin avisar
HOJAS_AJENAS = ("instrucciones", "listas")

Fila = tuple[int, list]

_FIRMAS = (
    (b"%PDF", "El archivo es un PDF"),
    (b"MZ", "El archivo es un programa (EXE)"),
    (b"\x7fELF", "El archivo es un programa"),
    (b"\x89PNG", "El archivo es una imagen"),
    (b"\xff\xd8\xff", "El archivo es una imagen"),
    (b"GIF8", "El archivo es una imagen"),
    (b"Rar!", "El archivo es un paquete RAR"),
    (b"7z\xbc\xaf", "El archivo es un paquete 7z"),
    (b"\x1f\x8b", "El archivo es un paquete GZIP"),
    (b"{\\rtf", "El archivo es un documento de texto con formato (RTF)"),
)
_PIDE = "Suba una hoja de cálculo XLSX o un CSV."
_CELDA = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')


class ArchivoIlegible(ValueError):
    """El archivo entero no sirve; el mensaje dice por qué y qué hacer."""


@dataclass(frozen=True, slots=True)
class Hoja:
    """Lo leído: la fila de los encabezados y las de datos, con el número que ve la persona."""

    nombre: str
    fila_encabezados: int
    encabezados: list[str]
    filas: list[Fila]


def limite(nombre: str, valor: int) -> int:
    return getattr(settings, f"HOJAS_{nombre}", valor)


def leer(archivo, nombre: str = "") -> Hoja:
    """Lee una ruta o un archivo abierto en binario; lanza ArchivoIlegible."""
    if isinstance(archivo, str | Path):
        ruta = Path(archivo)
        nombre = nombre or ruta.name
        if not ruta.exists():
            raise ArchivoIlegible(f"No existe el archivo «{ruta}».")
        if not ruta.is_file():
            raise ArchivoIlegible(f"«{ruta}» no es un archivo.")
        try:
            with ruta.open("rb") as abierto:
                return leer(abierto, nombre)
        except OSError as error:
            raise ArchivoIlegible(f"No se pudo abrir «{ruta}»: {error.strerror or error}.") from error
    nombre = nombre or Path(getattr(archivo, "name", "") or "archivo").name
    archivo.seek(0)
    tope = limite("MAX_BYTES", MAX_BYTES)
    contenido = archivo.read(tope + 1)
    if len(contenido) > tope:
        raise ArchivoIlegible(f"El archivo pesa más de {tope // 1024 // 1024} MB. Divídalo en varios.")
    if not contenido.strip():
        raise ArchivoIlegible("El archivo está vacío (0 bytes de contenido).")
    for firma, frase in _FIRMAS:
        if contenido.startswith(firma) and not (firma == b"MZ" and _parece_texto(contenido)):
            raise ArchivoIlegible(f"{frase}, no una hoja de cálculo. {_PIDE}")
    if contenido.startswith(b"\xd0\xcf\x11\xe0"):
        raise ArchivoIlegible(
            "El archivo es de Excel antiguo (XLS) o tiene contraseña. Ábralo, quítele la "
            "contraseña y guárdelo como «Libro de Excel (XLSX)»."
        )
    if contenido.startswith(b"PK"):
        registros = _leer_xlsx(contenido)
    else:
        registros = _leer_csv(contenido)
    return _separar(nombre, registros)


def _parece_texto(contenido: bytes) -> bool:
    muestra = contenido[:4096]
    return b"\x00" not in muestra and not any(b < 9 for b in muestra)


def _leer_xlsx(contenido: bytes) -> list[Fila]:
    roto = f"El archivo está dañado y no se puede leer como XLSX. {_PIDE}"
    try:
        with zipfile.ZipFile(io.BytesIO(contenido)) as paquete:
            _revisar_paquete(paquete)
        libro = CalamineWorkbook.from_filelike(io.BytesIO(contenido))
        nombres = [
            m.name
            for m in libro.sheets_metadata
            if m.name.strip().lower() not in HOJAS_AJENAS
            and str(m.visible).rsplit(".", 1)[-1] == "Visible"
            and str(m.typ).rsplit(".", 1)[-1] == "WorkSheet"
        ]
        if not nombres:
            raise ArchivoIlegible("El libro no tiene ninguna hoja visible con datos.")
        hoja = libro.get_sheet_by_name(nombres[0])
        filas = hoja.to_python(skip_empty_area=False)
    except ArchivoIlegible:
        raise
    except (
        CalamineError,
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        OSError,
        EOFError,
        KeyError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise ArchivoIlegible(roto) from error
    except BaseException as error:
        # calamine está escrito en Rust: un archivo hostil puede acabar en PanicException, que no
        # desciende de Exception.
        if type(error).__name__ == "PanicException":
            raise ArchivoIlegible(roto) from error
        raise
    for numero, fila in enumerate(filas, 1):
        for indice, celda in enumerate(fila):
            if isinstance(celda, str) and len(celda) >= LETRAS_DE_UNA_CELDA:
                raise ArchivoIlegible(
                    f"La celda {_letra(indice)}{numero} llegó al tope de Excel ({LETRAS_DE_UNA_CELDA:,} letras) y su "
                    "texto puede estar cortado. Descargue y suba la hoja como CSV."
                )
    return list(enumerate(filas, 1))


def _revisar_paquete(paquete: zipfile.ZipFile) -> None:
    """Descarta lo que no es XLSX y lo que agotaría la memoria al abrirlo."""
    partes = paquete.infolist()
    nombres = {p.filename for p in partes}
    if "xl/workbook.xml" not in nombres:
        clase = "un paquete ZIP"
        if any(n.startswith("word/") for n in nombres):
            clase = "un documento de Word"
        elif any(n.startswith("ppt/") for n in nombres):
            clase = "una presentación"
        elif "xl/workbook.bin" in nombres:
            clase = "un libro binario (XLSB)"
        elif "content.xml" in nombres:
            clase = "un documento OpenDocument (ODS u ODT)"
        raise ArchivoIlegible(f"El archivo es {clase}, no una hoja XLSX. Guárdelo como XLSX o como CSV.")
    grande = "El libro es demasiado grande al descomprimirlo. Divídalo en varios."
    if sum(p.file_size for p in partes) > MAX_DESCOMPRIMIDO:
        raise ArchivoIlegible(grande)
    tope_filas = limite("MAX_FILAS", MAX_FILAS) + 100
    for parte in partes:
        if not parte.filename.startswith("xl/worksheets/") or not parte.filename.endswith(".xml"):
            continue
        # Una sola celda perdida en XFD1048576 haría reservar la hoja entera.
        with paquete.open(parte) as xml:
            cola = b""
            while bloque := xml.read(1 << 20):
                texto = cola + bloque
                for columna, fila in _CELDA.findall(texto):
                    if int(fila) > tope_filas:
                        raise ArchivoIlegible(
                            f"La hoja tiene datos en la fila {int(fila)}; se aceptan hasta "
                            f"{tope_filas - 100} filas. Borre lo que sobra abajo o divida el "
                            "archivo."
                        )
                    if _numero_columna(columna) > MAX_COLUMNAS:
                        raise ArchivoIlegible(
                            f"La hoja tiene datos en la columna {columna.decode()}; borre lo que sobra a la derecha."
                        )
                cola = texto[-200:]


def _numero_columna(letras: bytes) -> int:
    numero = 0
    for letra in letras:
        numero = numero * 26 + letra - 64
    return numero


def _decodificar(contenido: bytes) -> str:
    if contenido.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return contenido.decode("utf-16")
        except UnicodeDecodeError as error:
            raise ArchivoIlegible(f"El archivo no es texto legible. {_PIDE}") from error
    if not _parece_texto(contenido) or b"\x00" in contenido:
        raise ArchivoIlegible(f"El archivo no es una hoja de cálculo ni un CSV. {_PIDE}")
    # En este orden: lo que no es UTF-8 válido casi nunca lo parece, y Latin-1 lo acepta todo.
    for codificacion in ("utf-8-sig", "cp1252"):
        try:
            return contenido.decode(codificacion)
        except UnicodeDecodeError:
            continue
    return contenido.decode("latin-1")


def _leer_csv(contenido: bytes) -> list[Fila]:
    texto = _decodificar(contenido)
    # Excel escribe a veces esta primera línea para decir el separador.
    forzado = re.match(r"sep=(.)\r?\n", texto)
    quitadas = 0
    if forzado:
        texto, quitadas = texto[forzado.end() :], 1
    separador = forzado[1] if forzado else _separador(texto)
    try:
        filas = list(csv.reader(io.StringIO(texto, newline=""), delimiter=separador))
    except csv.Error as error:
        raise ArchivoIlegible(f"El CSV no se puede leer (revise las comillas y los separadores): {error}.") from error
    return [(numero + quitadas, fila) for numero, fila in enumerate(filas, 1)]


def _separador(texto: str) -> str:
    """El que más columnas saca de la primera línea con algo."""
    muestra = io.StringIO(texto.lstrip()[:20_000], newline="")
    mejor, cuantas = ",", 1
    for candidato in (",", ";", "\t", "|"):
        muestra.seek(0)
        try:
            primera = next(csv.reader(muestra, delimiter=candidato), [])
        except csv.Error:
            continue
        if len(primera) > cuantas:
            mejor, cuantas = candidato, len(primera)
    return mejor


def vacia(celda) -> bool:
    return celda is None or (isinstance(celda, str) and not celda.strip())


def _letra(indice: int) -> str:
    letras = ""
    indice += 1
    while indice:
        indice, resto = divmod(indice - 1, 26)
        letras = chr(65 + resto) + letras
    return letras


def _separar(nombre: str, registros: list[Fila]) -> Hoja:
    con_algo = [(n, f) for n, f in registros if not all(vacia(c) for c in f)]
    if not con_algo:
        raise ArchivoIlegible("La hoja está vacía: no tiene ni encabezados.")
    fila_encabezados, crudos = con_algo[0]
    encabezados = [" ".join(str(c).split()) if not vacia(c) else "" for c in crudos]
    while encabezados and not encabezados[-1]:
        encabezados.pop()
    filas = con_algo[1:]
    tope = limite("MAX_FILAS", MAX_FILAS)
    if not filas:
        raise ArchivoIlegible("La hoja tiene encabezados pero ninguna fila con datos.")
    if len(filas) > tope:
        raise ArchivoIlegible(f"La hoja tiene {len(filas)} filas y se aceptan hasta {tope}. Divídala en varias.")
    ancho = len(encabezados)
    for numero, fila in filas:
        for indice, celda in enumerate(fila):
            if not vacia(celda) and (indice >= ancho or not encabezados[indice]):
                raise ArchivoIlegible(
                    f"La columna {_letra(indice)} tiene datos (fila {numero}: "
                    f"«{str(celda)[:40]}») pero no tiene encabezado. Si es un CSV, ponga entre "
                    "comillas los textos que lleven el separador."
                )
    return Hoja(
        nombre=nombre,
        fila_encabezados=fila_encabezados,
        encabezados=encabezados,
        filas=[(n, (f + [""] * ancho)[:ancho]) for n, f in filas],
    )
