"""Los instrumentos ficticios y lo que les pasa, en días desde la fecha de carga (negativo: antes).

``firma`` con punto decimal es qué parte del año había transcurrido: así las firmas se reparten
desde enero hasta el día de la carga, sea el que sea.
"""

from dataclasses import dataclass

GENERAL, APOYO, ESPECIFICO = "General de apoyo y colaboración", "Apoyo y colaboración", "Específico"
COLABORACION, MARCO, ACUERDO = "Colaboración", "Marco", "Acuerdo"
TECNICO, FINANCIERO, ADENDA = "Anexo técnico", "Anexo financiero", "Adenda"
MEMORANDO, CARTA = "Memorando", "Carta de intención"

COLEGIO = "Colegio de Estudios Democráticos (ficticio)"
RADIO = "Radio Ciudadana (ficticia)"
LOMAS = "Alcaldía Lomas Altas (ficticia)"
FUNDACION = "Fundación Voto Abierto (ficticia)"
ANDINO = "Centro Andino de Estudios Electorales (ficticio)"
BAHIA = "Federación Chilanga de la Bahía (ficticia)"
TORONTO = "Casa Ciudad de México en Toronto (ficticia)"
CONSULADO = "Consulado en Ciudad Costera (ficticio)"
ATLANTICO = "Universidad Federal del Atlántico (ficticia)"
IBERICA = "Red Ibérica de Voto a Distancia (ficticia)"
AUSTRAL = "Servicio Electoral Austral (ficticio)"

# El instrumento de 2019 del que deriva el anexo ficticio con el INE.
GENERAL_INE = "IECM/CONV/DEMO-07/2019"


@dataclass(frozen=True)
class Ficha:
    """``paso``: hace cuántos días dio el último. ``historico``: entró ya firmado, sin su camino."""

    clave: str
    tipo: str
    titulo: str
    con: tuple[str, ...]
    areas: tuple[str, ...]
    etapa: str = "suscrito"
    firma: int | float | None = None
    hasta: int | None = None
    desde: int | None = None
    compromisos: str = ""
    padre: str = ""
    internacional: bool = False
    acompanada: bool = False
    historico: bool = False
    paso: int = 0
    nota: str = ""


CONVENIOS = (
    Ficha("uva", GENERAL, "Convenio general con la UVA", ("UVA",), ("UTAJ", "UTCFyD"), firma=0.05),
    Ficha("uva-servicio", ESPECIFICO, "Servicio social con la UVA", ("UVA",), ("UTCFyD",), firma=0.22, hasta=540,
          padre="uva", acompanada=True),
    Ficha("uva-tecnico", TECNICO, "Anexo técnico de las sedes del servicio social", ("UVA",), ("UTCFyD", "UTAJ"),
          firma=0.36, compromisos="Termina cuando se entreguen el diagnóstico y la capacitación.",
          padre="uva-servicio", acompanada=True),
    Ficha("uva-financiero", FINANCIERO, "Anexo financiero de las sedes del servicio social", ("UVA",),
          ("UTCFyD", "SA"), firma=0.52, hasta=310, padre="uva-tecnico", acompanada=True),
    Ficha("uva-adenda", ADENDA, "Adenda al convenio general con la UVA", ("UVA",), ("UTAJ",), "validacion", paso=16,
          padre="uva"),
    Ficha("golfo", MARCO, "Convenio marco con el IEL-Golfo", ("IEL-Golfo",), ("UTAJ",), firma=0.62),
    Ficha("golfo-padron", ESPECIFICO, "Buenas prácticas de capacitación con el IEL-Golfo", ("IEL-Golfo",),
          ("UTAJ", "DEPCyC"), "suscripcion", paso=9, hasta=400, padre="golfo"),
    Ficha("observatorio", MARCO, "Observatorio universitario de la participación", ("UVA", "ITL", COLEGIO),
          ("UTAJ", "DEECyCC"), firma=0.85),
    Ficha("laboratorio", COLABORACION, "Laboratorio de datos electorales con el ITL", ("ITL",), ("UTSI",), firma=0.95,
          hasta=720, acompanada=True),
    # Otros países.
    Ficha("andino", MEMORANDO, "Memorando con el Centro Andino", (ANDINO,), ("UTAJ",), firma=0.45, hasta=400,
          internacional=True),
    Ficha("andino-estudio", ESPECIFICO, "Estudio comparado con el Centro Andino", (ANDINO,), ("UTAJ",), "negociacion",
          paso=20, padre="andino", internacional=True),
    Ficha("toronto", CARTA, "Carta de intención con la Casa Ciudad de México en Toronto", (TORONTO,), ("UTCSyD",),
          firma=0.72, compromisos="Termina al cerrar la campaña de credencialización.", internacional=True),
    Ficha("atlantico", MEMORANDO, "Memorando con la Universidad Federal del Atlántico", (ATLANTICO,),
          ("UTCFyD", "UTAJ"), firma=0.9, hasta=700, internacional=True),
    Ficha("iberica", MEMORANDO, "Memorando sobre voto a distancia con la Red Ibérica", (IBERICA,), ("DEOEyG",),
          firma=0.9, internacional=True),
    Ficha("austral", ACUERDO, "Acuerdo de intercambio con el Servicio Electoral Austral", (AUSTRAL,), ("UTAJ",),
          firma=-8, desde=23, hasta=750, internacional=True),
    Ficha("bahia", CARTA, "Carta de intención con la Federación de la Bahía", (BAHIA,), ("UTAJ",), "validacion",
          paso=12, internacional=True),
    Ficha("consulado", APOYO, "Módulos informativos en el consulado", (CONSULADO,), ("UTCSyD",), "negociacion",
          paso=25, internacional=True, acompanada=True),
    # Los que vencen, vencieron o concluyeron.
    Ficha("practicas", ESPECIFICO, "Prácticas profesionales con el ITL", ("ITL",), ("UTCFyD",), firma=-700, hasta=24,
          historico=True, acompanada=True),
    Ficha("radio", APOYO, "Difusión con Radio Ciudadana", (RADIO,), ("UTCSyD",), firma=-680, hasta=52, historico=True),
    Ficha("norte", COLABORACION, "Intercambio con el IEL-Norte", ("IEL-Norte",), ("UTAJ",), firma=-640, hasta=81,
          historico=True),
    Ficha("lomas", APOYO, "Participación vecinal en Lomas Altas", (LOMAS,), ("DEPCyC",), firma=-380, hasta=-12,
          historico=True, acompanada=True),
    Ficha("ferias", COLABORACION, "Ferias de participación con la Fundación Voto Abierto", (FUNDACION,),
          ("DEECyCC",), firma=-930, hasta=-200, historico=True),
    Ficha("talleres", ESPECIFICO, "Talleres con la Fundación Voto Abierto", (FUNDACION,), ("DEECyCC",), "concluido",
          firma=-560, paso=240, historico=True, acompanada=True),
    Ficha("percepcion", APOYO, "Encuesta de percepción con el Colegio de Estudios", (COLEGIO,), ("DEECyCC",),
          firma=-230, compromisos="Termina al entregarse la base de datos de la encuesta.", acompanada=True),
    # En trámite, y los que no llegaron a firmarse.
    Ficha("diplomado", ESPECIFICO, "Diplomado con el Colegio de Estudios", (COLEGIO,), ("UTCFyD",), "suscripcion",
          paso=12, acompanada=True),
    Ficha("voto-electronico", TECNICO, "Anexo técnico de voto electrónico", ("INE",), ("DEOEyG", "UTSI"),
          "validacion", paso=34, padre=GENERAL_INE, acompanada=True),
    Ficha("violencia", APOYO, "Prevención de la violencia política con la Fundación", (FUNDACION,), ("UTGyDH",),
          "validacion", paso=38, acompanada=True),
    Ficha("norte-archivo", ESPECIFICO, "Archivo electoral compartido con el IEL-Norte", ("IEL-Norte",),
          ("UTAJ", "UTALAOD"), "negociacion", paso=78, padre="norte", acompanada=True),
    Ficha("encuesta", COLABORACION, "Encuesta conjunta con el ITL", ("ITL",), ("DEECyCC",), "no_concretado", paso=31,
          nota="La contraparte desistió (datos ficticios)."),
    Ficha("sede", ACUERDO, "Uso de un salón de la Alcaldía Lomas Altas", (LOMAS,), ("SA",), "no_requerido", paso=55,
          nota="Bastó un oficio (datos ficticios)."),
)  # fmt: skip

# Opiniones además de la favorable que lleva todo el que llegó a suscripción por su camino:
# instrumento → (días desde la solicitud, sentido o «borrador», motivo si luego se canceló).
# La segunda y la tercera complementan a la primera: toman su número con bis y ter.
OPINIONES: dict[str, tuple[tuple[int, str, str], ...]] = {
    "laboratorio": ((4, "no_favorable", ""), (11, "observaciones", ""), (18, "favorable", "")),
    "golfo": ((15, "observaciones", ""),),
    "violencia": ((12, "no_favorable", ""), (0, "borrador", "")),
    "encuesta": ((14, "favorable", "El instrumento no se concretó (datos ficticios)."),),
    "bahia": ((0, "borrador", ""),),
    "voto-electronico": ((16, "favorable", ""),),
}
OBSERVACION = "Conviene precisar quién responde por cada compromiso."

# instrumento, clase, documento, versiones: (días desde la firma o el último paso, qué cambió)
DOCUMENTOS = (
    ("golfo-padron", "proyecto", "Proyecto de convenio", (
        (-50, "Primera versión."), (-30, "Se ajustó la cláusula de vigencia."), (-14, "Observaciones de la opinión."))),
    ("golfo-padron", "validado", "Convenio validado", ((-2, ""),)),
    ("diplomado", "proyecto", "Proyecto de convenio", ((-40, "Primera versión."), (-22, "Se agregó el temario."))),
    ("diplomado", "oficio", "Solicitud del área", ((-55, ""),)),
    ("violencia", "proyecto", "Proyecto de convenio", ((-10, "Primera versión."),)),
    ("uva-adenda", "proyecto", "Proyecto de adenda", ((-6, "Primera versión."),)),
)  # fmt: skip
# Ya firmado y sin su archivo: se ve lo que falta.
SIN_ARCHIVO_FIRMADO = ("atlantico",)

# instrumento, qué falta, área («»: la contraparte), para cuándo, hecho hace (días) o None, nota
PENDIENTES: tuple[tuple[str, str, str, int, int | None, str], ...] = (
    ("golfo-padron", "Recabar la firma del Instituto", "UTAJ", 6, None, ""),
    ("golfo-padron", "Enviar los ejemplares a la contraparte", "DVOE", -3, 4, "Se enviaron dos ejemplares."),
    ("uva-adenda", "Revisar la redacción de la cláusula que se modifica", "UTAJ", 12, None, ""),
    ("bahia", "Confirmar la personalidad jurídica de la contraparte", "UTAJ", -5, None, "Se pidió el acta."),
    ("norte-archivo", "Definir qué series documentales se comparten", "UTAJ", -30, None, ""),
    ("norte-archivo", "Nombrar enlace", "", -45, 50, ""),
    ("diplomado", "Acordar la fecha de la firma", "UTCFyD", 8, None, ""),
    ("diplomado", "Entregar el temario definitivo", "", -14, 15, "Lo entregó la contraparte."),
    ("voto-electronico", "Atender las observaciones técnicas", "UTSI", 4, None, ""),
    ("violencia", "Precisar los compromisos de cada parte", "UTGyDH", -4, None, ""),
    ("consulado", "Proponer calendario de módulos", "UTCSyD", 20, None, ""),
    ("andino-estudio", "Responder la propuesta de objeto", "", 15, None, ""),
)

# título, instrumentos, días («firma»: el de la última firma), hora, modalidad, lugar, estado, motivo, invitados
INVITADOS_DEL_INSTITUTO = (
    ("Presidencia del Consejo General", "PCG", "firmante"),
    ("Secretaría Ejecutiva", "SE", "testigo"),
)
ACTOS: tuple[tuple[str, tuple[str, ...], int | None, tuple[str, str], str, str, str, str], ...] = (
    ("Firma del convenio general con la UVA", ("uva",), None, ("12:00", "13:00"), "presencial",
     "Sala de sesiones", "celebrado", ""),
    ("Firma del observatorio universitario", ("observatorio",), None, ("17:00", "18:30"), "hibrida",
     "Auditorio de la UVA", "celebrado", ""),
    ("Firma de los memorandos con instituciones de otros países", ("atlantico", "iberica"), None, ("09:00", "10:00"),
     "virtual", "Videoconferencia", "celebrado", ""),
    ("Firma con el IEL-Golfo y el Colegio de Estudios", ("golfo-padron", "diplomado"), 11, ("11:00", "12:30"),
     "presencial", "Sala de sesiones", "programado", ""),
    ("Firma de la encuesta conjunta con el ITL", ("encuesta",), -33, ("12:00", "13:00"), "presencial",
     "Sala de sesiones", "cancelado", "La contraparte desistió (datos ficticios)."),
)  # fmt: skip

# instrumento, cláusula, a qué se obliga, parte, área, recurrencia, límite, por qué ya no aplica,
# avances: (días, porcentaje, con eso se cumple, qué se hizo); «hasta» cumple cada vez hasta ese día
COMPROMISOS: tuple[tuple[str, str, str, str, str, str, int | None, str, tuple[tuple[int, int, bool, str], ...]], ...] = (
    ("percepcion", "Segunda", "Levantar la encuesta", "ambas", "DEECyCC", "unica", -75, "",
     ((-120, 50, False, "Se probó el cuestionario."), (-80, 100, True, "Se levantó en las 16 demarcaciones."))),
    ("percepcion", "Tercera", "Entregar la base de datos", "contraparte", "DEECyCC", "unica", -20, "",
     ((-26, 100, True, "Se recibió la base completa."),)),
    ("practicas", "Cuarta", "Entregar constancias a la última generación", "instituto", "UTCFyD", "unica", -15, "",
     ((-30, 60, False, "Faltan las constancias de un grupo."),)),
    ("practicas", "Quinta", "Evaluar el primer año de prácticas", "ambas", "UTCFyD", "unica", -290, "",
     ((-280, 100, True, "Se evaluó con retraso."),)),
    ("radio", "Primera", "Transmitir cápsulas informativas", "contraparte", "UTCSyD", "bimestral", -170,
     "Las partes acordaron sustituirlas por entrevistas (datos ficticios).", ()),
    ("radio", "Segunda", "Enviar guiones a la emisora", "instituto", "UTCSyD", "unica", 33, "",
     ((-9, 40, False, "Se entregaron los primeros guiones."),)),
    ("norte", "Octava", "Informar a la comisión de los resultados", "instituto", "UTAJ", "anual", -300, "",
     ((-304, 100, True, "Se presentó el informe anual."),)),
    ("lomas", "Sexta", "Presentar el informe final", "contraparte", "DEPCyC", "unica", -10, "", ()),
    ("uva-tecnico", "Segunda", "Entregar el diagnóstico de las sedes", "contraparte", "UTCFyD", "unica", 40, "", ()),
    ("uva-tecnico", "Tercera", "Capacitar a quienes prestan el servicio", "instituto", "UTAJ", "unica", None, "", ()),
    ("toronto", "Única", "Difundir la campaña de credencialización", "instituto", "UTCSyD", "unica", 18, "", ()),
)  # fmt: skip
# Los que se repiten: instrumento, cláusula, qué, parte, área, recurrencia, primera vez y hasta qué día van al corriente.
RECURRENTES = (
    ("norte", "Segunda", "Intercambiar materiales de capacitación", "ambas", "UTAJ", "mensual", -115, -35),
    ("practicas", "Tercera", "Recibir a una nueva generación", "instituto", "UTCFyD", "trimestral", -200, 0),
)

# instrumento, decisión, hace cuántos días, razón
RENOVACIONES: tuple[tuple[str, str, int | None, str], ...] = (
    ("practicas", "estudio", None, ""),
    ("radio", "renueva", -18, "Se conviene en los mismos términos, con entrevistas en lugar de cápsulas."),
    ("lomas", "no_renueva", -20, "La contraparte cambió sus prioridades."),
)
SUCESOR = ("radio", "Entrevistas con Radio Ciudadana")
