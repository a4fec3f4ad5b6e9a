"""Un import baja de piso, nunca sube ni va de lado; los que están dentro de una función también cuentan."""

import ast
from pathlib import Path

import pytest

RAIZ = Path(__file__).resolve().parent.parent
PISOS = {
    "informes": 5,
    "convenios": 4,
    "observacion": 4,
    "migrantes": 4,
    "programas": 3,
    "vinculacion.comision": 2,
    "vinculacion.ine": 2,
    "vinculacion.cuentas": 1,
    "vinculacion.directorio": 0,
    "vinculacion.archivo": 0,
    "vinculacion.nucleo": -1,
}


def sala_de(modulo: str) -> str | None:
    return next((sala for sala in PISOS if modulo == sala or modulo.startswith(f"{sala}.")), None)


def importados(ruta: Path) -> set[str]:
    paquete = ".".join(ruta.relative_to(RAIZ).with_suffix("").parts)
    modulos = set()
    for nodo in ast.walk(ast.parse(ruta.read_text(encoding="utf-8"))):
        if isinstance(nodo, ast.Import):
            modulos |= {alias.name for alias in nodo.names}
        elif isinstance(nodo, ast.ImportFrom):
            base = nodo.module or ""
            if nodo.level:
                partes = paquete.split(".")
                recorte = nodo.level - (ruta.name == "__init__.py")
                base = ".".join([*(partes[:-recorte] if recorte else partes[:]), *filter(None, [nodo.module])])
                base = base.removesuffix(".__init__")
            modulos |= {base, *(f"{base}.{alias.name}" for alias in nodo.names)}
    return modulos


ARCHIVOS = [
    ruta
    for sala in PISOS
    for ruta in sorted((RAIZ / sala.replace(".", "/")).rglob("*.py"))
    if "migrations" not in ruta.parts
]


@pytest.mark.parametrize("ruta", ARCHIVOS, ids=lambda r: str(r.relative_to(RAIZ)))
def test_los_imports_bajan(ruta):
    propia = sala_de(".".join(ruta.relative_to(RAIZ).with_suffix("").parts))
    ajenas = {sala for modulo in importados(ruta) if (sala := sala_de(modulo)) and sala != propia}
    mal = {sala for sala in ajenas if PISOS[sala] >= PISOS[propia]}
    # archivo y directorio comparten piso: tampoco se importan.
    assert not mal, f"{propia} (piso {PISOS[propia]}) importa {', '.join(sorted(mal))}"


ETIQUETAS = {sala.rpartition(".")[2]: sala for sala in PISOS}


def nombradas(ruta: Path) -> set[str]:
    """Salas que se nombran por cadena: ``get_model("sala", …)``, ``reverse("sala:ruta")``, ``import_module("sala.x")``."""
    salas = set()
    for nodo in ast.walk(ast.parse(ruta.read_text(encoding="utf-8"))):
        if not (isinstance(nodo, ast.Call) and nodo.args and isinstance(nodo.args[0], ast.Constant)):
            continue
        funcion = getattr(nodo.func, "attr", None) or getattr(nodo.func, "id", "")
        dicho = str(nodo.args[0].value)
        if funcion in {"reverse", "reverse_lazy", "redirect"} and ":" in dicho:
            salas.add(ETIQUETAS.get(dicho.partition(":")[0]))
        elif funcion == "get_model":
            salas.add(ETIQUETAS.get(dicho.partition(".")[0]))
        elif funcion in {"import_module", "import_string"}:
            salas.add(sala_de(dicho))
    return salas - {None}


@pytest.mark.parametrize("ruta", ARCHIVOS, ids=lambda r: str(r.relative_to(RAIZ)))
def test_por_cadena_tampoco_se_sube(ruta):
    propia = sala_de(".".join(ruta.relative_to(RAIZ).with_suffix("").parts))
    mal = {sala for sala in nombradas(ruta) if sala != propia and PISOS[sala] >= PISOS[propia]}
    assert not mal, f"{propia} nombra {', '.join(sorted(mal))}"


def test_ajustes_y_rutas_nombran_salas_por_cadena():
    for nombre in ("settings.py", "urls.py"):
        ruta = RAIZ / "vinculacion" / nombre
        assert not {s for m in importados(ruta) if (s := sala_de(m))}, nombre


def test_hay_que_revisar():
    assert len(ARCHIVOS) > 60


@pytest.mark.django_db
def test_las_llaves_foraneas_tambien_bajan():
    from django.apps import apps
    from django.conf import settings

    for modelo in apps.get_models():
        propia = sala_de(modelo.__module__)
        if propia is None:
            continue
        for campo in modelo._meta.get_fields():
            if not (campo.is_relation and getattr(campo, "concrete", False)) or campo.related_model is None:
                continue
            ajena = sala_de(campo.related_model.__module__)
            # La persona usuaria es del marco (AUTH_USER_MODEL): cualquiera puede nombrarla.
            if ajena in (None, propia) or campo.related_model._meta.label == settings.AUTH_USER_MODEL:
                continue
            assert PISOS[ajena] < PISOS[propia], f"{modelo.__name__}.{campo.name} → {ajena}"
