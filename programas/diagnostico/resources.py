"""Las hojas de la población y de las alternativas."""

from programas.models import Alternativa, Involucramiento
from vinculacion.nucleo import hojas

from . import acciones_poblacion as acciones
from . import consultas
from .resources_arbol import NodoRecurso as NodoRecurso  # la anota al cargarse


class InvolucramientoRecurso(hojas.Recurso):
    """Se reconoce por su programa y quién es: de área y organismo, uno va en blanco."""

    clave = "involucramientos"
    titulo = "Población involucrada"

    area = hojas.Columna(ayuda="Del Instituto; en blanco si es un organismo.")
    organismo = hojas.Columna(ayuda="Externo; en blanco si es un área.")
    interes = hojas.Columna(ejemplo="5")
    fuerza = hojas.Columna(ejemplo="4")
    valor = hojas.Columna(attribute="valor", column_name="Involucramiento", readonly=True)
    banda = hojas.Columna(attribute="banda__label", column_name="Nivel", readonly=True)

    class Meta:
        model = Involucramiento
        import_id_fields = ("programa", "area", "organismo")
        fields = ("programa", "area", "organismo", "interes", "fuerza", "papel", "valor", "banda")

    def consulta(self):
        return consultas.involucramientos().order_by("-programa__anio", "programa__clave", "producto", "nombre", "pk")

    def guardar(self, instancia, por):
        acciones.guardar_involucramiento(involucramiento=instancia, por=por)


class AlternativaRecurso(hojas.Recurso):
    clave = "alternativas"

    medio = hojas.Columna(
        ayuda="Del árbol de objetivos, con la clave de su programa.",
        ejemplo="pe-2021:M1",
    )
    incidencia = hojas.Columna(ejemplo="5")
    viabilidad = hojas.Columna(ejemplo="4")
    valor = hojas.Columna(attribute="valor", column_name="Valor", readonly=True)

    class Meta:
        model = Alternativa
        import_id_fields = ("programa", "numero")
        fields = (
            "programa", "numero", "medio", "nombre", "incidencia", "viabilidad", "valor", "elegida", "razon", "accion",
        )  # fmt: skip

    def consulta(self):
        return consultas.alternativas()

    def guardar(self, instancia, por):
        acciones.guardar_alternativa(alternativa=instancia, por=por)
