"""El acabado de cada formato: notas al pie, grupos entre piezas, índice de Word, hojas apaisadas."""

import io
import re
import zipfile
from datetime import date

import pikepdf
import pytest
from pypdf import PdfReader

from tests.fabricas.bloques import PNG
from tests.nucleo.imprenta.test_imprenta import faltas, textos
from vinculacion.nucleo.bloques import Columna, Grupo, Imagen, Matriz, Parrafo, Referencia, Tabla
from vinculacion.nucleo.salida import docx, html, notas, pdf
from vinculacion.nucleo.salida.documento import ApartadoArmado, Documento, Portada
from vinculacion.nucleo.salida.tablas import partir

CON_NOTA = "Uno[^a], dos[^b] y otra vez[^a].\n\n[^a]: La **primera**.\n[^b]: La segunda\n  sigue aquí."


def documento(*bloques, **mas) -> Documento:
    uno = ApartadoArmado("I", "Uno", 1, (Parrafo(CON_NOTA, "markdown"),), ancla="uno")
    dos = ApartadoArmado("II", "Dos", 1, tuple(bloques), ancla="dos", **mas)
    return Documento("x", Portada("Informe de prueba"), (uno, dos))


def agrupada(filas: int = 30) -> Tabla:
    renglones = tuple((f"Fila {n}", n) for n in range(1, filas + 1))
    mitad = filas // 2
    grupos = (Grupo("Primero", mitad, ("Subtotal", 1)), Grupo("Segundo", filas - mitad, ("Subtotal", 2)))
    return Tabla((Columna("Qué"), Columna("Cuánto", "numero")), renglones, grupos=grupos, totales=("Total", 3))


# ── notas al pie ─────────────────────────────────────────────────────────────


def test_las_notas_se_separan_de_su_texto():
    texto, dichas = notas.separar(CON_NOTA)
    assert dichas == ["La **primera**.", "La segunda sigue aquí."]
    assert [m.groups() for m in notas.MARCA.finditer(texto)] == [("1", ""), ("2", ""), ("1", "r")]
    assert notas.faltas(CON_NOTA) == []


def test_una_llamada_sin_nota_y_una_nota_sin_llamada_quedan_a_la_vista():
    texto = "Uno[^x].\n\n[^y]: suelta"
    pagina = html.parrafo(Parrafo(texto, "markdown"))
    assert "[^x]" in pagina
    assert "[^y]: suelta" in pagina
    assert notas.faltas(texto) == [
        "La llamada [^x] no tiene su nota al pie.",
        "Nadie llama a la nota al pie [^y].",
    ]
    assert notas.faltas("a[^1]\n\n[^1]: x\n[^1]: y") == ["La nota al pie [^1] está dos veces."]


def test_una_nota_no_cuela_marcado():
    pagina = html.parrafo(Parrafo("a[^1]\n\n[^1]: <script>x</script> <img src=y> [z](javascript:1) `<b>`", "markdown"))
    assert not any(malo in pagina for malo in ("<script", "<img", "javascript:", "<b>"))


def test_se_numeran_en_todo_el_documento_y_van_al_pie_de_su_hoja():
    hecho = documento(Parrafo("Tres[^a].\n\n[^a]: La tercera.", "markdown"))
    pagina = html.cuerpo(hecho)
    assert re.findall(r'aria-label="Nota al pie (\d)"', pagina) == ["1", "2", "1", "3"]
    ids = re.findall(r'id="([^"]+)"', pagina)
    assert len(ids) == len(set(ids))
    destinos = set(re.findall(r'href="#([^"]+)"', pagina))
    assert destinos
    assert destinos <= set(ids)
    contenido = pdf.crear(hecho)
    hojas = textos(contenido)
    assert "3. La tercera." in hojas[3]
    assert "1. La primera. 2. La segunda sigue aquí." in hojas[2]
    assert faltas(contenido, "ua1") == []


# ── cortes ───────────────────────────────────────────────────────────────────


def incisos(cuantos: int, *bloques):
    return tuple(ApartadoArmado(f"{n}", f"Rubro {n}", 2, tuple(bloques), ancla=f"a{n}") for n in range(cuantos))


def test_tablas_de_un_solo_renglon_no_dejan_un_titulo_al_pie_de_la_hoja():
    uno = ApartadoArmado("I", "Uno", 1, (Parrafo("Empieza."),), ancla="uno")
    unica = Tabla((Columna("Qué"), Columna("Cuándo")), (("Reunión", "Lunes"),))
    hojas = textos(pdf.crear(Documento("x", Portada("Informe"), (uno, *incisos(24, unica)))))
    cuerpo = hojas[2:]
    assert len(cuerpo) > 1
    for hoja in cuerpo:
        # La hoja termina en el renglón de una tabla; antes de su pie, nunca en un título.
        assert hoja.rfind("Lunes") > hoja.rfind("Rubro")


def test_el_ultimo_renglon_del_indice_no_va_solo_en_su_hoja():
    uno = ApartadoArmado("I", "Uno", 1, (Parrafo("Empieza."),), ancla="uno")

    def entradas_por_hoja(cuantos: int) -> list[int]:
        hojas = textos(pdf.crear(Documento("x", Portada("Informe"), (uno, *incisos(cuantos)))))
        return [n for hoja in hojas[1:] if "Empieza." not in hoja and (n := len(re.findall(r"Rubro \d+", hoja)))]

    caben = entradas_por_hoja(80)[0]
    assert entradas_por_hoja(caben + 1)[1] >= 3


# ── grupos ───────────────────────────────────────────────────────────────────


def test_un_grupo_cortado_lo_dice_y_cierra_donde_termina():
    partes = partir(agrupada(), 10)
    assert [[(g.titulo, g.filas, bool(g.subtotales)) for g in p.grupos] for p in partes] == [
        [("Primero", 10, False)],
        [("Primero (continúa)", 5, True), ("Segundo", 5, False)],
        [("Segundo (continúa)", 10, True)],
    ]
    assert sum((p.filas for p in partes), ()) == agrupada().filas


def test_cada_celda_depende_de_su_columna_y_de_su_grupo():
    contenido = pdf.crear(documento(agrupada(6)))
    with pikepdf.open(io.BytesIO(contenido)) as libro:
        renglones = list(_de_clase(libro.Root.StructTreeRoot, "/TR"))
        claves = {str(th.ID): n for n, tr in enumerate(renglones) for th in _de_clase(tr, "/TH")}
        # Los del primer grupo van en el renglón 1 y los del segundo en el 6; los de columna, en el 0.
        de_quien = [[sorted(claves[str(h)] for h in td.A.Headers) for td in _de_clase(tr, "/TD")] for tr in renglones]
    assert de_quien[2] == [[0, 1], [0, 1]]
    assert de_quien[7] == [[0, 6], [0, 6]]
    assert faltas(contenido, "ua1") == []


def _de_clase(elemento, clase: str):
    hijos = elemento.get("/K", [])
    for hijo in hijos if isinstance(hijos, pikepdf.Array) else [hijos]:
        if isinstance(hijo, pikepdf.Dictionary) and "/S" in hijo:
            if str(hijo.S) == clase:
                yield hijo
            else:
                yield from _de_clase(hijo, clase)


def test_combinadas_en_la_ultima_columna_tambien_valen():
    """WeasyPrint les pierde la cuenta; «cabeceras» la corrige."""
    filas = tuple((n, date(2020, 10, n), f"Órgano {n // 4}") for n in range(1, 12))
    tabla = Tabla((Columna("No."), Columna("Fecha", "fecha"), Columna("Órgano")), filas, combinar=(2,))
    assert faltas(pdf.crear(documento(tabla)), "ua1") == []


def test_una_referencia_lleva_a_su_apartado_aunque_este_en_otra_pieza():
    hecho = documento(Referencia("Véase «Uno».", "uno"), Referencia("A ninguna parte.", "nadie"))
    assert html.cuerpo(hecho).count('href="#uno"') == 2  # el índice y la referencia
    contenido = pdf.crear(hecho)
    with pikepdf.open(io.BytesIO(contenido)) as libro:
        assert [str(n.Dest) for n in libro.pages[3].Annots] == ["uno"]
    assert faltas(contenido, "ua1") == []


@pytest.mark.parametrize("perfil", ["ua1", "2a"])
def test_una_imagen_lleva_su_texto_alternativo_y_vale(perfil):
    contenido = pdf.crear(documento(Imagen("Dos personas en un estrado", PNG, "Foro", "De la unidad.", 40)))
    assert faltas(contenido, perfil) == []
    with pikepdf.open(io.BytesIO(contenido)) as libro:
        assert "Dos personas en un estrado" in {str(f.Alt) for f in _de_clase(libro.Root.StructTreeRoot, "/Figure")}
    assert "Imagen 1. Foro" in " ".join(textos(contenido))


# ── Word ─────────────────────────────────────────────────────────────────────


def word(hecho: Documento) -> tuple[zipfile.ZipFile, str]:
    archivo = zipfile.ZipFile(io.BytesIO(docx.crear(hecho)))
    return archivo, archivo.read("word/document.xml").decode()


def test_el_indice_de_word_ya_trae_sus_renglones():
    _, cuerpo = word(documento(Parrafo("Hola.")))
    indice = cuerpo[cuerpo.index("TOC ") : cuerpo.index("</w:sdtContent>")]
    assert re.findall(r'w:anchor="(\w+)"', indice) == ["uno", "dos"]
    assert 'w:val="TOC1"' in indice
    assert "PAGEREF uno" in indice


def test_un_inciso_apaisado_tiene_su_seccion_y_la_hoja_vuelve_a_su_lugar():
    inciso = ApartadoArmado("A)", "Cuadro", 2, (agrupada(3),), ancla="cuadro", hoja="apaisada")
    hecho = documento(Parrafo("Antes."))
    hecho = Documento(
        "x", hecho.portada, (ApartadoArmado("I", "Uno", 1, (), (inciso,), ancla="uno"), hecho.apartados[1])
    )
    _, cuerpo = word(hecho)
    assert re.findall(r"<w:pgSz [^>]*>", cuerpo).count('<w:pgSz w:w="15840" w:h="12240" w:orient="landscape"/>') == 1
    assert cuerpo.rindex('w:orient="landscape"') < cuerpo.index("Antes.")
    hojas = PdfReader(io.BytesIO(pdf.crear(hecho))).pages
    assert [h.mediabox.width > h.mediabox.height for h in hojas][-2:] == [True, False]


def test_las_tablas_de_word_no_parten_renglones_y_sombrean_sus_grupos():
    _, cuerpo = word(documento(agrupada(4)))
    tabla = cuerpo[cuerpo.index("<w:tbl>") : cuerpo.index("</w:tbl>")]
    assert tabla.count("<w:tr>") == tabla.count("<w:cantSplit/>") == 10
    assert tabla.count('w:val="Agrupador"') == tabla.count('w:fill="E9E9ED"') == 2
    assert tabla.count('<w:rStyle w:val="Total"') == 6
    assert "w:tblHeader" in tabla


def test_los_encabezados_largos_de_una_matriz_van_girados():
    columnas = tuple(f"{n}ª sesión ordinaria" for n in range(1, 10))
    _, cuerpo = word(documento(Matriz("Instrumento", columnas, (("Convenio", ("X",) * 9),))))
    assert cuerpo.count('<w:textDirection w:val="btLr"/>') == 9


def test_un_apartado_seguido_no_tira_un_oficio():
    """En un oficio nada abre página, así que no hay salto que quitar."""
    uno = ApartadoArmado("I", "Uno", 1, (Parrafo("Hola."),), ancla="uno", hoja="seguida")
    _, cuerpo = word(Documento("x", Portada("Oficio"), (uno,), presentacion="oficio"))
    assert "Hola." in cuerpo
    assert "pageBreakBefore" not in cuerpo


def test_las_notas_de_word_son_notas_al_pie_de_verdad():
    archivo, cuerpo = word(documento(Parrafo("Hola.")))
    assert cuerpo.count("<w:footnoteReference ") == 2
    assert "La segunda sigue aquí." in re.sub(r"<[^>]+>", "", archivo.read("word/footnotes.xml").decode())
