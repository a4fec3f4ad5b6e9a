"""De qué se hace el año ficticio: organismos, ejes, encargos, convenios e integrantes."""

MARCA = "(datos ficticios)"

# siglas, nombre, ámbito, clase, país, de quién forma parte
ORGANISMOS = (
    ("UVA", "Universidad del Valle de Anáhuac (ficticia)", "local", "academia", "MX", ""),
    ("ITL", "Instituto Tecnológico de los Lagos (ficticio)", "local", "academia", "MX", ""),
    ("", "Colegio de Estudios Democráticos (ficticio)", "nacional", "academia", "MX", ""),
    ("IEL-Norte", "Instituto Electoral del Norte (ficticio)", "nacional", "ople", "MX", ""),
    ("IEL-Golfo", "Instituto Electoral del Golfo (ficticio)", "nacional", "ople", "MX", ""),
    ("", "Alcaldía Lomas Altas (ficticia)", "local", "alcaldia", "MX", ""),
    ("", "Radio Ciudadana (ficticia)", "local", "medio", "MX", ""),
    ("", "Fundación Voto Abierto (ficticia)", "nacional", "sociedad", "MX", ""),
    ("", "Centro Andino de Estudios Electorales (ficticio)", "internacional", "internacional", "CO", ""),
    ("", "Federación Chilanga de la Bahía (ficticia)", "internacional", "migrante", "US", ""),
    ("", "Casa Ciudad de México en Toronto (ficticia)", "internacional", "migrante", "CA", ""),
    ("", "Consulado en Ciudad Costera (ficticio)", "internacional", "consular", "US", ""),
    ("", "Universidad Federal del Atlántico (ficticia)", "internacional", "academia", "BR", ""),
    ("", "Red Ibérica de Voto a Distancia (ficticia)", "internacional", "internacional", "ES", ""),
    ("", "Servicio Electoral Austral (ficticio)", "internacional", "autoridad", "CL", ""),
)
UNIVERSIDADES = ("UVA", "ITL", "Colegio de Estudios Democráticos (ficticio)")
MIGRANTES = ("Federación Chilanga de la Bahía (ficticia)", "Casa Ciudad de México en Toronto (ficticia)")
EXTRANJEROS = ("Centro Andino de Estudios Electorales (ficticio)",)

# eje → (nombre, acciones); acción: nombre, unidad, frecuencia, metas, fuente, tipo de
# actividad, ritmo de cumplimiento (1 = justo lo programado) y títulos entre los que se elige
EJES = (
    (
        "Comunidad de la Ciudad de México en el extranjero",
        (
            (
                "Encuentros y giras con la comunidad",
                "Encuentro",
                "trimestral",
                (1, 2, 2, 1),
                "",
                "reunion-migrantes",
                1.0,
                ("Encuentro con la comunidad en la Bahía", "Encuentro con la comunidad en Toronto"),
            ),
            (
                "Mensajes a la base de contactos",
                "Envío",
                "mensual",
                (6, 6, 6, 6),
                "migrantes.envios",
                "",
                1.0,
                (),
            ),
            (
                "Noticias para el micrositio",
                "Noticia",
                "mensual",
                (60, 60, 60, 60),
                "",
                "noticia-micrositio",
                0.95,
                ("Noticias de la semana para el micrositio",),
            ),
        ),
    ),
    (
        "Vinculación internacional",
        (
            (
                "Actividades conjuntas con instituciones internacionales",
                "Actividad",
                "trimestral",
                (1, 1, 1, 1),
                "",
                "actividad-internacional",
                1.0,
                ("Diálogo sobre integridad electoral", "Seminario de voto a distancia"),
            ),
            (
                "Notas de coyuntura electoral internacional",
                "Nota",
                "mensual",
                (6, 6, 6, 6),
                "",
                "nota-internacional",
                1.3,
                (
                    "Elecciones generales en la región andina",
                    "Resultados de la consulta en el Caribe",
                    "Reforma electoral en el Cono Sur",
                    "Voto por internet: balance comparado",
                ),
            ),
            (
                "Misiones y foros en el extranjero",
                "Misión o foro",
                "semestral",
                (0, 1, 0, 1),
                "",
                "mision",
                0.5,
                ("Misión de acompañamiento electoral",),
            ),
        ),
    ),
    (
        "Relación con el Instituto Nacional Electoral",
        (
            (
                "Notas de las sesiones del INE",
                "Nota ejecutiva",
                "mensual",
                (9, 9, 9, 9),
                "",
                "nota-ejecutiva",
                1.05,
                ("Seguimiento a la sesión del Consejo General", "Seguimiento a la sesión de la comisión"),
            ),
            (
                "Reportes del SIVOPLE",
                "Reporte",
                "mensual",
                (12, 12, 12, 12),
                "",
                "reporte-sivople",
                1.0,
                ("Reporte semanal del SIVOPLE",),
            ),
            (
                "Boletines sobre el INE",
                "Boletín",
                "mensual",
                (6, 6, 6, 6),
                "",
                "boletin",
                0.7,
                ("Boletín quincenal de seguimiento al INE",),
            ),
        ),
    ),
    (
        "Vinculación local y nacional",
        (
            (
                "Pláticas y foros con universidades",
                "Evento",
                "trimestral",
                (3, 4, 4, 3),
                "",
                "platica-universidad",
                1.1,
                (
                    "Sistema electoral mexicano",
                    "Participación de las juventudes",
                    "Presupuesto participativo",
                    "Democracia directa",
                ),
            ),
            (
                "Materiales de difusión",
                "Material",
                "mensual",
                (6, 6, 6, 6),
                "",
                "infografia",
                0.85,
                ("Infografía: credencial desde el extranjero", "Infografía: ¿qué hace la comisión?"),
            ),
            (
                "Convenios suscritos",
                "Convenio",
                "trimestral",
                (2, 3, 3, 4),
                "convenios.suscritos",
                "",
                1.0,
                (),
            ),
            (
                "Seguimiento a los convenios",
                "Convenio con avance",
                "trimestral",
                (4, 4, 4, 4),
                "convenios.actualizados",
                "",
                1.0,
                (),
            ),
            (
                "Acompañamiento a las áreas en sus convenios",
                "Convenio acompañado",
                "trimestral",
                (4, 4, 5, 6),
                "convenios.acompanamientos",
                "",
                1.0,
                (),
            ),
            (
                "Actos protocolarios de firma",
                "Acto",
                "trimestral",
                (1, 0, 0, 2),
                "convenios.actos",
                "",
                1.0,
                (),
            ),
            (
                "Opiniones de pertinencia",
                "Opinión",
                "trimestral",
                (2, 2, 6, 4),
                "convenios.opiniones",
                "",
                1.0,
                (),
            ),
        ),
    ),
    (
        "Observación electoral",
        (
            (
                "Reuniones con la Red de Observación",
                "Reunión",
                "trimestral",
                (1, 1, 1, 1),
                "",
                "reunion-red",
                1.0,
                ("Reunión de trabajo con la Red de Observación",),
            ),
            (
                "Curso de observación electoral",
                "Curso",
                "anual",
                (0, 1, 0, 0),
                "",
                "curso",
                1.0,
                ("Curso para observar procesos de participación",),
            ),
            (
                "Sistematización de hallazgos",
                "Documento",
                "anual",
                (0, 0, 0, 1),
                "",
                "documento",
                0.0,
                ("Informe de hallazgos de la observación",),
            ),
        ),
    ),
)

ORGANOS = ("CG-INE", "CVOPL", "CCOE", "CL-INE-CDMX")

PUNTOS = (
    ("Convenios", "Informe mensual de convenios"),
    ("Vinculación con el INE", "Informe de seguimiento al INE"),
    ("Observación electoral", "Informe de actividades de la Red de Observación"),
    ("Ciudadanía residente en el extranjero", "Informe de vinculación con la comunidad migrante"),
    ("Vinculación internacional", "Informe de actividades internacionales"),
)
ENCARGOS = (
    "Se pide presentar un plan de difusión para la comunidad en el extranjero.",
    "Se pide actualizar el registro de integrantes de la Red de Observación.",
    "Se pide un informe sobre los convenios por vencer.",
    "Se pide revisar el calendario de pláticas con universidades.",
    "Se pide proponer dos actividades con institutos de otras entidades.",
    "Se pide integrar el diagnóstico de solicitudes recibidas del INE.",
)
RESPONSABLES = ("UTAJ", "UTCSyD", "DVOE", "DEECyCC", "UTSI", "DEPCyC")

CAPACIDADES = (
    ("Presidencia", "presidencia", "CE1"),
    ("Integrante: Consejería 2", "integrante", "CE2"),
    ("Integrante: Consejería 4", "integrante", "CE4"),
    ("Secretaría técnica", "secretaria_tecnica", "DVOE"),
    ("Secretaría Ejecutiva", "area", "SE"),
    ("Secretaría Administrativa", "area", "SA"),
    ("Unidad Técnica de Asuntos Jurídicos", "area", "UTAJ"),
    ("Unidad Técnica de Comunicación Social y Difusión", "area", "UTCSyD"),
    ("Unidad Técnica de Servicios Informáticos", "area", "UTSI"),
    ("En representación de la Contraloría Interna", "invitada", "CI"),
)

INTEGRANTES = (
    "Vigías del Voto (ficticia)",
    "Asamblea Vecinal del Oriente (ficticia)",
    "Democracia en Bici (ficticia)",
    "Observatorio Juvenil del Sur (ficticia)",
    "Pueblos en Consulta (ficticia)",
    "Voces de Iztacalco (ficticia)",
)

INTRODUCCION_DEL_INFORME = """
Este informe reúne el trabajo de la {{ comision }} y de su unidad, de {{ periodo }}. Las cifras del
texto y de las tablas salen de los mismos registros.

La comisión {{ comision.sesiones | elige:"celebró,celebró,no celebró" }}
{{ comision.sesiones | concuerda:"sesión,sesiones" }} y {{ comision.acuerdos | elige:"tomó,tomó,no tomó" }}
{{ comision.acuerdos | concuerda:"acuerdo,acuerdos" }}. La unidad {{ programas.actividades |
elige:"registró,registró,no registró" }} {{ programas.actividades | concuerda:"actividad,actividades" }}.
{{ programas.asistentes | elige:"Asistió,Asistieron,No asistió" }}
{{ programas.asistentes | concuerda:"persona,personas" }}.

{{ convenios.suscritos | elige:"Se suscribió,Se suscribieron,No se suscribió" }}
{{ convenios.suscritos | concuerda:"convenio,convenios" }}; al terminar el periodo
{{ convenios.en_tramite | elige:"seguía,seguían,no seguía" }} en trámite {{ convenios.en_tramite | concuerda:"convenio,convenios" }}.
"""
