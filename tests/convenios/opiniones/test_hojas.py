"""La hoja «opiniones»: lo que sale vuelve a entrar, y lo histórico entra con su número."""

import io
from datetime import date

import pytest
from django.contrib.auth.models import Group

from convenios.models import Opinion
from convenios.opiniones import acciones, consultas
from tests.fabricas import convenios as de_convenios
from tests.fabricas import opiniones as fabrica
from tests.fabricas.personas import persona
from vinculacion.cuentas import roles
from vinculacion.nucleo import hojas

pytestmark = pytest.mark.django_db
ENCABEZADOS = (
    "Número,Instrumento,Serie de numeración,Complementa a,Estado,Sentido,Fecha de emisión,Motivo de la cancelación"
)


def importa(*filas, por=None):
    contenido = "\n".join((ENCABEZADOS, *filas)).encode()
    return hojas.importar_archivo("opiniones", io.BytesIO(contenido), nombre="opiniones.csv", por=por)


@pytest.fixture
def direccion():
    quien = persona()
    quien.groups.add(Group.objects.get(name=roles.DIRECCION))
    return quien


@pytest.fixture
def instrumento():
    fabrica.serie()
    return de_convenios.convenio(folio="IECM/CONV/1/2020")


@pytest.mark.parametrize("formato", ["csv", "xlsx"])
def test_ida_y_vuelta(formato):
    convenio = de_convenios.convenio()
    fabrica.borrador(convenio, texto="Uno {{ numero }}")
    fabrica.borrador(texto="Dos", complementa=fabrica.historica("IECM/UTVOE/OP/1/2020", date(2020, 1, 8)))
    fabrica.historica("IECM/UTVOE/OP/1bis/2020", date(2020, 3, 8), sentido="no_favorable")
    cancelada = fabrica.historica("IECM/UTVOE/OP/2/2020", date(2020, 3, 8), convenio)
    acciones.cancelar(opinion=cancelada, motivo="Se duplicó", por=None)
    contenido = hojas.exportar(hojas.descubrir()["opiniones"], consultas.opiniones(), formato)
    resultado = hojas.importar_archivo("opiniones", io.BytesIO(contenido), nombre=f"opiniones.{formato}")
    assert not resultado.errores and resultado.iguales == 5
    Opinion.objects.update(complementa=None)
    Opinion.objects.all().delete()
    otra_vez = hojas.importar_archivo("opiniones", io.BytesIO(contenido), nombre=f"opiniones.{formato}")
    assert not otra_vez.errores and otra_vez.nuevos == 5
    assert hojas.exportar(hojas.descubrir()["opiniones"], consultas.opiniones().order_by("texto", "folio"), "csv")
    assert sorted(f for f in Opinion.objects.values_list("folio", flat=True) if f) == [
        "IECM/UTVOE/OP/001/2020", "IECM/UTVOE/OP/001bis/2020", "IECM/UTVOE/OP/002/2020",
    ]  # fmt: skip
    assert Opinion.objects.get(estado="cancelada").motivo == "Se duplicó"
    assert Opinion.objects.exclude(complementa=None).count() == 2


def test_historicas_con_sufijo_en_cualquier_orden(instrumento, direccion):
    resultado = importa(
        "IECM/UTVOE/OP/023bis/2020,IECM/CONV/1/2020,opiniones-utvoe,IECM/UTVOE/OP/023/2020,Emitida,Favorable,04/05/2020,",
        "IECM/UTVOE/OP/023/2020,IECM/CONV/1/2020,opiniones-utvoe,,Emitida,Favorable con observaciones,02/03/2020,",
        "IECM/UTVOE/OP/024/2020,IECM/CONV/1/2020,opiniones-utvoe,,Cancelada,Favorable,02/04/2020,No procedió",
        por=direccion,
    )
    assert not resultado.errores and resultado.nuevos == 3
    bis = Opinion.objects.get(sufijo="bis")
    assert bis.complementa.folio == "IECM/UTVOE/OP/023/2020" and list(bis.areas.all()) == list(instrumento.areas.all())
    assert consultas.ultimo_numero(bis.serie, 2020) == 24 and bis.emitio == direccion


@pytest.mark.parametrize(
    ("fila", "dice"),
    [
        ("OP/1,IECM/CONV/1/2020,opiniones-utvoe,,Emitida,Favorable,04/05/2020,", "no se escribe como los folios"),
        (",IECM/CONV/1/2020,opiniones-utvoe,,Emitida,Favorable,04/05/2020,", "lleva su número"),
        ("IECM/UTVOE/OP/1/2020,IECM/CONV/1/2020,opiniones-utvoe,,Borrador,,,", "Un borrador no lleva número"),
        ("IECM/UTVOE/OP/1/2020,IECM/CONV/1/2020,opiniones-utvoe,,Emitida,,,", "Falta el sentido"),
        (
            "IECM/UTVOE/OP/1/2020,IECM/CONV/1/2020,opiniones-utvoe,,Cancelada,Favorable,04/05/2020,",
            "por qué se cancela",
        ),
        ("IECM/UTVOE/OP/9/2020,IECM/CONV/1/2020,opiniones-utvoe,,Emitida,Favorable,04/05/2020,", "Ya hay una opinión"),
        ("IECM/UTVOE/OP/009/2020,{propio},opiniones-utvoe,,Emitida,No favorable,04/05/2020,", "ya no cambia"),
    ],
)
def test_lo_que_no_vale_dice_por_que(instrumento, direccion, fila, dice):
    ya = fabrica.historica("IECM/UTVOE/OP/009/2020", date(2020, 5, 4))
    from convenios.opiniones.views import OpinionPaginas

    contenido = f"{ENCABEZADOS}\n{fila.format(propio=ya.convenio.folio)}".encode()
    resultado = hojas.importar_archivo(
        "opiniones", io.BytesIO(contenido), nombre="o.csv", por=direccion, paginas=OpinionPaginas()
    )
    assert dice in " ".join(str(e) for e in resultado.errores)
    assert Opinion.objects.count() == 1


def test_captura_solo_importa_borradores(instrumento):
    captura = persona()
    captura.groups.add(Group.objects.get(name=roles.CAPTURA))
    fila = "IECM/UTVOE/OP/1/2020,IECM/CONV/1/2020,opiniones-utvoe,,Emitida,Favorable,04/05/2020,"
    assert "no incluye emitir" in str(importa(fila, por=captura).errores[0])
    assert not importa(",IECM/CONV/1/2020,opiniones-utvoe,,Borrador,,,", por=captura).errores
