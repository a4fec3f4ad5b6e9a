"""El PDF encuadernado: válido, completo y el mismo se imprima como se imprima."""

import io
import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import page
import pikepdf
import pytest
from pypdf import PdfReader

from vinculacion.nucleo.bloques import Columna, Lista, Parrafo, Tabla, Titulo
from vinculacion.nucleo.salida import html, pdf
from vinculacion.nucleo.salida.documento import ApartadoArmado, Documento, Portada
from vinculacion.nucleo.salida.imprenta import taller
from vinculacion.nucleo.salida.imprenta.estilo import RAIZ, Estilo

DIA = date(2020, 10, 1)


def tabla(filas: int, titulo: str = "Actividades", **mas) -> Tabla:
    columnas = (Columna("No.", "centro"), Columna("Fecha", "fecha"), Columna("Actividad"), Columna("Total", "numero"))
    renglones = tuple((n, DIA + timedelta(days=n), f"Actividad número {n} de la lista", n) for n in range(1, filas + 1))
    return Tabla(columnas, renglones, titulo=titulo, **mas)


def documento(*filas: int, presentacion: str = "informe") -> Documento:
    raices = tuple(
        ApartadoArmado(
            f"{n}",
            f"Rubro {n}",
            1,
            (Parrafo("Un párrafo **breve**.", "markdown"),),
            (ApartadoArmado("a)", f"Inciso de {n}", 2, (Titulo("Detalle"), tabla(cuantas)), ancla=f"inciso-{n}"),),
            ancla=f"rubro-{n}",
        )
        for n, cuantas in enumerate(filas, start=1)
    )
    portada = Portada(
        "Informe <de> prueba & más", periodo="Octubre de 2020", institucion="Instituto", organo="Comisión"
    )
    return Documento("prueba", portada, raices, autor="Secretaría", presentacion=presentacion)


def textos(contenido: bytes) -> list[str]:
    return [re.sub(r"\s+", " ", hoja.extract_text()) for hoja in PdfReader(io.BytesIO(contenido)).pages]


def faltas(contenido: bytes, perfil: str) -> list[str]:
    """Lo que el validador halla; se perdona lo que es suyo: toma por fin de renglón un byte que es del contenido."""
    informe = page.validate_pdf_bytes(contenido, profile=perfil)
    halladas = [f for f in informe.failures if f.rule_id != "PDFA2A-STREAM-LENGTH-001"]
    if len(halladas) < len(informe.failures):
        with pikepdf.open(io.BytesIO(contenido)) as libro:
            finales = {f.read_raw_bytes()[-1:] for f in libro.objects if isinstance(f, pikepdf.Stream)}
        assert b"\r" in finales
    return [f"{f.rule_id}: {f.message}" for f in halladas]


@pytest.fixture(scope="module")
def libro() -> bytes:
    return pdf.crear(documento(3, 90, 12))


@pytest.mark.parametrize("perfil", ["ua1", "2a"])
@pytest.mark.parametrize("presentacion", ["informe", "carpeta", "oficio", "firmas"])
def test_es_pdf_ua_1_y_pdf_a_2a_a_la_vez(presentacion, perfil):
    hecho = documento(4, 6, presentacion=presentacion)
    hecho = replace(hecho, apartados=(*hecho.apartados, ApartadoArmado("", "Lista", 1, (Lista(("Uno", "Dos")),))))
    assert faltas(pdf.crear(hecho), perfil) == []


def test_el_validador_si_distingue(libro):
    """Sin etiquetas deja de valer: la prueba anterior no pasa por no mirar."""
    with pikepdf.open(io.BytesIO(libro)) as abierto:
        del abierto.Root["/StructTreeRoot"]
        roto = io.BytesIO()
        abierto.save(roto)
    assert faltas(roto.getvalue(), "ua1")


def test_las_piezas_quedan_en_orden_y_foliadas(libro):
    hojas = textos(libro)
    assert [n for n, hoja in enumerate(hojas) if "Rubro" in hoja and "breve" in hoja] == sorted(
        n for n, hoja in enumerate(hojas) if "Rubro" in hoja and "breve" in hoja
    )
    assert "Página" not in hojas[0]
    for numero, hoja in enumerate(hojas[1:], start=2):
        assert hoja.endswith(f"Página {numero} de {len(hojas)}"), hoja[-80:]


def test_el_indice_dice_la_pagina_y_lleva_a_ella(libro):
    hojas = textos(libro)
    for n in (1, 2, 3):
        dicha = int(re.search(rf"Rubro {n} (\d+)", hojas[1])[1])
        assert f"Rubro {n} Un párrafo" in hojas[dicha - 1]
    with pikepdf.open(io.BytesIO(libro)) as abierto:
        nombres = list(abierto.Root.Names.Dests.Names)
        destinos = {str(a): b for a, b in zip(nombres[::2], nombres[1::2], strict=True)}
        paginas = [p.obj.objgen for p in abierto.pages]
        enlaces = {str(nota.Dest): str(nota.Contents) for nota in abierto.pages[1].Annots}
        assert set(enlaces) == {"rubro-1", "inciso-1", "rubro-2", "inciso-2", "rubro-3", "inciso-3"}
        for ancla, voz in enlaces.items():
            assert voz.endswith(f"página {paginas.index(destinos[ancla][0].objgen) + 1}")


def test_las_etiquetas_y_los_marcadores_se_unen_en_un_solo_arbol(libro):
    with pikepdf.open(io.BytesIO(libro)) as abierto:
        arbol = abierto.Root.StructTreeRoot
        assert len(arbol.K) == 1
        claves = [int(n) for n in list(arbol.ParentTree.Nums)[::2]]
        assert claves == sorted(set(claves))
        assert {int(p.StructParents) for p in abierto.pages if "/StructParents" in p} <= set(claves)
        paginas = {p.obj.objgen for p in abierto.pages}
        assert all(hijo.Pg.objgen in paginas for hijo in arbol.K[0].K)
    marcas = PdfReader(io.BytesIO(libro)).outline
    titulos = [m.title for m in marcas if not isinstance(m, list)]
    assert titulos == ["Portada", "Índice", "1. Rubro 1", "2. Rubro 2", "3. Rubro 3"]


def test_dice_de_si_mismo_lo_mismo_en_sus_dos_fichas(libro):
    with pikepdf.open(io.BytesIO(libro)) as abierto:
        xmp = abierto.Root.Metadata.read_bytes().decode()
        assert "Informe &lt;de&gt; prueba &amp; más" in xmp
        assert str(abierto.docinfo.Title) == "Informe <de> prueba & más"
        assert "/Filter" not in abierto.Root.Metadata


def test_en_varios_procesos_sale_lo_mismo(monkeypatch, tmp_path):
    hecho = documento(70, 70, 5)
    abiertos = []
    original = taller.Taller.__enter__
    monkeypatch.setattr(taller.Taller, "__enter__", lambda self: abiertos.append(self) or original(self))
    monkeypatch.setattr(pdf, "nucleos", lambda: 2)
    varios = pdf.crear(hecho)
    assert len(abiertos) == 1
    monkeypatch.setattr(pdf, "nucleos", lambda: 1)
    uno = pdf.crear(hecho)
    assert len(abiertos) == 1
    assert textos(uno) == textos(varios)


def test_los_espacios_se_leen_como_espacios():
    """La letra dibuja igual el de no separar, y el primero que sale le pone nombre al dibujo en toda la pieza."""
    angosta = (Columna("Fecha", "fecha"), *(Columna(f"Dato{n}") for n in range(6)))
    fechas = Tabla(angosta, ((date(2020, 9, 30), *["Reunión de trabajo en la sede del Instituto"] * 6),) * 9)
    apartado = ApartadoArmado("", "Fechas", 1, (fechas,), ancla="fechas")
    contenido = pdf.crear(Documento("fechas", Portada("Fechas"), (apartado,)))
    leido = "".join(hoja.extract_text() for hoja in PdfReader(io.BytesIO(contenido)).pages)
    assert "Reunión de" in leido
    assert "\xa0" not in leido


def test_lo_que_no_cambia_no_se_vuelve_a_imprimir(tmp_path):
    antes, avances = documento(3, 4, 5), []
    pdf.crear(antes, deposito=tmp_path)
    rubro = replace(antes.apartados[1], bloques=(Parrafo("Otra frase."),))
    despues = replace(antes, apartados=(antes.apartados[0], rubro, antes.apartados[2]))
    contenido = pdf.crear(despues, deposito=tmp_path, avisar=lambda hechas, total: avances.append((hechas, total)))
    assert avances == [(2, 3), (3, 3)]
    assert textos(contenido) == textos(pdf.crear(despues))


def test_una_tabla_larguisima_va_en_varias_piezas_sin_perder_renglones(monkeypatch):
    monkeypatch.setattr(html, "FILAS_POR_PIEZA", 40)
    larga = tabla(95, totales=("", None, "Total", 4560), notas=("Al corte.",))
    hecho = replace(documento(1), apartados=(ApartadoArmado("A", "Anexo", 1, (larga,), ancla="anexo"),))
    assert [len(p.pasos) for p in html.piezas(hecho, estatico=str).cuerpo] == [1, 1, 1]
    contenido = pdf.crear(hecho)
    todo = " ".join(textos(contenido))
    assert [int(n) for n in re.findall(r"Actividad número (\d+) ", todo)] == list(range(1, 96))
    assert todo.count("Tabla 1.") == 1
    assert todo.count("Al corte.") == todo.count("4,560") == 1
    assert faltas(contenido, "ua1") == []


def de_la_clase(elemento, clase: str):
    """Los elementos de esa clase bajo ``elemento``, en el orden en que se leen."""
    if isinstance(elemento, pikepdf.Dictionary) and "/S" in elemento:
        if clase == elemento.S:
            yield elemento
        hijos = elemento.get("/K", [])
        for hijo in hijos if isinstance(hijos, pikepdf.Array) else [hijos]:
            yield from de_la_clase(hijo, clase)


def test_en_una_tabla_sencilla_el_encabezado_dice_de_que_es(libro):
    with pikepdf.open(io.BytesIO(libro)) as abierto:
        raiz = abierto.Root.StructTreeRoot
        ambitos = [str(th.A.Scope) for th in de_la_clase(raiz.K[0], "/TH")]
        assert set(ambitos) == {"/Column"}
        assert not any("/A" in td for td in de_la_clase(raiz.K[0], "/TD"))
        assert "/IDTree" not in raiz


def test_las_claves_de_los_encabezados_no_se_repiten_entre_piezas():
    combinada = Tabla((Columna("Órgano"), Columna("Fecha")), (("A", "1"), ("A", "2")), combinar=(0,))
    apartados = tuple(ApartadoArmado(f"{n}", f"Rubro {n}", 1, (combinada,), ancla=f"rubro-{n}") for n in range(1, 4))
    contenido = pdf.crear(replace(documento(1), apartados=apartados))
    with pikepdf.open(io.BytesIO(contenido)) as abierto:
        raiz = abierto.Root.StructTreeRoot
        nombres = list(raiz.IDTree.Names)
        claves = [str(n) for n in nombres[::2]]
        assert claves == sorted(set(claves))
        assert {str(th.ID): th for th in de_la_clase(raiz.K[0], "/TH")} == dict(zip(claves, nombres[1::2], strict=True))
        nombrados = [str(h) for td in de_la_clase(raiz.K[0], "/TD") for h in td.A.Headers]
        assert len(claves) == 6
        assert set(nombrados) == set(claves)
    assert faltas(contenido, "ua1") == []


def test_dos_trozos_iguales_van_los_dos(monkeypatch):
    monkeypatch.setattr(html, "FILAS_POR_PIEZA", 5)
    iguales = Tabla((Columna("Dato"),), (("Repetido",),) * 20)
    hecho = replace(documento(1), apartados=(ApartadoArmado("A", "Anexo", 1, (iguales,), ancla="anexo"),))
    assert " ".join(textos(pdf.crear(hecho))).count("Repetido") == 20


def test_una_celda_combinada_no_se_corta_entre_piezas(monkeypatch):
    monkeypatch.setattr(html, "FILAS_POR_PIEZA", 10)
    filas = tuple((f"Órgano {n // 7}", f"Fecha {n}") for n in range(30))
    combinada = Tabla((Columna("Órgano"), Columna("Fecha")), filas, combinar=(0,))
    hecho = replace(documento(1), apartados=(ApartadoArmado("A", "Anexo", 1, (combinada,)),))
    partes = [bloque for p in html.piezas(hecho, estatico=str).cuerpo for paso in p.pasos for bloque, _ in paso.bloques]
    for una, otra in zip(partes, partes[1:], strict=False):
        assert una.filas[-1][0] != otra.filas[0][0]
    assert sum(len(p.filas) for p in partes) == 30


FUENTE = Path(taller.__file__)


def estilo() -> Estilo:
    return Estilo(pdf.carpetas(), (("informe-color", "#4a2a6b"),))


def hoja(texto: str) -> str:
    return f'<html lang="es"><head><title>x</title></head><body><p>{texto}</p></body></html>'


def test_una_pieza_que_falla_lo_dice(tmp_path):
    (tmp_path / "a.json").mkdir()  # donde iría su ficha no se puede escribir
    with pytest.raises(RuntimeError, match="No se pudo imprimir una pieza"), taller.Taller(estilo(), 1) as abierto:
        abierto.encargar(tmp_path / "a.pdf", hoja("a"))
        list(abierto.recoger())


def test_cancelar_detiene_a_todos(tmp_path):
    with pytest.raises(taller.Cancelado), taller.Taller(estilo(), 2) as abierto:
        for n in range(6):
            abierto.encargar(tmp_path / f"{n}.pdf", hoja(str(n)))
        for _ruta in abierto.recoger():
            raise taller.Cancelado
    assert abierto.maestro.proceso.returncode == -signal.SIGKILL


def test_si_la_imprenta_muere_se_sabe(tmp_path):
    with pytest.raises(RuntimeError, match="interrumpió"), taller.Taller(estilo(), 1) as abierto:
        abierto.maestro.proceso.kill()
        abierto.encargar(tmp_path / "a.pdf", hoja("a"))
        list(abierto.recoger())


def una_hoja(ruta: Path) -> int:
    """Imprime una hoja; la llave del proceso que la repartió."""
    with taller.Taller(estilo(), 1) as abierto:
        abierto.encargar(ruta, hoja(ruta.stem))
        assert list(abierto.recoger()) == [ruta]
    return abierto.maestro.proceso.pid


def test_el_siguiente_documento_halla_la_imprenta_encendida(tmp_path):
    primero = una_hoja(tmp_path / "a.pdf")
    assert una_hoja(tmp_path / "b.pdf") == primero
    taller._libres[0].proceso.kill()
    assert una_hoja(tmp_path / "c.pdf") != primero  # si se fue, arranca otra y nadie lo nota
    assert all((tmp_path / f"{n}.pdf").read_bytes().startswith(b"%PDF") for n in "abc")


def test_dos_a_la_vez_no_se_mezclan_y_solo_queda_una_encendida(tmp_path):
    with ThreadPoolExecutor(2) as hilos:
        pares = [hilos.submit(una_hoja, tmp_path / f"{n}.pdf") for n in range(4)]
        assert all(par.result() for par in pares)
    assert len(taller._libres) == 1


def encendidos() -> list[int]:
    return [maestro.proceso.pid for maestro in taller._libres]


def test_se_enciende_antes_de_tener_que_imprimir(tmp_path, monkeypatch):
    monkeypatch.setattr(taller, "nucleos", lambda: 1)
    taller.apagar()
    taller.encender()
    assert not encendidos()  # con un núcleo se imprime aquí mismo: no hay a quién alistar
    monkeypatch.setattr(taller, "nucleos", lambda: 2)
    taller.encender()
    (primero,) = encendidos()
    taller.encender()
    assert encendidos() == [primero]
    taller._libres[0].nacido -= taller.OCIOSO  # está por irse: no se le espera
    taller.encender()
    assert encendidos() != [primero]
    (primero,) = encendidos()
    with taller.Taller(estilo()) as abierto:
        assert abierto.maestro.proceso.pid == primero
        abierto.encargar(tmp_path / "a.pdf", hoja("a"))
        assert list(abierto.recoger()) == [tmp_path / "a.pdf"]
    taller._libres[0].proceso.kill()
    taller._libres[0].proceso.wait()
    taller.encender()
    assert len(encendidos()) == 1
    assert encendidos() != [primero]
    taller._libres[0].proceso.kill()
    taller._libres[0].proceso.wait()
    with taller.Taller(estilo()) as abierto:  # se encendió, pero se fue antes de que hubiera qué imprimir
        abierto.encargar(tmp_path / "b.pdf", hoja("b"))
        assert list(abierto.recoger()) == [tmp_path / "b.pdf"]


def test_con_algo_a_medias_no_se_guarda(tmp_path):
    with taller.Taller(estilo(), 1) as abierto:
        abierto.encargar(tmp_path / "a.pdf", hoja("a"))
    assert abierto.maestro not in taller._libres
    assert abierto.maestro.proceso.returncode is not None


@pytest.fixture
def con_otro(monkeypatch, tmp_path):
    """Cambia una constante del taller, también en los procesos que arranca."""

    def cambia(constante: str, valor: int) -> None:
        programa, veces = re.subn(
            rf"^{constante} = \d+", f"{constante} = {valor}", FUENTE.read_text(), flags=re.MULTILINE
        )
        assert veces == 1
        (tmp_path / "prontisimo.py").write_text(programa.replace("from .", f"from {taller.__package__}."))
        monkeypatch.setattr(taller, "ARRANQUE", taller.ARRANQUE.replace(taller.__name__, "prontisimo"))
        monkeypatch.syspath_prepend(str(tmp_path))
        taller.apagar()

    yield cambia
    taller.apagar()


def test_los_relevos_siguen_con_lo_que_falta(con_otro, tmp_path):
    con_otro("PIEZAS_POR_OPERARIO", 1)
    rutas = {tmp_path / f"{n}.pdf" for n in range(6)}
    with taller.Taller(estilo(), 2) as abierto:
        for ruta in rutas:
            abierto.encargar(ruta, hoja(ruta.stem))
        assert set(abierto.recoger()) == rutas


def test_sin_encargos_se_va_solo(con_otro, tmp_path):
    con_otro("OCIOSO", 1)
    with taller.Taller(estilo(), 3) as abierto:
        abierto.encargar(tmp_path / "a.pdf", hoja("a"))
        list(abierto.recoger())
    assert abierto.maestro.proceso.wait(20) == 0


def test_encendida_por_si_acaso_tambien_se_va(con_otro):
    con_otro("OCIOSO", 1)
    taller.encender()
    assert taller._libres[0].proceso.wait(20) == -signal.SIGALRM


def test_quien_solo_encarga_no_carga_con_weasyprint():
    programa = "import sys; from vinculacion.nucleo.salida import pdf; sys.exit('weasyprint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", programa], check=False).returncode == 0


def test_la_imprenta_no_necesita_a_django():
    assert RAIZ.startswith("file:")
    fuentes = [FUENTE, FUENTE.with_name("prensa.py"), FUENTE.with_name("estilo.py")]
    assert not any("django" in f.read_text().replace("Django", "") for f in fuentes)
