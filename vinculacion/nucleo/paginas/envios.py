"""Un formulario enviado dos veces se guarda una.

Cada formulario lleva un sello de un solo uso. El primer envío anota en la
sesión adónde llegó; el segundo es llevado ahí mismo. El renglón de la persona
se bloquea mientras se guarda para que dos clics simultáneos hagan fila.

El mismo sello con otro contenido no es el mismo envío: alguien volvió con «atrás»,
corrigió y guardó otra vez, y eso no se tira.
"""

import hashlib
import uuid

from django.contrib.auth import get_user_model
from django.http import HttpRequest

CLAVE = "envios"
RECORDADOS = 50
BOTONES = {"csrfmiddlewaretoken", "guardar", "otra", "siguiente"}


def nuevo() -> str:
    return str(uuid.uuid4())


def hacer_fila(request: HttpRequest) -> None:
    """Dentro de una transacción: los envíos de una misma persona pasan de uno en uno."""
    get_user_model()._base_manager.select_for_update(no_key=True).filter(pk=request.user.pk).first()


def destino_previo(request: HttpRequest) -> str | None:
    """Adónde llegó el envío con este mismo sello, si ya hubo uno."""
    if not (sello := _sello(request)):
        return None
    guardados = request.session.get(CLAVE, {})
    if sello not in guardados and request.session.session_key:
        # La sesión en memoria puede ser anterior al envío gemelo que acaba de terminar.
        guardados = type(request.session)(request.session.session_key).get(CLAVE, {})
        if sello in guardados:
            request.session[CLAVE] = guardados
    return guardados.get(sello)


def anotar(request: HttpRequest, destino: str) -> None:
    if not (sello := _sello(request)):
        return
    guardados = {**request.session.get(CLAVE, {}), sello: destino}
    request.session[CLAVE] = dict(list(guardados.items())[-RECORDADOS:])
    request.session.save()


def _sello(request: HttpRequest) -> str:
    """El del formulario con la huella de lo que trae; da igual con qué botón se mandó."""
    sello = request.POST.get("envio", "")[:64]
    if not sello:
        return ""
    trae = sorted((campo, valores) for campo, valores in request.POST.lists() if campo not in BOTONES)
    archivos = [(campo, a.name, a.size) for campo, suyos in sorted(request.FILES.lists()) for a in suyos]
    return f"{sello}:{hashlib.sha256(repr((trae, archivos)).encode()).hexdigest()[:24]}"
