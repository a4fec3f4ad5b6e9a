"""Las hojas de cálculo: lo que la gente sube de verdad, y que lo exportado vuelve a entrar igual."""

import io
import json
import re
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from openpyxl import Workbook, load_workbook

from vinculacion.directorio.models import Area, Organismo, ProcesoElectoral
from vinculacion.nucleo import hojas
from vinculacion.nucleo.hojas import celdas, lectura

pytestmark = pytest.mark.django_db


def como_csv(*lineas, codificacion="utf-8"):
    return io.BytesIO("\n".join(lineas).encode(codificacion))


def como_xlsx(*filas):
    libro = Workbook()
    for fila in filas:
        libro.active.append(fila)
    salida = io.BytesIO()
    libro.save(salida)
    return salida


def motivos(resultado):
    return [(e.fila, e.columna, e.motivo) for e in resultado.errores]


@pytest.fixture
def areas():
    return [
        Area.objects.create(nombre="Unidad Técnica de Archivo", siglas="UTAJ", clase="unidad"),
        Area.objects.create(nombre="Secretaría Ejecutiva", siglas="SE", clase="secretaria"),
    ]


@pytest.fixture
def persona():
    return get_user_model().objects.create_user("direccion", "direccion@ejemplo.example", "x")


# -- Celdas ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("widget", "entrada", "salida"),
    [
        (hojas.Fecha(), "05/10/2020", date(2020, 10, 5)),
        (hojas.Fecha(), " 5-10-2020 ", date(2020, 10, 5)),
        (hojas.Fecha(), "2020-10-05", date(2020, 10, 5)),
        (hojas.Fecha(), "2020-10-05 00:00:00", date(2020, 10, 5)),
        (hojas.Fecha(), "Jueves 1° de octubre de 2020", date(2020, 10, 1)),
        (hojas.Fecha(), datetime(2020, 10, 5), date(2020, 10, 5)),  # noqa: DTZ001
        (hojas.Fecha(), "", None),
        (hojas.Hora(), "17:30", time(17, 30)),
        (hojas.Hora(), "9:05 hrs", time(9, 5)),
        (hojas.Entero(), "1,765", 1765),
        (hojas.Entero(), 12.0, 12),
        (hojas.Entero(), "12.0", 12),
        (hojas.Entero(), "  ", None),
        (hojas.NumeroDecimal(), "1,234.50", Decimal("1234.50")),
        (hojas.NumeroDecimal(), 0.1, Decimal("0.1")),
        (hojas.SiNo(), "sí", True),
        (hojas.SiNo(), "NO", False),
        (hojas.SiNo(), True, True),
        (hojas.Opcion([("a", "Órgano"), ("b", "Otro")]), "organo", "a"),
        (hojas.Opcion([("a", "Órgano"), ("b", "Otro")]), "B", "b"),
        (hojas.Texto(), 5.0, "5"),
        (hojas.Texto(), "  hola\r\nadiós \x07", "hola\nadiós"),
        (hojas.Texto(), "'=1+1", "=1+1"),
        (hojas.Lista(), "uno; dos ;", ["uno", "dos"]),
        (hojas.Lista(de=hojas.Fecha()), "1/2/2020; 2020-02-03", ["2020-02-01", "2020-02-03"]),
        (hojas.Lista(de=hojas.Entero()), 3.0, [3]),
        (hojas.Pares(), "Personas: 46; Videos: 1,026", {"Personas": 46, "Videos": 1026}),
    ],
)
def test_celda_se_entiende_y_regresa(widget, entrada, salida):
    assert widget.clean(entrada) == salida
    assert widget.clean(widget.render(salida)) == salida


@pytest.mark.parametrize(
    ("widget", "entrada", "motivo"),
    [
        (hojas.Fecha(), "31/02/2020", "no existe en el calendario"),
        (hojas.Fecha(), "5/10/20", "dd/mm/aaaa"),
        (hojas.Fecha(), 44105.0, "es un número, no una fecha"),
        (hojas.Hora(), "25:00", "no es una hora"),
        (hojas.Entero(), "3.5", "no es un número entero"),
        (hojas.Entero(), 3.5, "no es un número entero"),
        (hojas.Entero(), "1,76", "no es un número entero"),
        (hojas.NumeroDecimal(), "12,5", "Use punto"),
        (hojas.NumeroDecimal(), "NaN", "no es un número"),
        (hojas.SiNo(), "quizá", "escriba Sí o No"),
        (hojas.Opcion([("a", "Unidad")]), "Unidda", '¿Quiso decir "Unidad"?'),
        (hojas.Pares(), "Personas 46", "Etiqueta: número"),
        (hojas.Pares(), "A: 1; A: 2", "repetida"),
    ],
)
def test_celda_que_no_se_entiende_lo_dice(widget, entrada, motivo):
    with pytest.raises(ValueError, match=re.escape(motivo)):
        widget.clean(entrada)


# -- Archivos -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("contenido", "motivo"),
    [
        (b"", "vacío"),
        (b"  \n\n", "vacío"),
        (b"%PDF-1.7 x", "PDF"),
        (b"MZ\x90\x00\x03\x00\x00", "programa"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Excel antiguo"),
        (b"PK\x03\x04 roto", "dañado"),
        (b"\x00\x01\x02\x03\x04", "no es una hoja"),
        (b"Nombre,Siglas", "ninguna fila"),
        (b"Nombre,Siglas\nA,B,C", "no tiene encabezado"),
        (b"Color,Sabor\nA,B", "ninguna columna coincide"),
        (b"Nombre,Siglaz\nA,B", "¿Quiso decir «Siglas»?"),
        (b"Nombre,nombre\nA,B", "repetida"),
        (b"Siglas\nA", "Falta la columna «Nombre»"),
        (b'Nombre,Clase\nA,"unidad', None),
    ],
)
def test_archivo_que_no_sirve(contenido, motivo):
    resultado = hojas.importar_archivo("areas", io.BytesIO(contenido), nombre="x.xlsx")
    if motivo is None:
        assert resultado.correcto
        return
    assert not resultado.correcto
    assert motivo in " ".join(e.motivo for e in resultado.errores)
    assert not Area.objects.exists()


def test_un_docx_no_es_una_hoja():
    import zipfile

    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w") as paquete:
        paquete.writestr("word/document.xml", "<x/>")
    resultado = hojas.importar_archivo("areas", salida, nombre="x.xlsx")
    assert "Word" in resultado.errores[0].motivo


def test_un_xlsx_recortado_esta_danado():
    entero = como_xlsx(["Nombre", "Clase"], ["A", "Unidad técnica"]).getvalue()
    resultado = hojas.importar_archivo("areas", io.BytesIO(entero[: len(entero) // 2]))
    assert "dañado" in resultado.errores[0].motivo


def test_una_celda_perdida_no_agota_la_memoria():
    libro = Workbook()
    libro.active.append(["Nombre", "Clase"])
    libro.active["A1048576"] = "x"
    salida = io.BytesIO()
    libro.save(salida)
    assert "1048576" in hojas.importar_archivo("areas", salida).errores[0].motivo


def test_topes_de_filas_y_de_peso(settings):
    settings.HOJAS_MAX_FILAS = 2
    muchas = como_csv("Nombre,Clase", *[f"Área {n},Unidad técnica" for n in range(3)])
    assert "3 filas" in hojas.importar_archivo("areas", muchas).errores[0].motivo
    settings.HOJAS_MAX_BYTES = 10
    assert "MB" in hojas.importar_archivo("areas", muchas).errores[0].motivo


@pytest.mark.parametrize("codificacion", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separador", [",", ";", "\t"])
def test_csv_de_cualquier_programa(codificacion, separador):
    texto = separador.join(["NOMBRE", "siglas", "Clase"]) + "\r\n"
    texto += separador.join(['" Unidad de Ñandú "', "UÑ", "unidad TECNICA"])
    resultado = hojas.importar_archivo("areas", io.BytesIO(texto.encode(codificacion)))
    assert resultado.correcto, resultado.errores
    assert Area.objects.get().nombre == "Unidad de Ñandú"


# -- Importar -------------------------------------------------------------------------------------


def test_nuevo_cambia_igual_y_no_deja_historia_de_mas(areas, persona):
    hoja = [
        ["Nombre", "Siglas", "Clase", "Depende de"],
        ["Unidad Técnica de Archivo", "UTAJ", "Unidad técnica", "SE"],
        ["Secretaría Ejecutiva", "SE", "Secretaría", None],
        ["Dirección de Vinculación", "DV", "Dirección ejecutiva", "utaj"],
    ]
    resultado = hojas.importar_archivo("areas", como_xlsx(*hoja), por=persona, nombre="áreas.xlsx")
    assert resultado.correcto, resultado.errores
    assert (resultado.nuevos, resultado.cambiados, resultado.iguales) == (1, 1, 1)
    assert [f.estado for f in resultado.detalle] == ["cambia", "igual", "nuevo"]
    assert resultado.detalle[0].cambios == (("Depende de", "", "SE"),)
    nueva = Area.objects.get(siglas="DV")
    assert nueva.padre.siglas == "UTAJ"
    marca = nueva.history.get()
    assert (marca.history_user, marca.history_change_reason) == (persona, "Importación de áreas.xlsx")

    antes = Area.history.count()
    otra = hojas.importar_archivo("areas", como_xlsx(*hoja), por=persona)
    assert (otra.nuevos, otra.cambiados, otra.iguales) == (0, 0, 3)
    assert Area.history.count() == antes


def test_simular_no_guarda(areas):
    resultado = hojas.importar_archivo("areas", como_csv("Nombre,Clase", "Nueva,Oficina"), simular=True)
    assert resultado.correcto and resultado.nuevos == 1
    assert Area.objects.count() == 2 and Area.history.count() == 2


def test_todos_los_errores_de_una_vez_y_nada_guardado(areas):
    resultado = hojas.importar_archivo(
        "areas",
        como_csv(
            "Nombre,Siglas,Clase,Depende de,Activa",
            "Buena,B,Oficina,,Sí",
            "Mala,M,Ofisina,UTAI,quizá",
            "",
            ",,Oficina,,",
            "Otra,B2,Oficina,,",
            "otra,B3,Oficina,,",
            "Repite siglas,UTAJ,Oficina,,",
        ),
    )
    assert motivos(resultado) == [
        (3, "Clase", resultado.errores[0].motivo),
        (3, "Depende de", 'No existe "UTAI". ¿Quiso decir "UTAJ"?'),
        (3, "Activa", "«quizá» no se entiende: escriba Sí o No."),
        (5, "Nombre", "Falta este dato: es obligatorio."),
        (5, "", "Falta la clave que identifica el registro (Nombre)."),
        (7, "", "Las filas 6 y 7 tienen la misma clave (Nombre)."),
        (8, "", "Ya hay un área con esas siglas."),
    ]
    assert resultado.errores[0].valor == "Ofisina"
    assert '¿Quiso decir "Oficina"?' in resultado.errores[0].motivo
    assert Area.objects.count() == 2 and Area.history.count() == 2


def test_columna_obligatoria_ausente_se_dice_una_vez(areas):
    resultado = hojas.importar_archivo("areas", como_csv("Nombre", "Una", "Dos"))
    assert motivos(resultado) == [(1, "", "Para registros nuevos faltan columnas obligatorias: «Clase».")]
    # Para cambiar lo que ya existe no hace falta.
    parcial = hojas.importar_archivo("areas", como_csv("Siglas,Nombre", "SEJ,Secretaría Ejecutiva"))
    assert parcial.correcto and parcial.cambiados == 1
    assert Area.objects.get(siglas="SEJ").clase == "secretaria"


def test_el_superior_que_no_entro_dice_en_que_fila_esta(areas):
    resultado = hojas.importar_archivo(
        "areas", como_csv("Nombre,Clase,Depende de", "Hija,Oficina,Madre", "Madre,No existe,", "Otra,Oficina,Nadie")
    )
    por_fila = {fila: motivo for fila, columna, motivo in motivos(resultado) if columna == "Depende de"}
    assert por_fila[2] == '"Madre" está en la fila 3, que no puede entrar: tiene un error o deriva de ésta.'
    assert "fila" not in por_fila[4]


def test_el_superior_puede_venir_despues(areas):
    resultado = hojas.importar_archivo(
        "areas",
        como_csv("Nombre,Clase,Depende de", "Nieta,Oficina,Hija", "Hija,Oficina,Madre", "Madre,Oficina,"),
    )
    assert resultado.correcto, resultado.errores
    assert Area.objects.get(nombre="Nieta").padre.padre.nombre == "Madre"
    assert [f.fila for f in resultado.detalle] == [2, 3, 4]


def test_nombre_ambiguo_y_nombre_anterior():
    for nombre in ("Instituto A", "Instituto B"):
        Organismo.objects.create(nombre=nombre, siglas="IX", clase="ople", ambito="local")
    hoja = "Nombre,Clase,Ámbito,Forma parte de"
    ambiguo = hojas.importar_archivo("organismos", como_csv(hoja, "C,OPLE,Local,IX"))
    assert "puede ser más de uno" in ambiguo.errores[0].motivo
    assert "IX = Instituto A" in ambiguo.errores[0].motivo
    con_anteriores = hojas.importar_archivo(
        "organismos",
        como_csv("Nombre,Nombres anteriores", "Instituto A,Junta Vieja [JV] (- 31/12/2010)"),
    )
    assert con_anteriores.correcto, con_anteriores.errores
    assert con_anteriores.cambiados == 1
    resultado = hojas.importar_archivo("organismos", como_csv(hoja, "C,OPLE,Local,jv"))
    assert resultado.correcto, resultado.errores
    assert Organismo.objects.get(nombre="C").padre.nombre == "Instituto A"


def test_validaciones_del_modelo():
    resultado = hojas.importar_archivo(
        "procesos",
        como_csv("clave,nombre,clase,inicio,jornada", "pel-2021,PEL,Proceso electoral,06/06/2021,07/09/2020"),
    )
    assert motivos(resultado) == [(2, "Jornada", "Es anterior a la fecha de inicio.")]


def test_consultas_constantes_por_fila(django_assert_max_num_queries):
    def hoja(n):
        return como_csv("Nombre,Siglas,Clase", *[f"Área {i},A{i},Oficina" for i in range(n)])

    hojas.importar_archivo("areas", hoja(30))
    with django_assert_max_num_queries(100):  # 30 iguales: sólo los puntos de retorno
        hojas.importar_archivo("areas", hoja(30))


class PaginasConLimites:
    """Lo que una sala impondría: sólo oficinas a la vista, y las inactivas no se editan."""

    def consulta(self, usuario):
        return Area.objects.filter(clase="oficina")

    def impedimentos_para_editar(self, objeto, usuario):
        return [] if objeto.activa else ["Está cerrada."]


def test_la_hoja_respeta_los_limites_de_la_pagina(areas, persona):
    Area.objects.create(nombre="Cerrada", clase="oficina", activa=False)
    Area.objects.create(nombre="Abierta", clase="oficina")
    texto = como_csv(
        "Nombre,Clase,Activa",
        "Secretaría Ejecutiva,Oficina,Sí",
        "Cerrada,Oficina,Sí",
        "Abierta,Oficina,No",
        "Ajena,Unidad técnica,Sí",
    )
    resultado = hojas.importar_archivo("areas", texto, por=persona, paginas=PaginasConLimites())
    assert [(e.fila, e.motivo[:22]) for e in resultado.errores] == [
        (2, "Ese registro ya existe"),
        (3, "Está cerrada."),
        (5, "No puede guardar este "),
    ]
    assert Area.objects.get(nombre="Abierta").activa


# -- Escribir -------------------------------------------------------------------------------------


def test_la_exportacion_no_lleva_formulas():
    Area.objects.create(nombre='=HYPERLINK("http://malo.example")', siglas="+52", clase="oficina")
    consulta = Area.objects.all()
    texto = hojas.exportar(hojas.recurso_por_clave("areas"), consulta, "csv").decode("utf-8-sig")
    assert "'=HYPERLINK" in texto and "'+52" in texto
    libro = load_workbook(io.BytesIO(hojas.exportar(hojas.recurso_por_clave("areas"), consulta, "xlsx")))
    assert all(c.data_type != "f" for fila in libro.active.iter_rows() for c in fila)
    for formato in ("csv", "xlsx"):
        contenido = hojas.exportar(hojas.recurso_por_clave("areas"), consulta, formato)
        vuelta = hojas.importar_archivo("areas", io.BytesIO(contenido))
        assert vuelta.correcto and vuelta.iguales == 1


@pytest.mark.parametrize("clave", sorted(hojas.descubrir()))
def test_plantilla_se_abre_y_explica(clave):
    recurso = hojas.recurso_por_clave(clave)
    libro = load_workbook(io.BytesIO(hojas.plantilla(recurso)))
    datos = libro["Datos"]
    titulos = [c.column_name for c in recurso().columnas().values() if not c.readonly]
    assert [c.value for c in datos[1]] == titulos
    assert datos.freeze_panes == "A2" and all(c.font.bold and c.comment for c in datos[1])
    assert libro["Instrucciones"].max_row > len(titulos)
    assert "ninguna fila" in hojas.importar_archivo(clave, io.BytesIO(hojas.plantilla(recurso))).errores[0].motivo


def ida_y_vuelta():
    """Lo exportado de cada recurso vuelve a entrar y no cambia nada."""
    for clave, recurso in sorted(hojas.descubrir().items()):
        consulta = recurso().get_queryset()
        cuantos = consulta.count()
        if not cuantos:
            continue
        for formato in ("csv", "xlsx"):
            contenido = hojas.exportar(recurso, consulta, formato)
            resultado = hojas.importar_archivo(clave, io.BytesIO(contenido), nombre=f"{clave}.{formato}")
            assert not resultado.errores, (clave, formato, [str(e) for e in resultado.errores[:5]])
            cambian = [f for f in resultado.detalle if f.estado != "igual"]
            assert not cambian, (clave, formato, cambian[:3])
            assert resultado.iguales == cuantos


def test_ida_y_vuelta_del_directorio(areas):
    madre = Organismo.objects.create(nombre="Ñ & Cía", clase="empresa", ambito="local")
    Organismo.objects.create(nombre="Aa, hija", siglas="AH", clase="ople", ambito="nacional", padre=madre)
    madre.nombres.create(nombre="Vieja", siglas="V", desde=date(2000, 1, 1), hasta=date(2010, 1, 1))
    ProcesoElectoral.objects.create(clave="p", nombre="P", clase="electoral", inicio=date(2020, 9, 1))
    ida_y_vuelta()


# -- Órdenes --------------------------------------------------------------------------------------


def test_orden_importar(tmp_path, capsys, areas, persona):
    buena = tmp_path / "areas.csv"
    buena.write_text("Nombre,Clase\nNueva,Oficina\n")
    call_command("importar", "areas", str(buena), "--simular", "--json")
    datos = json.loads(capsys.readouterr().out)
    assert datos["correcto"] and datos["nuevos"] == 1 and datos["simulado"]
    call_command("importar", "areas", str(buena), usuario="direccion")
    assert Area.objects.get(nombre="Nueva").history.get().history_user == persona
    buena.write_text("Nombre,Clase\nOtra,Ofisina\n")
    with pytest.raises(CommandError, match="1 error"):
        call_command("importar", "areas", str(buena))
    assert "Fila 2, columna «Clase»" in capsys.readouterr().err
    with pytest.raises(CommandError, match="1 error"):
        call_command("importar", "areas", str(tmp_path / "no.csv"))
    with pytest.raises(CommandError, match='¿Quiso decir "areas"'):
        call_command("importar", "aeras", str(buena))
    with pytest.raises(CommandError, match="No existe el usuario"):
        call_command("importar", "areas", str(buena), usuario="nadie")


def test_orden_plantilla(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    call_command("plantilla", "areas")
    assert load_workbook(tmp_path / "areas.xlsx").sheetnames[0] == "Datos"
    call_command("plantilla", "areas", salida="a.csv")
    assert (tmp_path / "a.csv").read_text("utf-8-sig").startswith("Nombre,Siglas")
    capsys.readouterr()
    call_command("plantilla", "areas", salida="-")
    assert capsys.readouterr().out.startswith("Nombre,Siglas")
    with pytest.raises(CommandError, match=r"\.xlsx o \.csv"):
        call_command("plantilla", "areas", salida="a.txt")


def test_parecido_no_propone_disparates():
    assert celdas.parecido("UTAI", ["UTAJ", "SE"]) == "UTAJ"
    assert celdas.parecido("zzzz", ["UTAJ", "SE"]) is None
    assert celdas.parecido("Universidad Inexistente", ["INE", "IEEM"]) is None
    assert lectura.vacia("  ") and not lectura.vacia(0)


def test_hoja_de_personas_sin_contrasenas(persona, areas):
    hoja = como_csv(
        "Usuario,Correo electrónico,Papel,Área",
        "nueva,nueva@ejemplo.example,consejeria,",
        "enlace,enlace@ejemplo.example,Área,utaj",
    )
    resultado = hojas.importar_archivo("usuarios", hoja, por=persona)
    assert resultado.correcto, resultado.errores
    nueva = get_user_model().objects.get(username="nueva")
    assert not nueva.has_usable_password() and "Consejería" in nueva.papeles
    assert nueva.history.get().history_user == persona
    assert hojas.importar_archivo("usuarios", hoja, por=persona).iguales == 2
    contenido = hojas.exportar(hojas.recurso_por_clave("usuarios"), get_user_model().objects.all(), "csv")
    assert b"pbkdf2" not in contenido and b"argon" not in contenido
    mal = hojas.importar_archivo("usuarios", como_csv("Usuario,Correo electrónico,Papel", "x,x@e.example,Área"))
    assert [e.columna for e in mal.errores] == ["Área"] and "necesita un área" in mal.errores[0].motivo
