"""Lo congelado sobrevive a un respaldo y su restauración, huella por huella."""

import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from informes import exportacion
from informes.congelado import consultas
from informes.congelado.acciones import anotar_errata
from informes.congelado.preparacion import Errata
from informes.models import ArchivoDeVersion, Informe, VersionDeInforme
from tests.fabricas import congelado as fabrica
from tests.fabricas.congelado import HASTA_PUBLICADO, llevar

# Los datos se quitan y se ponen con transacciones de verdad.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def respaldado(settings, tmp_path, imprenta_rapida):
    """El respaldo de un informe publicado con su fe de erratas, y las huellas que debe tener."""
    settings.MEDIA_ROOT = settings.SENDFILE_ROOT = tmp_path / "archivos"
    informe = llevar(fabrica.informe(), *HASTA_PUBLICADO)
    anotar_errata(version=consultas.vigente(informe), erratas=[Errata("Introducción", "a", "b")], por=None)
    (exportacion.deposito() / "pieza.pdf").write_bytes(b"se vuelve a imprimir")
    destino = tmp_path / "respaldo.tar.gz"
    call_command("respaldar", salida=destino)
    return destino


def huellas() -> list:
    archivos = ArchivoDeVersion.objects.order_by("pk")
    return [*VersionDeInforme.objects.order_by("pk").values_list("sha256", flat=True), *(a.sha256 for a in archivos)]


def perder_todo(carpeta: Path) -> None:
    shutil.rmtree(carpeta)
    ArchivoDeVersion.objects.all().delete()
    VersionDeInforme.objects.order_by("-pk").update(sustituye_a=None)
    VersionDeInforme.objects.all().delete()
    Informe.objects.all().delete()


def test_lo_restaurado_pasa_la_comprobacion(respaldado, settings, capsys):
    antes = huellas()
    perder_todo(Path(settings.MEDIA_ROOT))
    call_command("restaurar", respaldado, "--reemplazar")
    capsys.readouterr()
    call_command("verificar_congelados")
    assert "10 huellas comprobadas: todo coincide" in capsys.readouterr().out
    assert huellas() == antes
    informe = Informe.objects.get()
    assert exportacion.exportar(informe, "pdf") == consultas.contenido(consultas.vigente(informe), "pdf")
    assert not exportacion.deposito().joinpath("pieza.pdf").exists()  # lo que se rehace solo no va


def test_se_halla_lo_que_alguien_cambio_despues(respaldado, settings, capsys):
    perder_todo(Path(settings.MEDIA_ROOT))
    call_command("restaurar", respaldado, "--reemplazar")
    version = consultas.vigente(Informe.objects.get())
    pdf = consultas.archivo_de(version, "pdf")
    ruta = Path(pdf.archivo.path)
    ruta.write_bytes(ruta.read_bytes() + b" ")
    documento = {**version.documento, "clave": "otra"}
    VersionDeInforme.objects.filter(pk=version.sustituye_a_id).update(documento=documento)
    with pytest.raises(CommandError, match="2 huellas no coinciden de 10"):
        call_command("verificar_congelados")
    dicho = capsys.readouterr().err
    assert f"{pdf.nombre}: La huella del archivo no coincide" in dicho
    assert "contenido: La huella del contenido no coincide" in dicho
