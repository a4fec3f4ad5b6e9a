"""La planeación del año ficticio: pesos, indicadores que pasan por todas las luces y riesgos con seguimiento."""

from .ficticio_listas import MARCA

# eje → (peso del eje, pesos de sus acciones)
PESOS = {
    1: (25, (40, 30, 30)),
    2: (20, (40, 40, 20)),
    3: (20, (40, 30, 30)),
    4: (20, (20, 20, 20, 10, 10, 10, 10)),
    5: (15, (40, 30, 30)),
}

INTRODUCCION = ("antes", "Introducción", f"Programa del año en curso {MARCA}: sirve para recorrer el sistema.")

PROBLEMAS = (
    ("P1", "problema", "", f"La vinculación no llega a todos los públicos {MARCA}", ""),
    ("C1", "causa", "P1", "Los materiales se difunden tarde", ""),
    ("E1", "efecto", "P1", "Participan pocas personas", ""),
)
OBJETIVOS = (
    ("O1", "objetivo", "", f"Vinculación oportuna con todos los públicos {MARCA}", "P1"),
    ("M1", "medio", "O1", "Difusión con calendario", "C1"),
    ("F1", "fin", "O1", "Participan más personas", "E1"),
)

SUPUESTOS = (
    ("S1", f"El presupuesto no se reduce {MARCA}"),
    ("S2", f"Las contrapartes mantienen su interés {MARCA}"),
)

# clave, nivel, resumen, nombre, tipo, fórmula, frecuencia, supuestos, eje, acciones, de dónde salen las variables
INDICADORES = (
    ("F1", "fin", "Más personas participan", "Personas alcanzadas", "impacto", "impacto", "anual", "S1;S2", "",
     ("2.1", "4.1", "5.2"), "asistentes"),
    ("P1", "proposito", "Vinculación local y nacional sostenida", "Cumplimiento de la vinculación", "impacto", "impacto",
     "semestral", "S1", "", ("4.1", "4.2"), "avance"),
    ("C1", "componente", "Comunidad en el extranjero atendida", "Atención a la comunidad", "eficacia", "eficacia",
     "trimestral", "S2", "1", ("1.1", "1.2", "1.3"), "avance"),
    ("C2", "componente", "Eventos útiles para quien asiste", "Satisfacción de asistentes", "calidad", "razon",
     "trimestral", "S2", "4", ("4.1",), "dato"),
    ("C3", "componente", "Convenios que se firman", "Convenios suscritos", "eficacia", "razon", "anual", "S2", "4",
     ("4.3",), "cifra"),
    ("A1", "actividad", "Noticias para el micrositio", "Noticias publicadas", "eficacia", "eficacia", "trimestral", "S1", "",
     ("1.3",), "avance"),
    ("A2", "actividad", "Notas de coyuntura internacional", "Notas elaboradas", "eficacia", "eficacia", "trimestral", "S1",
     "", ("2.2",), "avance"),
    ("A3", "actividad", "Misiones y foros en el extranjero", "Misiones realizadas", "eficacia", "eficacia", "trimestral",
     "S1;S2", "", ("2.3",), "avance"),
    ("A4", "actividad", "Boletines sobre el INE", "Boletines enviados", "eficacia", "eficacia", "trimestral", "S1", "",
     ("3.3",), "avance"),
    ("A5", "actividad", "Reportes del SIVOPLE", "Reportes entregados", "eficacia", "eficacia", "mensual", "S1", "",
     ("3.2",), "avance"),
    ("A6", "actividad", "Materiales de difusión", "Materiales publicados", "eficacia", "eficacia", "trimestral", "S1", "",
     ("4.2",), "avance"),
    ("A7", "actividad", "Pláticas y foros con universidades", "Pláticas realizadas", "eficacia", "eficacia", "trimestral",
     "S2", "", ("4.1",), "avance"),
    ("A8", "actividad", "Sistematización de hallazgos", "Documento elaborado", "eficacia", "eficacia", "anual", "S1", "",
     ("5.3",), "avance"),
)  # fmt: skip

PERSONAS_ESPERADAS = 900  # el denominador de F1
# Respuestas favorables y totales de cada trimestre; del último que terminó no se captura ninguna.
SATISFACCION = ((92, 100), (61, 70), (84, 90), (70, 80))
# El indicador que deja sin explicar el trimestre anterior al que corre.
SIN_EXPLICAR = ("A4", "C2")

EXPLICACIONES = {
    "ROJO": (
        "Se programó más de lo que el equipo podía hacer.",
        "Repartir el trabajo entre dos personas y fijar un calendario semanal.",
        "Alcanzar lo programado en el trimestre que sigue.",
    ),
    "AMBAR": (
        "Hubo semanas inhábiles que no se previeron.",
        "Adelantar el trabajo de los meses con días inhábiles.",
        "Volver a la meta en el periodo que sigue.",
    ),
    "REBASADA": (
        "Hubo más hechos que reportar que los previstos.",
        "Conservar el ritmo y proponer una meta mayor el próximo año.",
        "Se espera terminar el año arriba de lo programado.",
    ),
    "SIN_DATO": (
        "La encuesta se está capturando.",
        "Pedir las respuestas antes del cierre de mes.",
        "El dato estará completo el mes que sigue.",
    ),
}
AJUSTE = ("A2", 1, "0.3", "Se entregaron junto con la revisión de abril, que dirige otra área (datos ficticios).")

# número, nombre, proceso, descripción, afectados, prob., impacto, respuesta, prob. y impacto residuales,
# respuesta final, supuestos, acciones, tratamientos: texto, inicio y término en días desde hoy y lo demás
RIESGOS: tuple[tuple, ...] = (
    (1, f"Recorte al presupuesto {MARCA}", "Ejecución del programa", "Puede faltar con qué pagar giras y eventos.",
     "La unidad", 2, 3, "reducir", 1, 2, "asumir", ("S1",), ("1.1", "2.3"),
     ("Buscar sedes sin costo con instituciones aliadas", -200, -25, {}),
     ("Preparar versiones a distancia de cada evento", -200, 60, {"estado": "en_proceso"})),
    (2, f"Poca respuesta de las contrapartes {MARCA}", "Convenios y actividades conjuntas",
     "Las contrapartes pueden aplazar lo acordado.", "La unidad y las áreas", 2, 2, "compartir", 1, 1, "", ("S2",),
     ("2.1", "4.3"),
     ("Nombrar un enlace en cada contraparte", -250, -90, {"estado": "concluido", "concluido_hace": 100})),
    (3, f"Atraso en los boletines {MARCA}", "Seguimiento al INE", "El boletín puede llegar cuando ya no sirve.",
     "Consejerías", 3, 2, "reducir", 2, 1, "", ("S1",), ("3.3",),
     ("Fijar un día de cierre de cada boletín", -40, 35, {})),
)  # fmt: skip
# riesgo, trimestre, nota, se materializó, probabilidad e impacto observados
NOTAS = (
    (1, 1, "Sin cambios en el presupuesto.", False, 2, 3),
    (1, 2, "Se anunció una revisión del gasto; se preparan versiones a distancia.", False, 3, 3),
    (2, 1, "Todas las contrapartes nombraron enlace.", False, 1, 2),
    (3, 2, "Dos boletines salieron tarde.", True, 3, 2),
    (3, 3, "Se ensaya el día fijo de cierre.", False, 2, 2),
)

# acción, metas nuevas de los trimestres que cambian, razón
REPROGRAMACION = ("2.3", {4: 2}, "Se suma la misión que no se hizo en el segundo trimestre (datos ficticios).")
CANDADO = "Informe del primer trimestre, presentado a la comisión (datos ficticios)"
