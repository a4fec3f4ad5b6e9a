"""Preguntas sobre un envío, contestadas con razones. No escriben nada."""

from datetime import date

from .models import Envio


def impedimentos_para_anotar(envio: Envio, hoy: date) -> dict[str, str]:
    """Por campo: aquí se anota lo que ya se envió."""
    if envio.fecha and envio.fecha > hoy:
        return {"fecha": "Esa fecha todavía no llega: aquí se anota lo que ya se envió."}
    return {}
