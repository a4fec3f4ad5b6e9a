"""Páginas del directorio."""

from vinculacion.nucleo.paginas import Paginas, Panel

from . import filters, forms, models, resources, tables


class AreaPaginas(Paginas):
    modelo = models.Area
    tabla = tables.AreaTabla
    filtro = filters.AreaFiltro
    formulario = forms.AreaForm
    conjuntos = {"nombres": ("Nombres que tuvo antes", forms.NombresDeArea)}
    recurso = resources.AreaRecurso
    busca = ("nombre", "siglas", "nombres__nombre", "nombres__siglas")
    detalle = ("nombre", "siglas", "clase", "padre", "activa")
    femenino = True
    articulo = "el"
    ayuda = "Áreas internas del instituto. Si una cambia de nombre, el anterior se conserva con sus fechas."

    def consulta(self, usuario):
        return models.Area.objects.select_related("padre")

    def paneles(self, objeto, usuario):
        return paneles_de_nombres(objeto, "Áreas que dependen de ella", objeto.hijas.all())


class OrganismoPaginas(Paginas):
    modelo = models.Organismo
    tabla = tables.OrganismoTabla
    filtro = filters.OrganismoFiltro
    formulario = forms.OrganismoForm
    conjuntos = {"nombres": ("Nombres que tuvo antes", forms.NombresDeOrganismo)}
    recurso = resources.OrganismoRecurso
    busca = ("nombre", "siglas", "nombres__nombre", "nombres__siglas")
    detalle = ("nombre", "siglas", "clase", "ambito", "pais", "padre", "activo")
    ayuda = "Instituciones y organizaciones con las que el instituto se vincula."

    def consulta(self, usuario):
        return models.Organismo.objects.select_related("padre")

    def paneles(self, objeto, usuario):
        return paneles_de_nombres(objeto, "Organismos que forman parte de él", objeto.hijos.all())


class ProcesoElectoralPaginas(Paginas):
    modelo = models.ProcesoElectoral
    tabla = tables.ProcesoElectoralTabla
    filtro = filters.ProcesoElectoralFiltro
    formulario = forms.ProcesoElectoralForm
    recurso = resources.ProcesoElectoralRecurso
    busca = ("nombre", "clave")
    detalle = ("nombre", "clave", "clase", "inicio", "jornada", "fin")


def paneles_de_nombres(objeto, titulo_hijos: str, hijos) -> list[Panel]:
    """Los nombres que tuvo y lo que cuelga de él, si hay."""
    nombres, hijos = list(objeto.nombres.all()), list(hijos)
    paneles = []
    if nombres:
        paneles.append(Panel("Nombres que tuvo antes", "directorio/_nombres.html", {"nombres": nombres}))
    if hijos:
        paneles.append(Panel(titulo_hijos, "directorio/_hijos.html", {"hijos": hijos}))
    return paneles
