"""El borrador de la minuta: lo que ocurrió en la sesión, contado con los registros."""

import re
from collections.abc import Iterator

from vinculacion.comision import consultas, reglas
from vinculacion.comision.estados import ASISTIERON, EstadoDeAsistencia, Resolucion, Rol, SentidoDelVoto
from vinculacion.comision.models import Acuerdo, Asistencia, Integracion, Punto, Sesion
from vinculacion.comision.sala import consultas as sala
from vinculacion.nucleo.palabras import concuerda, en_palabras, enumera, fecha_larga

FALTA = "[Falta {}.]"
GRUPOS = (
    (EstadoDeAsistencia.PRESENTE, "Asistieron"),
    (EstadoDeAsistencia.SUPLENTE, "Asistió quien suple"),
    (EstadoDeAsistencia.JUSTIFICADA, "Faltaron con justificación"),
    (EstadoDeAsistencia.AUSENTE, "No asistieron"),
    ("", "Sin anotar"),
)
SIN_VOTOS = {
    Resolucion.APROBADO: "Se aprobó.",
    Resolucion.CON_CAMBIOS: "Se aprobó con cambios.",
    Resolucion.RECHAZADO: "No se aprobó.",
    Resolucion.PRESENTADO: "Se tuvo por presentado.",
    Resolucion.APLAZADO: "Se dejó para otra sesión.",
    Resolucion.RETIRADO: "Se retiró del orden del día.",
}


def borrador(sesion: Sesion) -> str:
    """Markdown con un apartado por momento de la sesión; lo que falta de los registros va entre corchetes."""
    asistencia = _asistencia(sesion)
    partes = [
        "## Apertura",
        _apertura(sesion, asistencia),
        "## Asistencia",
        *_lista_de_asistencia(asistencia),
        "## Quórum",
        _quorum(sesion),
        "## Orden del día",
        *_puntos(sesion),
        *_otros_acuerdos(sesion),
        "## Clausura",
        _clausura(sesion),
    ]
    return "\n\n".join(parte for parte in partes if parte) + "\n"


def llano(texto: str) -> str:
    """Un dato capturado no da formato: sus asteriscos y numerales son letras."""
    # Un «<» con diagonal no basta: lo que parezca una etiqueta se quita antes de leer el formato.
    sin_marcas = re.sub(r"([*\[`])", r"\\\1", texto.strip()).replace("<", "&lt;")
    return re.sub(r"^(\s*)#", r"\1\\#", sin_marcas, flags=re.MULTILINE)


def hora(valor) -> str:
    return f"las {valor:%H:%M} horas"


# -- apertura y asistencia -----------------------------------------------------

Renglon = tuple[Integracion, Asistencia | None]


def _asistencia(sesion: Sesion) -> list[Renglon]:
    """Las capacidades de ese día en orden de protocolo, y quien asistió aunque ya no figure en él."""
    marcas = {a.integracion_id: a for a in sesion.asistencias.all()}
    todas = consultas.en_protocolo(Integracion.objects.filter(comision=sesion.comision_id))
    asistieron = {clave for clave, marca in marcas.items() if marca.estado in ASISTIERON}
    return [(i, marcas.get(i.pk)) for i in todas if i.pk in asistieron or reglas.estaba_vigente(i, sesion.fecha)]


def oficina(integracion: Integracion) -> str:
    persona = f" ({llano(integracion.persona)})" if integracion.persona else ""
    return f"{llano(integracion.nombre)}{persona}"


def _apertura(sesion: Sesion, asistencia: list[Renglon]) -> str:
    celebrada = fecha_larga(sesion.fecha_celebrada) if sesion.fecha_celebrada else FALTA.format("la fecha")
    donde = ""
    if sesion.lugar:
        donde = f", {'por' if sesion.lugar.startswith('http') else 'en'} {llano(sesion.lugar)}"
    inicio = hora(sesion.hora_inicio) if sesion.hora_inicio else FALTA.format("la hora de inicio")
    return (
        f"La {sesion.en_palabras.lower()} de {sesion.anio} de la {llano(sesion.comision.nombre)} se celebró el "
        f"{celebrada}{donde}, en modalidad {sesion.get_modalidad_display().lower()}. Comenzó a {inicio}. "
        f"{_presidio(asistencia)}"
    )


def _presidio(asistencia: list[Renglon]) -> str:
    for integracion, marca in asistencia:
        if integracion.rol != Rol.PRESIDENCIA or marca is None:
            continue
        if marca.estado == EstadoDeAsistencia.PRESENTE:
            return f"Presidió: {oficina(integracion)}."
        if marca.estado == EstadoDeAsistencia.SUPLENTE:
            return f"Presidió: {llano(marca.suplente) or 'quien suple'}, en lugar de {oficina(integracion)}."
    return FALTA.format("quién presidió")


def _lista_de_asistencia(asistencia: list[Renglon]) -> Iterator[str]:
    if not asistencia:
        yield FALTA.format("la integración de la comisión")
    for estado, titulo in GRUPOS:
        suyos = [(i, m) for i, m in asistencia if (m.estado if m else "") == estado]
        if suyos:
            yield f"**{titulo} ({len(suyos)})**"
            yield "\n".join(f"- {_asistente(i, m)}" for i, m in suyos)


def _asistente(integracion: Integracion, marca: Asistencia | None) -> str:
    rol = integracion.get_rol_display().lower()
    texto = oficina(integracion) + ("" if rol in integracion.nombre.lower() else f", {rol}")
    if marca and marca.estado == EstadoDeAsistencia.SUPLENTE and marca.suplente:
        return f"{texto}. Asistió {llano(marca.suplente)}"
    if marca and marca.motivo:
        return f"{texto}. Motivo: {llano(marca.motivo)}"
    return texto


def _quorum(sesion: Sesion) -> str:
    quorum = sala.quorum(sesion)
    if not quorum.integran:
        return FALTA.format("la integración con voto")
    con_voto = concuerda(quorum.integran, "persona", "personas", "f")
    asistieron = "no asistió ninguna" if not quorum.presentes else f"asistió {en_palabras(1, 'f')}"
    if quorum.presentes > 1:
        asistieron = f"asistieron {en_palabras(quorum.presentes, 'f')}"
    hubo = "Hubo quórum." if quorum.hay else "No hubo quórum."
    hacian_falta = (
        "se necesitaba una" if quorum.necesarios == 1 else f"se necesitaban {en_palabras(quorum.necesarios, 'f')}"
    )
    return (
        f"La comisión se integraba ese día con {con_voto} con derecho a voto; {asistieron} y para sesionar "
        f"{hacian_falta}. {hubo}"
    )


# -- orden del día -------------------------------------------------------------


def _puntos(sesion: Sesion) -> Iterator[str]:
    puntos = list(sesion.puntos.order_by("numero").prefetch_related("acuerdos", "votos__integracion"))
    if not puntos:
        yield FALTA.format("el orden del día")
    votaciones = sala.votaciones(puntos)
    for punto in puntos:
        yield f"### {punto.numero}. {llano(' '.join(punto.titulo.split()))}"
        if punto.presenta:
            yield f"Presentó: {llano(punto.presenta)}."
        yield llano(punto.intervenciones)
        yield resultado(punto, votaciones.get(punto.pk))
        for acuerdo in sorted(punto.acuerdos.all(), key=lambda a: a.folio):
            yield _acuerdo(acuerdo)


def resultado(punto: Punto, votacion: sala.Votacion | None) -> str:
    """«Se aprobó con dos votos a favor y uno en contra (en contra: Consejería 3).»"""
    if not punto.resolucion:
        return FALTA.format("la resolución de este punto")
    resolucion = Resolucion(punto.resolucion)
    dicho = SIN_VOTOS[resolucion]
    if not votacion:
        return dicho
    if votacion.unanime:
        return f"{dicho.removesuffix('.')} por unanimidad."
    return f"{dicho.removesuffix('.')} con {votos_en_palabras(votacion)}{_quienes(punto)}."


def votos_en_palabras(votacion: sala.Votacion) -> str:
    """«dos votos a favor, uno en contra y una abstención»: «votos» se dice una vez."""
    partes, dicho = [], False
    for cuantos, sentido in ((votacion.favor, "a favor"), (votacion.contra, "en contra")):
        if cuantos:
            numero = en_palabras(cuantos) if dicho else concuerda(cuantos, "voto", "votos")
            partes.append(f"{numero} {sentido}")
            dicho = True
    if votacion.abstencion:
        partes.append(concuerda(votacion.abstencion, "abstención", "abstenciones", "f"))
    return enumera(partes)


def _quienes(punto: Punto) -> str:
    votos = sorted(punto.votos.all(), key=lambda v: (v.integracion.orden, v.integracion.nombre))
    partes = []
    for sentido, frase in ((SentidoDelVoto.CONTRA, "en contra"), (SentidoDelVoto.ABSTENCION, "abstención")):
        quienes = [oficina(v.integracion) for v in votos if v.sentido == sentido]
        if quienes:
            partes.append(f"{frase}: {enumera(quienes)}")
    return f" ({'; '.join(partes)})" if partes else ""


def _acuerdo(acuerdo: Acuerdo) -> str:
    texto = re.sub(r"\n+", "\n>\n> ", llano(acuerdo.texto))
    return f"> **{acuerdo.folio}.** {texto}"


def _otros_acuerdos(sesion: Sesion) -> Iterator[str]:
    sueltos = sesion.acuerdos.filter(punto=None).order_by("folio")
    if sueltos:
        yield "## Otros acuerdos"
        yield from map(_acuerdo, sueltos)


def _clausura(sesion: Sesion) -> str:
    if not sesion.hora_fin:
        return FALTA.format("la hora de término")
    return f"Agotado el orden del día, la sesión terminó a {hora(sesion.hora_fin)}."
