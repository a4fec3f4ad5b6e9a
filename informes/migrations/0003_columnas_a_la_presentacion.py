"""Las columnas que se tecleaban por código pasan a la presentación de la sección."""

from django.db import migrations

TITULOS = {
    "numero": "No.",
    "fecha": "Fecha",
    "titulo": "Actividad",
    "objetivo": "Objetivo",
    "horario": "Horario",
    "modalidad": "Modalidad",
    "lugar": "Lugar",
    "organismos": "Institución",
    "organo": "Órgano",
    "representacion": "Representación",
    "asistencia": "Asistentes",
    "unidades": "Cantidad",
    "cifras": "Otras cifras",
    "observaciones": "Observaciones",
}


def partes(columnas):
    if isinstance(columnas, list):
        return columnas
    return [p.strip() for p in str(columnas).split(";" if ";" in str(columnas) else ",") if p.strip()]


def columna(parte):
    codigo, _, encabezado = (p.strip() for p in parte.partition("="))
    elegida = {"titulo": TITULOS.get(codigo, codigo)}
    return {**elegida, "encabezado": encabezado} if encabezado else elegida


def a_la_presentacion(apps, schema_editor):
    usos = apps.get_model("informes", "UsoDeSeccion")
    for uso in usos.objects.filter(seccion="programas.actividades"):
        parametros = dict(uso.parametros) if isinstance(uso.parametros, dict) else {}
        viejos = {clave: parametros.pop(clave) for clave in ("columnas", "agrupar", "orden") if clave in parametros}
        if not viejos:
            continue
        presentacion = {}
        if viejos.get("columnas"):
            presentacion["columnas"] = [columna(parte) for parte in partes(viejos["columnas"])]
        orden = [{"columna": "Actividad"}] if viejos.get("orden") == "titulo" else []
        if junta := TITULOS.get(viejos.get("agrupar", "")):
            presentacion["combinar"] = [junta]
            orden = [{"columna": junta}, *orden]
            elegidas = presentacion.get("columnas", [])
            if elegidas and junta not in [c["titulo"] for c in elegidas]:
                presentacion["columnas"] = [{"titulo": junta}, *elegidas]
        if orden:
            presentacion["orden"] = orden
        uso.parametros, uso.presentacion = parametros, {**presentacion, **uso.presentacion}
        uso.save(update_fields=["parametros", "presentacion"])


class Migration(migrations.Migration):
    dependencies = [("informes", "0002_revision_y_congelado")]
    operations = [migrations.RunPython(a_la_presentacion, migrations.RunPython.noop, elidable=True)]
