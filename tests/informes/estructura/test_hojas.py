"""El árbol y sus secciones en hojas de cálculo: lo que sale vuelve a entrar, y lo roto se dice junto a su fila."""

import csv
import io
from urllib.parse import unquote

import pytest
from django.core.management import call_command
from django.urls import reverse
from openpyxl import Workbook

from informes.acciones import guardar_uso
from informes.estados import EstadoDeInforme, Numeracion
from informes.estructura import consultas
from informes.estructura.acciones import guardar_imagen
from informes.estructura.imagenes import limpia
from informes.models import Apartado, ImagenDeApartado, Informe, Plantilla, UsoDeSeccion
from tests.fabricas import comision as de_comision
from tests.fabricas import estructura
from tests.fabricas import informes as fabrica
from tests.fabricas.personas import persona
from vinculacion.comision.models import Tema
from vinculacion.nucleo import hojas

pytestmark = pytest.mark.django_db
MODELO = "django.contrib.auth.backends.ModelBackend"
APARTADOS = ("Documento", "Lugar", "Título")
SECCIONES = ("Documento", "Apartado", "Orden", "Sección", "Parámetros")
TODOS = ("plantillas_de_informe", "informes", "apartados", "secciones_de_apartado")


def importa(clave, encabezados, *filas, codificacion="utf-8", **mas):
    salida = io.StringIO(newline="")
    csv.writer(salida).writerows([encabezados, *filas])
    return hojas.importar_archivo(clave, io.BytesIO(salida.getvalue().encode(codificacion)), nombre="h.csv", **mas)


def motivos(resultado):
    return [(e.fila, e.columna, e.motivo) for e in resultado.errores]


def exporta(clave, formato="csv"):
    recurso = hojas.descubrir()[clave]
    return hojas.exportar(recurso, recurso().get_queryset(), formato)


@pytest.fixture
def informe():
    informe = fabrica.informe()
    primero = fabrica.apartado(informe, "Resultados", numeracion=Numeracion.ROMANO)
    fabrica.apartado(informe, "Sesiones", primero, numeracion=Numeracion.MAYUSCULA, narrativa="- Tres\n- Cuatro")
    fabrica.apartado(informe, "Convenios", primero, numeracion=Numeracion.MINUSCULA, en_indice=False)
    fabrica.apartado(informe, "Pendientes", numeracion=Numeracion.NINGUNA, hoja="apaisada")
    return informe


def pon(informe, ruta, seccion="comision.sesiones_celebradas", **mas) -> UsoDeSeccion:
    return guardar_uso(uso=UsoDeSeccion(apartado=en(informe, ruta), seccion=seccion, **mas), por=None)


def en(informe, ruta) -> Apartado:
    hondo = ".".join(f"{int(p):05}" for p in ruta.split("."))
    return consultas.apartados().get(documento_escrito=f"informe:{informe.clave}", ruta=hondo)


def arbol_dicho(documento):
    ruta = hojas.descubrir()["apartados"]().fields["ruta"].widget
    suyos = consultas.apartados().filter(**{documento._meta.model_name: documento})
    return [f"{ruta.render(a.ruta)} {a.titulo}" for a in suyos]


# -- Ida y vuelta ---------------------------------------------------------------------------------


@pytest.mark.parametrize("formato", ["csv", "xlsx"])
def test_lo_que_sale_arma_otra_vez_el_mismo_documento(informe, formato):
    Tema.objects.create(nombre="Convenios; actos")
    pon(informe, "1.1", titulo="Sesiones", parametros={"tipo": "ordinaria"}, lugar="anexo", texto_previo="Antes.")
    pon(
        informe,
        "1.1",
        "comision.puntos_presentados",
        parametros={"con_tramite": True, "tema": "Convenios; actos"},
        presentacion={
            "columnas": [{"titulo": "Fecha", "encabezado": "Día", "ancho": 20}, {"titulo": "Punto"}],
            "orden": [{"columna": "Fecha", "descendente": True}],
            "combinar": ["Fecha"],
            "notas": ["Una.", "Otra."],
            "totales": True,
        },
    )
    pon(informe, "1.2", "convenios.suscritos", parametros={"columnas": ["vigencia", "folio"]})
    salen = {clave: exporta(clave, formato) for clave in TODOS}
    guardado = list(consultas.usos().values_list("ruta", "orden", "seccion", "parametros", "presentacion", "lugar"))
    historia = Apartado.history.count(), UsoDeSeccion.history.count()
    for clave in TODOS[1:]:
        otra = hojas.importar_archivo(clave, io.BytesIO(salen[clave]), nombre=f"h.{formato}")
        assert otra.correcto and otra.iguales == otra.filas, (clave, motivos(otra))
    assert (Apartado.history.count(), UsoDeSeccion.history.count()) == historia
    Informe.objects.all().delete()
    for clave in TODOS[1:]:
        nueva = hojas.importar_archivo(clave, io.BytesIO(salen[clave]), nombre=f"h.{formato}")
        assert nueva.correcto and nueva.nuevos == nueva.filas, (clave, motivos(nueva))
        assert exporta(clave, formato) == salen[clave] or formato == "xlsx"
    despues = list(consultas.usos().values_list("ruta", "orden", "seccion", "parametros", "presentacion", "lugar"))
    assert despues == guardado


def test_la_plantilla_de_cada_hoja_dice_sus_columnas():
    for clave in TODOS:
        call_command("plantilla", clave, salida="-")
        assert hojas.plantilla(hojas.descubrir()[clave])


def test_diez_hermanos_van_en_su_orden_y_cuestan_lo_mismo(informe, django_assert_max_num_queries):
    filas = [["informe:trimestral-2020-4", f"2.{n}", f"Inciso {n}"] for n in range(1, 13)]
    resultado = importa("apartados", APARTADOS, *reversed(filas))
    assert resultado.correcto and resultado.nuevos == 12
    assert arbol_dicho(informe)[4:] == [f"2.{n} Inciso {n}" for n in range(1, 13)]
    with django_assert_max_num_queries(45):  # doce iguales: sólo los puntos de retorno
        assert importa("apartados", APARTADOS, *filas).iguales == 12


# -- Apartados ------------------------------------------------------------------------------------


def test_crea_y_cambia_por_documento_y_lugar(informe):
    quien = persona()
    resultado = importa(
        "apartados",
        (*APARTADOS, "Numeración", "Narrativa"),
        ["trimestral-2020-4", "1.2", "Instrumentos", "a), b), c)", "Hay {{ convenios.suscritos }}."],
        ["informe:trimestral-2020-4", "3", "Anexos", "A), B), C)", ""],
        ["Informe: trimestral-2020-4", "3.1", "Fotografías", "", ""],
        por=quien,
    )
    assert resultado.correcto, motivos(resultado)
    assert (resultado.nuevos, resultado.cambiados) == (2, 1)
    assert arbol_dicho(informe) == [
        "1 Resultados", "1.1 Sesiones", "1.2 Instrumentos", "2 Pendientes", "3 Anexos", "3.1 Fotografías",
    ]  # fmt: skip
    assert en(informe, "3").numeracion == Numeracion.MAYUSCULA and en(informe, "1.2").numeracion == Numeracion.MINUSCULA
    assert en(informe, "3.1").numeracion == Numeracion.NINGUNA and en(informe, "3.1").en_indice
    assert en(informe, "3").history.first().history_user == quien


def test_los_arboles_rotos_se_dicen_junto_a_su_fila(informe):
    doc = "informe:trimestral-2020-4"
    resultado = importa(
        "apartados",
        APARTADOS,
        [doc, "5.1", "Huérfano"],
        [doc, "4", "Salta"],
        [doc, "1.x", "Ilegible"],
        [doc, "0.1", "Desde cero"],
        [doc, "1.1.1.1.1.1.1.1.1.1", "Diez niveles"],
        [doc, "3", ""],
        [doc, "3.1", "Cuelga de la anterior"],
        ["informe:trimestral-2020", "1", "De nadie"],
        [doc, "1.2", "Uno"],
        [doc, "1.2.", "Repetido"],
    )
    dicho = {fila: f"{columna}: {motivo}" for fila, columna, motivo in motivos(resultado)}
    assert dicho[2] == "Lugar: No hay un apartado 5 que lo contenga."
    assert dicho[3] == "Lugar: Antes va el 3, que está en la fila 7 y no puede entrar."
    assert dicho[4].startswith("Lugar: «1.x» no es un lugar del árbol") and dicho[5].startswith("Lugar: «0.1»")
    assert dicho[6] == "Lugar: El árbol admite hasta 9 niveles y «1.1.1.1.1.1.1.1.1.1» tiene 10."
    assert dicho[7] == "Título: Falta este dato: es obligatorio."
    assert dicho[8] == "Lugar: Antes va el 3, que está en la fila 7 y no puede entrar."
    assert '¿Quiso decir "informe:trimestral-2020-4"?' in dicho[9]
    assert dicho[11] == ": Las filas 10 y 11 tienen la misma clave (Documento + Lugar)."
    assert set(dicho) == {2, 3, 4, 5, 6, 7, 8, 9, 11} and informe.apartados.count() == 4


def test_un_salto_dice_cual_sigue(informe):
    resultado = importa("apartados", APARTADOS, ["trimestral-2020-4", "1.4", "Salta"])
    assert motivos(resultado) == [(2, "Lugar", "Se salta números: el que sigue ahí es el 1.3.")]


def test_un_lugar_guardado_como_numero_no_se_adivina(informe):
    libro = Workbook()
    for fila in (APARTADOS, ["trimestral-2020-4", 1.1, "Sesiones"], ["trimestral-2020-4", 2, "Pendientes"]):
        libro.active.append(fila)
    salida = io.BytesIO()
    libro.save(salida)
    resultado = hojas.importar_archivo("apartados", salida, nombre="h.xlsx")
    assert [e.fila for e in resultado.errores] == [2] and "formato de texto" in resultado.errores[0].motivo


def test_las_cifras_rotas_y_lo_de_otro_nombre(informe):
    resultado = importa(
        "apartados",
        (*APARTADOS, "Narrativa", "Numeración", "Acción de la que da cuenta"),
        ["trimestral-2020-4", "2", "Pendientes", "{{ no.existe }}", "I, II, III", ""],
        ["trimestral-2020-4", "1", "Resultados", "", "Griego", "pat-1999:1A"],
    )
    columnas = {(e.fila, e.columna) for e in resultado.errores}
    assert columnas == {(2, "Narrativa"), (3, "Numeración"), (3, "Acción de la que da cuenta")}


def test_recorrer_los_renglones_llama_la_atencion(informe):
    doc = "trimestral-2020-4"
    resultado = importa(
        "apartados", APARTADOS, [doc, "1.1", "Nuevo"], [doc, "1.2", "Sesiones"], [doc, "1.3", "Convenios"], simular=True
    )
    assert resultado.correcto and [r.fila for r in resultado.rarezas] == [3]
    todo = importa(
        "apartados",
        APARTADOS,
        [doc, "1", "Resultados"],
        [doc, "1.1", "Convenios"],
        [doc, "1.2", "Sesiones"],
        simular=True,
    )
    assert [(r.fila, r.columna) for r in todo.rarezas] == [(3, "Título"), (4, "Título")]


@pytest.mark.parametrize("codificacion", ["cp1252", "utf-16", "utf-8-sig"])
def test_se_entiende_aunque_excel_la_guarde_a_su_modo(informe, codificacion):
    resultado = importa(
        "apartados", APARTADOS, ["trimestral-2020-4", "1.1", "Sesión pública"], codificacion=codificacion
    )
    assert resultado.correcto and en(informe, "1.1").titulo == "Sesión pública"


def test_lo_que_no_es_texto_se_dice():
    resultado = hojas.importar_archivo("apartados", io.BytesIO(b"\x00\x01\x02\x80" * 50), nombre="h.csv")
    assert "no es una hoja de cálculo" in resultado.errores[0].motivo


def test_un_informe_congelado_no_se_toca(informe):
    pon(informe, "1.1")
    Informe.objects.update(estado=EstadoDeInforme.PUBLICADO)
    doc = "trimestral-2020-4"
    for resultado in (
        importa("apartados", APARTADOS, [doc, "1.1", "Otro título"], [doc, "3", "Nuevo"]),
        importa("secciones_de_apartado", SECCIONES, [doc, "1.1", "1", "comision.asistencia", ""]),
        importa("informes", ("Clave", "Título"), [doc, "Otro título"]),
    ):
        assert resultado.errores and all("aprobado" in e.motivo for e in resultado.errores)
    assert importa("apartados", APARTADOS, [doc, "1.1", "Sesiones"]).iguales == 1


def test_una_celda_que_llego_al_tope_de_excel_no_entra(informe):
    libro = Workbook()
    for fila in ((*APARTADOS, "Narrativa"), ["trimestral-2020-4", "1.1", "Sesiones", "x" * 32767]):
        libro.active.append(fila)
    salida = io.BytesIO()
    libro.save(salida)
    resultado = hojas.importar_archivo("apartados", salida, nombre="h.xlsx")
    assert "CSV" in resultado.errores[0].motivo and en(informe, "1.1").narrativa == "- Tres\n- Cuatro"


# -- Secciones ------------------------------------------------------------------------------------


def test_una_seccion_nueva_queda_como_la_guardaria_la_pantalla(informe):
    Tema.objects.create(nombre="Informes")
    resultado = importa(
        "secciones_de_apartado",
        (*SECCIONES, "Dónde va", "Columnas", "Ordenar por", "Subtotales"),
        [
            "trimestral-2020-4", "1.1", "3", "Puntos presentados a la comisión", "También los de trámite: sí; tema: Informes",
            "Como anexo, al final", "Punto = Asunto [60 %]\nFecha", "Fecha (de mayor a menor)", "Sí",
        ],
    )  # fmt: skip
    assert resultado.correcto, motivos(resultado)
    uso = UsoDeSeccion.objects.get()
    assert (uso.seccion, uso.orden, uso.lugar) == ("comision.puntos_presentados", 2, "anexo")
    assert uso.parametros == {"con_tramite": True, "tema": "Informes"}
    assert uso.presentacion == {
        "columnas": [{"titulo": "Punto", "encabezado": "Asunto", "ancho": 60}, {"titulo": "Fecha"}],
        "orden": [{"columna": "Fecha", "descendente": True}],
        "subtotales": True,
    }


def test_las_filas_malas_de_secciones(informe):
    foto = ImagenDeApartado(apartado=en(informe, "2"), alternativo="Foto")
    guardar_imagen(imagen=foto, contenido=limpia(estructura.imagen()), por=None)
    doc = "trimestral-2020-4"
    resultado = importa(
        "secciones_de_apartado",
        (*SECCIONES, "Columnas"),
        [doc, "1.1", "1", "comision.sesiones", "", ""],
        [doc, "1.1", "2", "comision.sesiones_celebradas", "tipos: ordinaria", ""],
        [doc, "1.1", "3", "comision.sesiones_celebradas", "tipo: solemne", ""],
        [doc, "1.9", "1", "comision.calendario", "", ""],
        [doc, "2", "1", "comision.calendario", "", ""],
        [doc, "1.2", "0", "comision.calendario", "", ""],
        [doc, "1.2", "1", "programas.avance", "", ""],
        [doc, "1.2", "2", "programas.avance", "programa", ""],
        [doc, "1.2", "3", "comision.calendario", "tipo: ordinaria", ""],
        [doc, "1.2", "4", "comision.calendario", "", "Fecha [900 %]"],
    )
    dicho = [(fila, columna) for fila, columna, _ in motivos(resultado)]
    assert dicho == [
        (2, "Sección"), (3, "Parámetros"), (4, "Parámetros"), (5, "Apartado"), (6, "orden"), (7, "Orden"),
        (8, "Parámetros"), (9, "Parámetros"), (10, "Parámetros"), (11, "Columnas"),
    ]  # fmt: skip
    por_fila = {fila: motivo for fila, _, motivo in motivos(resultado)}
    assert "¿Quiso decir" in por_fila[2] and '¿Quiso decir "tipo"?' in por_fila[3]
    assert "no lleva ninguno" in por_fila[10] and not UsoDeSeccion.objects.exists()


def test_una_columna_que_la_seccion_no_da(informe):
    de_comision.trimestre(informe.comision)
    fila = ["trimestral-2020-4", "1.1", "1", "comision.sesiones_celebradas", "formato: renglones"]
    encabezados = (*SECCIONES, "Columnas", "Agrupar por")
    malas = importa("secciones_de_apartado", encabezados, [*fila, "Fechas\nAsunto", "Tampoco"])
    assert {e.columna for e in malas.errores} == {"Columnas", "Agrupar por"}, motivos(malas)
    assert '¿Quiso decir "Fecha"?' in malas.errores[0].motivo
    assert importa("secciones_de_apartado", encabezados, [*fila, "Fecha = Día", ""]).nuevos == 1
    UsoDeSeccion.objects.update(presentacion={"columnas": [{"titulo": "Ya no está"}]})
    otra = importa("secciones_de_apartado", encabezados, [*fila, "Ya no está\nFecha", ""])
    assert otra.correcto and otra.cambiados == 1  # lo que ya nombraba se respeta: el informe dice que falta


def test_cambiar_el_titulo_no_reescribe_los_parametros(informe):
    uso = pon(informe, "1.1", "comision.puntos_presentados", parametros={"con_tramite": True}, presentacion={"raro": 1})
    resultado = importa(
        "secciones_de_apartado",
        (*SECCIONES, "Título de la tabla"),
        ["trimestral-2020-4", "1.1", "1", "comision.puntos_presentados", "con_tramite: Sí", "Los puntos"],
    )
    assert resultado.correcto and resultado.cambiados == 1, motivos(resultado)
    uso.refresh_from_db()
    assert (uso.titulo, uso.parametros, uso.presentacion) == ("Los puntos", {"con_tramite": True}, {"raro": 1})


# -- Informes -------------------------------------------------------------------------------------


def test_un_informe_nuevo_nace_con_los_apartados_de_su_plantilla():
    fabrica.plantilla(titulos=("Introducción", "Resultados"))
    comision = fabrica.comision()
    encabezados = ("Clave", "Título", "Plantilla de la que parte", "Del", "Al", "Comisión")
    fila = ["t-1", "Primero", "trimestral", "01/01/2024", "31/03/2024", comision.siglas]
    assert importa("informes", encabezados, fila).nuevos == 1
    assert arbol_dicho(Informe.objects.get()) == ["1 Introducción", "2 Resultados"]
    assert importa("informes", encabezados, fila).iguales == 1
    fabrica.plantilla("otra")
    fila[2] = "otra"
    assert motivos(importa("informes", encabezados, fila)) == [
        (2, "Plantilla de la que parte", "Los apartados ya se copiaron: la plantilla de un informe no cambia.")
    ]
    fila[2:5] = ["trimestral", "01/04/2024", "31/03/2024"]
    assert [e.columna for e in importa("informes", encabezados, fila).errores] == ["Al"]


# -- Páginas --------------------------------------------------------------------------------------


def test_quien_edita_baja_e_importa_desde_el_documento_y_vuelve_a_el(client, informe):
    client.force_login(estructura.editora(), backend=MODELO)
    pagina = client.get(informe.get_absolute_url()).content.decode()
    bajar = reverse("informes:informe_hoja", args=[informe.pk, "apartados", "csv"])
    subir = f"{reverse('informes:apartado_importar')}?siguiente={informe.get_absolute_url()}"
    assert bajar in pagina and subir in pagina
    hoja = client.get(bajar).content.decode("utf-8-sig").replace("Pendientes", "Lo que falta")
    archivo = io.BytesIO(hoja.encode())
    archivo.name = "apartados.csv"
    ensayo = client.post(subir, {"archivo": archivo})
    assert "siguiente=" in ensayo["Location"]
    assert "Lo que falta" in client.get(ensayo["Location"]).content.decode()
    ficha = ensayo["Location"].split("ficha=")[1].split("&")[0]
    final = client.post(ensayo["Location"], {"ficha": unquote(ficha)})
    assert final["Location"] == informe.get_absolute_url()
    assert en(informe, "2").titulo == "Lo que falta"


def test_quien_solo_lee_baja_y_no_importa(client, informe):
    client.force_login(persona("informes.view_informe", "informes.view_apartado"), backend=MODELO)
    pagina = client.get(informe.get_absolute_url()).content.decode()
    assert "hojas/apartados/xlsx" in pagina and "importar" not in pagina
    assert client.get(reverse("informes:informe_hoja", args=[informe.pk, "secciones", "xlsx"])).status_code == 200
    for ruta in ("apartado_importar", "uso_importar", "informe_importar"):
        assert client.get(reverse(f"informes:{ruta}")).status_code == 403
    assert client.get(reverse("informes:informe_hoja", args=[informe.pk, "nada", "csv"])).status_code == 404
    assert client.get(reverse("informes:informe_hoja", args=[informe.pk, "apartados", "pdf"])).status_code == 404


def test_una_plantilla_tambien_baja_lo_suyo_y_nada_mas(client, informe):
    plantilla = fabrica.plantilla(clave="trimestral-2020-4")  # la misma clave que el informe
    client.force_login(estructura.editora(), backend=MODELO)
    respuesta = client.get(reverse("informes:plantilla_hoja", args=[plantilla.pk, "apartados", "csv"]))
    assert "Introducción" in (texto := respuesta.content.decode()) and "Sesiones" not in texto
    ambigua = importa("apartados", APARTADOS, ["trimestral-2020-4", "1", "¿De quién?"])
    assert [e.columna for e in ambigua.errores] == ["Documento"]
    assert Plantilla.objects.count() == 1
