"""Los convenios del año en curso: cada ficha con las fechas que le tocan según el día de la carga.

No hay azar: para la misma fecha, lo mismo. Lo que ya pasó nunca queda después de ``hoy``, ni en
sábado o domingo; lo que sigue (vencimientos, plazos, actos programados) sí.
"""

from datetime import date, timedelta
from typing import Any

from .ficticio_convenios_listas import (
    ACTOS,
    COMPROMISOS,
    CONVENIOS,
    DOCUMENTOS,
    INVITADOS_DEL_INSTITUTO,
    OBSERVACION,
    OPINIONES,
    PENDIENTES,
    RECURRENTES,
    RENOVACIONES,
    SIN_ARCHIVO_FIRMADO,
    SUCESOR,
    Ficha,
)
from .ficticio_listas import MARCA

# Días antes de la firma en que un instrumento da cada paso, y en que se pide y se emite su opinión.
DE_LA_FIRMA = {"negociacion": 80, "validacion": 58, "suscripcion": 18, "suscrito": 0}
SOLICITUD, EMISION = 54, 18
SIN_FIRMA = {"no_concretado": (("negociacion", 60), ("validacion", 40)), "no_requerido": (("negociacion", 30),)}
SIN_OPINION = ("Anexo técnico", "Anexo financiero", "Adenda", "Carta de intención")


def habil(dia: date) -> date:
    """El mismo día, o el viernes anterior si cae en fin de semana: hacia atrás nada pasa de hoy."""
    return dia - timedelta(days=max(0, dia.weekday() - 4))


def _marcado(texto: str) -> str:
    return texto if MARCA in texto else f"{texto} {MARCA}"


class Anio:
    """Las fichas de ``CONVENIOS`` puestas en el calendario de un día."""

    def __init__(self, anio: int, hoy: date):
        self.anio, self.hoy = anio, hoy
        self.primero = min(date(anio, 1, 12), hoy)
        self.folios = {f.clave: f"IECM/CONV/FIC-{n:02}/{anio}" for n, f in enumerate(CONVENIOS, 1)}
        self.pasos = {f.clave: self._pasos(f) for f in CONVENIOS}

    def hace(self, dias: int) -> date:
        """``dias`` desde hoy (negativo, antes), sin pasar de hoy."""
        return habil(min(self.hoy + timedelta(days=dias), self.hoy))

    def firma(self, ficha: Ficha) -> date | None:
        if ficha.firma is None:
            return None
        if isinstance(ficha.firma, int):
            return self.hace(ficha.firma)
        transcurridos = (self.hoy - self.primero).days
        return habil(self.primero + timedelta(days=int(transcurridos * ficha.firma)))

    def _pasos(self, ficha: Ficha) -> list[tuple[str, date]]:
        ultimo = self.hace(-ficha.paso)
        if ficha.historico:
            return [(ficha.etapa, ultimo if ficha.etapa == "concluido" else self.hace(int(ficha.firma or 0)))]
        if ficha.etapa in SIN_FIRMA:
            return [(e, habil(ultimo - timedelta(days=d))) for e, d in SIN_FIRMA[ficha.etapa]] + [(ficha.etapa, ultimo)]
        ancla = self.ancla(ficha)
        etapas = list(DE_LA_FIRMA)
        return [(e, habil(ancla - timedelta(days=DE_LA_FIRMA[e]))) for e in etapas[: etapas.index(ficha.etapa) + 1]]

    def ancla(self, ficha: Ficha) -> date:
        """El día de la firma, o el que sería si sigue en trámite."""
        return self.firma(ficha) or self.hace(-ficha.paso) + timedelta(days=DE_LA_FIRMA.get(ficha.etapa, 18))

    # -- lo que se entrega a la carga -------------------------------------------

    def instrumentos(self) -> list[dict[str, Any]]:
        return [
            {
                "folio": self.folios[f.clave],
                "tipo": f.tipo,
                "titulo": _marcado(f.titulo),
                "padre": self.folios.get(f.padre, f.padre),
                "contrapartes": f.con,
                "areas": f.areas,
                "ambito": "internacional" if f.internacional else "nacional",
                "gestion": "acompanada" if f.acompanada else "propia",
                "responsable": "direccion" if f.internacional else "captura",
                "objeto": f"Colaborar en actividades de interés común {MARCA}.",
                "desde": self._adelante(f.desde),
                "hasta": self._adelante(f.hasta),
                "texto": f.compromisos,
                "firma": (firma.isoformat() if (firma := self.firma(f)) else ""),
                "pasos": [(etapa, dia.isoformat()) for etapa, dia in self.pasos[f.clave]],
                "nota": f.nota,
                "sin_archivo": f.clave in SIN_ARCHIVO_FIRMADO,
            }
            for f in CONVENIOS
        ]

    def _adelante(self, dias: int | None) -> str:
        return "" if dias is None else (self.hoy + timedelta(days=dias)).isoformat()

    def opiniones(self) -> list[dict[str, Any]]:
        """Por fecha, para que los números de la serie sigan el calendario; los borradores al final."""
        todas: list[dict[str, Any]] = []
        for ficha in CONVENIOS:
            etapas = [etapa for etapa, _ in self.pasos[ficha.clave]]
            propias = OPINIONES.get(ficha.clave, ())
            if not propias and "suscripcion" in etapas and ficha.tipo not in SIN_OPINION:
                propias = ((EMISION, "favorable", ""),)
            todas += self._de(ficha, propias)
        return sorted(todas, key=lambda o: (o["fecha"] == "", o["fecha"], o["folio"], o["lugar"]))

    def _de(self, ficha: Ficha, propias: tuple[tuple[int, str, str], ...]) -> list[dict[str, Any]]:
        solicitud = habil(self.ancla(ficha) - timedelta(days=SOLICITUD))
        if ficha.etapa in SIN_FIRMA:
            solicitud = habil(self.hace(-ficha.paso) - timedelta(days=38))
        hechas: list[dict[str, Any]] = []
        for lugar, (dias, sentido, motivo) in enumerate(propias):
            fecha = habil(solicitud + timedelta(days=dias))
            borrador = sentido == "borrador"
            hechas.append(
                {
                    "folio": self.folios[ficha.clave],
                    "lugar": lugar,
                    "areas": ficha.areas,
                    "solicitada": (self.hace(-5) if borrador and lugar else min(solicitud, self.hoy)).isoformat(),
                    "sentido": "" if borrador else sentido,
                    "fecha": "" if borrador else fecha.isoformat(),
                    "observacion": OBSERVACION if sentido != "favorable" and not borrador else "",
                    "motivo": motivo,
                }
            )
        return hechas

    def documentos(self) -> list[dict[str, Any]]:
        return [
            {
                "folio": self.folios[clave],
                "clase": clase,
                "titulo": titulo,
                "fecha": habil(self.pasos[clave][-1][1] + timedelta(days=dias)).isoformat(),
                "nota": nota,
            }
            for clave, clase, titulo, versiones in DOCUMENTOS
            for dias, nota in versiones
        ]

    def pendientes(self) -> list[dict[str, Any]]:
        return [
            {
                "folio": self.folios[clave],
                "que": _marcado(que),
                "area": area,
                "limite": self._adelante(limite),
                "hecho": self.hace(-hecho).isoformat() if hecho is not None else "",
                "nota": nota,
            }
            for clave, que, area, limite, hecho, nota in PENDIENTES
        ]

    def actos(self) -> list[dict[str, Any]]:
        firmas = {f.clave: self.firma(f) for f in CONVENIOS}
        actos = []
        for titulo, claves, dias, horas, modalidad, lugar, estado, motivo in ACTOS:
            if dias is None:
                fecha = max(f for c in claves if (f := firmas[c]) is not None)
            else:
                fecha = self.hace(dias) if dias < 0 else habil(self.hoy + timedelta(days=dias))
            actos.append(
                {
                    "titulo": _marcado(titulo),
                    "folios": [self.folios[c] for c in claves],
                    "fecha": fecha.isoformat(),
                    "horas": horas,
                    "modalidad": modalidad,
                    "lugar": lugar,
                    "estado": estado,
                    "motivo": motivo,
                    "invitados": INVITADOS_DEL_INSTITUTO,
                    "contrapartes": tuple(dict.fromkeys(o for f in CONVENIOS if f.clave in claves for o in f.con)),
                }
            )
        return actos

    def compromisos(self) -> list[dict[str, Any]]:
        unicos = [
            self._compromiso(clave, clausula, que, parte, area, recurrencia, limite)
            | {
                "cancelado": motivo,
                "avances": [(self.hace(d).isoformat(), p, cumple, nota) for d, p, cumple, nota in avances],
                "al_corriente": "",
            }
            for clave, clausula, que, parte, area, recurrencia, limite, motivo, avances in COMPROMISOS
        ]
        repetidos = [
            self._compromiso(*fila)
            | {"cancelado": "", "avances": [], "al_corriente": (self.hoy + timedelta(days=hasta)).isoformat()}
            for *fila, hasta in RECURRENTES
        ]
        return unicos + repetidos

    def _compromiso(self, clave, clausula, que, parte, area, recurrencia, limite) -> dict[str, Any]:
        ficha = next(f for f in CONVENIOS if f.clave == clave)
        return {
            "folio": self.folios[clave],
            "clausula": clausula,
            "que": _marcado(que),
            "parte": parte,
            "area": area,
            "contraparte": "" if parte == "instituto" else ficha.con[0],
            "recurrencia": recurrencia,
            "limite": self._adelante(limite),
        }

    def renovaciones(self) -> list[dict[str, Any]]:
        return [
            {
                "folio": self.folios[clave],
                "decision": decision,
                "fecha": self.hace(dias).isoformat() if dias is not None else "",
                "razon": razon,
                "sucesor": (f"{self.folios[clave]}-S", _marcado(SUCESOR[1])) if clave == SUCESOR[0] else None,
            }
            for clave, decision, dias, razon in RENOVACIONES
        ]


def convenios(anio: int, hoy: date) -> dict[str, list[dict[str, Any]]]:
    """Todo lo que la carga entrega a las acciones de cada parte, con las fechas en ISO."""
    del_anio = Anio(anio, hoy)
    return {
        "instrumentos": del_anio.instrumentos(),
        "opiniones": del_anio.opiniones(),
        "documentos": del_anio.documentos(),
        "pendientes": del_anio.pendientes(),
        "actos": del_anio.actos(),
        "compromisos": del_anio.compromisos(),
        "renovaciones": del_anio.renovaciones(),
    }
