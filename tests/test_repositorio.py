"""Lo que debe ser cierto del repositorio entero."""

import re
import subprocess
from pathlib import Path

import pytest
from django.core.management import call_command

RAIZ = Path(__file__).resolve().parent.parent
ARRIBA = {
    "manage.py", "vinculacion", "programas", "convenios", "observacion", "migrantes", "informes", "templates",
    "static", "requirements.txt", "tests", "README.md",
    # lo que piden las herramientas
    "Makefile", "pyproject.toml", "package.json", "package-lock.json", "compose.yaml", "Dockerfile", "docs",
    "requirements.in", "requirements-pruebas.in", "requirements-pruebas.txt",
}  # fmt: skip


def seguidos() -> list[Path]:
    """Los archivos que git sigue; en una copia sin git, los que hay."""
    try:
        salida = subprocess.run(["git", "ls-files"], cwd=RAIZ, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("La copia no es un repositorio de git: no se sabe qué archivos son del proyecto.")
    return [RAIZ / linea for linea in salida.splitlines() if (RAIZ / linea).is_file()]


@pytest.mark.django_db
def test_las_migraciones_estan_completas():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_el_primer_nivel_es_el_del_diseno():
    nombres = {ruta.relative_to(RAIZ).parts[0] for ruta in seguidos()}
    assert {n for n in nombres if not n.startswith(".")} <= ARRIBA


def test_cada_sala_dice_lo_que_es():
    salas = [r.parent / "__init__.py" for r in RAIZ.glob("*/apps.py")] + [
        r.parent / "__init__.py" for r in RAIZ.glob("vinculacion/*/apps.py")
    ]
    assert len(salas) == 10
    for ruta in salas:
        assert ruta.read_text(encoding="utf-8").startswith('"""'), ruta


def test_nada_nombra_un_registro_de_paquetes_ni_esta_maquina():
    prohibido = re.compile(
        "|".join(
            (
                r"pypi\.org",
                r"registry\.npmjs",
                r"files\.pythonhosted",
                "deb" + r"\.debian",
                "/" + "work/",
                "/" + "root/",
            )
        )
    )
    mal = []
    for ruta in seguidos():
        if ruta.suffix in {".png", ".svg", ".woff2", ".ico"} or ruta == Path(__file__).resolve():
            continue
        for numero, linea in enumerate(ruta.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if prohibido.search(linea):
                mal.append(f"{ruta.relative_to(RAIZ)}:{numero}")
    assert not mal


def test_las_plantillas_respetan_la_politica_de_contenido():
    """Ni guiones ni estilos dentro de la página, ni nada traído de fuera."""
    mal = []
    patron = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|\sstyle=|\son\w+=\"|(?:src|href)=\"(?:https?:)?//",
        re.IGNORECASE,
    )
    for ruta in (RAIZ / "templates").rglob("*.html"):
        for numero, linea in enumerate(ruta.read_text(encoding="utf-8").splitlines(), 1):
            if patron.search(linea):
                mal.append(f"{ruta.relative_to(RAIZ)}:{numero}: {linea.strip()[:80]}")
    assert not mal


def test_las_plantillas_escapan_lo_que_muestran():
    """Lo que alguien escribió nunca sale como HTML; el Markdown ya saneado llega marcado desde Python."""
    mal = [
        f"{ruta.relative_to(RAIZ)}: {falta}"
        for ruta in (RAIZ / "templates").rglob("*.html")
        for falta in re.findall(r"\|\s*safe\b|\|\s*safeseq|autoescape off", ruta.read_text(encoding="utf-8"))
    ]
    assert not mal


def con_incluidas(texto: str) -> str:
    """La plantilla con lo que incluye puesto en su lugar: ahí puede ir el sello del formulario."""

    def pone(hallado: re.Match) -> str:
        return (RAIZ / "templates" / hallado[1]).read_text(encoding="utf-8")

    return re.sub(r'{% include "([\w/.-]+)"[^%]*%}', pone, texto)


def test_los_formularios_llevan_su_sello():
    mal = []
    for ruta in (RAIZ / "templates").rglob("*.html"):
        for forma in re.findall(r"<form\b.*?</form>", ruta.read_text(encoding="utf-8"), re.DOTALL):
            if re.search(r'method="post"', forma, re.IGNORECASE) and "csrf_token" not in con_incluidas(forma):
                mal.append(f"{ruta.relative_to(RAIZ)}: {forma[:80]}")
    assert not mal


def test_nada_quedo_pendiente():
    patron = re.compile(
        r"#\s*TODO|TODO:|\b(FIXME|HACK|próximamente|pendiente de hacer|lorem ipsum)\b|breakpoint\(\)|pdb\.set_trace|console\.log"
    )
    mal = []
    for ruta in seguidos():
        if ruta.suffix not in {".py", ".html", ".js", ".css", ".sh", ".txt", ".md"} or ruta == Path(__file__).resolve():
            continue
        if ruta.name.startswith("requirements"):
            continue
        for numero, linea in enumerate(ruta.read_text(encoding="utf-8").splitlines(), 1):
            if patron.search(linea):
                mal.append(f"{ruta.relative_to(RAIZ)}:{numero}: {linea.strip()[:80]}")
    assert not mal


def test_sin_pictogramas():
    """El texto usa letras y signos; los dibujos son iconos de la hoja de estilos."""
    patron = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf]")
    mal = [
        str(r.relative_to(RAIZ))
        for r in seguidos()
        if r.suffix in {".py", ".html", ".js", ".css", ".md"} and patron.search(r.read_text(encoding="utf-8"))
    ]
    assert not mal


def test_no_hay_archivos_python_de_mas_de_quinientas_lineas():
    largos = [
        f"{r.relative_to(RAIZ)}: {n}"
        for r in seguidos()
        if r.suffix == ".py"
        and "migrations" not in r.parts
        and (n := len(r.read_text(encoding="utf-8").splitlines())) > 500
    ]
    assert not largos


def test_no_hay_archivos_sin_tema():
    prohibidos = {"utils.py", "helpers.py", "services.py", "common.py"}
    assert not [r for r in seguidos() if r.name in prohibidos]
