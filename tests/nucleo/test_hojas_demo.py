"""Con los datos de demostración puestos, lo exportado de cada recurso vuelve a entrar sin cambiar nada."""

import io

import pytest
from django.core.management import call_command

from vinculacion.nucleo import hojas


@pytest.mark.django_db
def test_ida_y_vuelta_de_todo():
    call_command("demo", verbosity=0)
    fallas = []
    for clave, recurso in sorted(hojas.descubrir().items()):
        consulta = recurso().get_queryset()
        historia = getattr(recurso._meta.model, "history", None)
        antes = historia.count() if historia is not None else 0
        for formato in ("csv", "xlsx") if consulta.exists() else ():
            contenido = hojas.exportar(recurso, consulta, formato)
            resultado = hojas.importar_archivo(clave, io.BytesIO(contenido), nombre=f"{clave}.{formato}")
            fallas += [f"{clave}.{formato}: {e}" for e in resultado.errores[:5]]
            fallas += [f"{clave}.{formato}: {f}" for f in resultado.detalle if f.estado in ("nuevo", "cambia")][:5]
            if resultado.correcto and resultado.iguales != consulta.count():
                fallas.append(f"{clave}.{formato}: salieron {consulta.count()} y volvieron {resultado.iguales}")
        if historia is not None and historia.count() != antes:
            fallas.append(f"{clave}: dejó historia de más")
    assert not fallas, "\n".join(fallas)
