"""Documento ↔ JSON: lo que se congela al aprobar un informe.

El texto es estable (mismas claves, mismo orden): la misma cosa da el mismo SHA-256.
"""

import json
from dataclasses import asdict
from datetime import date, datetime

from vinculacion.nucleo.bloques import a_json, arma, desde_json

from .documento import ApartadoArmado, Documento, Membrete, Portada

FORMATO = "vinculacion.informe/2"
# De la 1 a la 2 sólo se agregó: bloques, la presentación, y la letra y la institución del membrete.
LEGIBLES = ("vinculacion.informe/1", FORMATO)


def a_datos(documento: Documento) -> dict:
    portada = asdict(documento.portada)
    portada["fecha_sesion"] = documento.portada.fecha_sesion and documento.portada.fecha_sesion.isoformat()
    return {
        "formato": FORMATO,
        "clave": documento.clave,
        "idioma": documento.idioma,
        "autor": documento.autor,
        "creado": documento.creado and documento.creado.isoformat(),
        "presentacion": documento.presentacion,
        "membrete": asdict(documento.membrete),
        "portada": portada,
        "apartados": [_apartado(apartado) for apartado in documento.apartados],
    }


def _apartado(apartado: ApartadoArmado) -> dict:
    return {
        "numero": apartado.numero,
        "titulo": apartado.titulo,
        "nivel": apartado.nivel,
        "ancla": apartado.ancla,
        "en_indice": apartado.en_indice,
        **({"hoja": apartado.hoja} if apartado.hoja else {}),
        "bloques": a_json(apartado.bloques),
        "hijos": [_apartado(hijo) for hijo in apartado.hijos],
    }


def desde_datos(datos: dict) -> Documento:
    """Inverso exacto de :func:`a_datos`; ``ValueError`` si el formato no se conoce."""
    if datos.get("formato") not in LEGIBLES:
        raise ValueError(f"No se reconoce el formato del informe: {datos.get('formato')!r}.")
    portada = dict(datos["portada"])
    if portada["fecha_sesion"]:
        portada["fecha_sesion"] = date.fromisoformat(portada["fecha_sesion"])
    return Documento(
        clave=datos["clave"],
        portada=arma(Portada, portada),
        apartados=tuple(_desde_apartado(apartado) for apartado in datos["apartados"]),
        idioma=datos["idioma"],
        autor=datos["autor"],
        creado=datetime.fromisoformat(datos["creado"]) if datos["creado"] else None,
        membrete=arma(Membrete, datos["membrete"]),
        presentacion=datos.get("presentacion", "informe"),
    )


def _desde_apartado(datos: dict) -> ApartadoArmado:
    resto = {clave: datos[clave] for clave in ("numero", "titulo", "nivel", "ancla", "en_indice")}
    return ApartadoArmado(
        bloques=desde_json(datos["bloques"]),
        hijos=tuple(_desde_apartado(hijo) for hijo in datos["hijos"]),
        hoja=datos.get("hoja", ""),
        **resto,
    )


def crear(documento: Documento) -> bytes:
    return json.dumps(a_datos(documento), ensure_ascii=False, indent=1).encode()


def leer(contenido: bytes | str) -> Documento:
    return desde_datos(json.loads(contenido))
