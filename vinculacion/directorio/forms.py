"""Formularios de áreas, organismos y procesos electorales."""

from vinculacion.nucleo.formularios import FormularioBase, conjunto

from .models import Area, NombreDeArea, NombreDeOrganismo, Organismo, ProcesoElectoral


class AreaForm(FormularioBase):
    grupos = (("", ("nombre", ("siglas", "clase"), "padre", "activa")),)

    class Meta:
        model = Area
        fields = ["nombre", "siglas", "clase", "padre", "activa"]


class OrganismoForm(FormularioBase):
    grupos = (("", ("nombre", ("siglas", "clase"), ("ambito", "pais"), "padre", "activo")),)

    class Meta:
        model = Organismo
        fields = ["nombre", "siglas", "clase", "ambito", "pais", "padre", "activo"]


class NombreDeAreaForm(FormularioBase):
    class Meta:
        model = NombreDeArea
        fields = ["nombre", "siglas", "desde", "hasta"]


class NombreDeOrganismoForm(FormularioBase):
    class Meta:
        model = NombreDeOrganismo
        fields = ["nombre", "siglas", "desde", "hasta"]


class ProcesoElectoralForm(FormularioBase):
    grupos = (("", ("nombre", ("clave", "clase"), ("inicio", "jornada", "fin"))),)

    class Meta:
        model = ProcesoElectoral
        fields = ["nombre", "clave", "clase", "inicio", "jornada", "fin"]


NombresDeArea = conjunto(Area, NombreDeArea, NombreDeAreaForm)
NombresDeOrganismo = conjunto(Organismo, NombreDeOrganismo, NombreDeOrganismoForm)
