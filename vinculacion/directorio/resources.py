"""Hojas de cálculo del directorio: áreas, organismos y procesos electorales."""

import re

from import_export.widgets import Widget

from vinculacion.nucleo import hojas

from .models import Area, NombreDeArea, NombreDeOrganismo, Organismo, ProcesoElectoral

Anterior = tuple[str, str, object, object]


class NombresAnteriores(Widget):
    """«Nombre [SIGLAS] (desde - hasta)», separados por punto y coma; la fecha «desde» puede faltar."""

    formato = "Nombre [SIGLAS] (dd/mm/aaaa - dd/mm/aaaa); si son varios, separados por punto y coma"
    ejemplo = "Unidad de Enlace [UE] (01/01/2015 - 31/12/2021)"
    _forma = re.compile(
        r"(?P<nombre>[^\[\]]+?)\s*(?:\[(?P<siglas>[^\]]*)\])?\s*\((?P<desde>[\d/]*)\s*[-–]\s*(?P<hasta>[\d/]+)\)"
    )

    def clean(self, value, row=None, **kwargs) -> list[Anterior]:
        fecha, nombres = hojas.Fecha(), []
        for pieza in re.split(r"[;\n]", hojas.a_texto(value)):
            if not pieza.strip():
                continue
            partes = self._forma.fullmatch(pieza.strip())
            if partes is None:
                raise ValueError(f"«{pieza.strip()}» no tiene la forma «Nombre [SIGLAS] (dd/mm/aaaa - dd/mm/aaaa)».")
            desde, hasta = fecha.clean(partes["desde"]), fecha.clean(partes["hasta"])
            if desde and hasta < desde:
                raise ValueError(f"«{partes['nombre']}»: la fecha final es anterior a la inicial.")
            if len(partes["nombre"]) > 250 or len(partes["siglas"] or "") > 30:
                raise ValueError("Un nombre lleva hasta 250 caracteres y unas siglas hasta 30.")
            nombres.append((partes["nombre"], (partes["siglas"] or "").strip(), desde, hasta))
        return nombres

    def render(self, value, obj=None, **kwargs) -> str:
        textos = []
        for nombre, siglas, desde, hasta in sorted(value or (), key=lambda a: (a[3], a[0])):
            entre = f" [{siglas}]" if siglas else ""
            inicio = f"{desde:%d/%m/%Y} " if desde else ""
            textos.append(f"{nombre}{entre} ({inicio}- {hasta:%d/%m/%Y})")
        return "; ".join(textos)


class ConNombresRecurso(hojas.Recurso):
    """Lo común de áreas y organismos: se nombran por siglas o nombre, también por los que tuvieron."""

    se_nombra = ("siglas", "nombre")
    modelo_nombre: type = NombreDeArea
    relacion = ""

    def consulta(self):
        return self._meta.model.objects.prefetch_related("nombres")

    def guardar(self, instancia, por):
        instancia.save()
        if "anteriores" not in instancia.valores_hoja:
            return
        pedidos = instancia.valores_hoja["anteriores"]
        if NombresAnteriores().render(pedidos) == NombresAnteriores().render(self.dehydrate_anteriores(instancia)):
            return
        instancia.nombres.all().delete()
        self.modelo_nombre.objects.bulk_create(
            self.modelo_nombre(**{self.relacion: instancia}, nombre=n, siglas=s, desde=d, hasta=h)
            for n, s, d, h in pedidos
        )

    def dehydrate_anteriores(self, objeto) -> list[Anterior]:
        return [(n.nombre, n.siglas, n.desde, n.hasta) for n in objeto.nombres.all()]


def _nombres_de(modelo, relacion):
    """Pares (nombre o siglas que tuvo, pk)."""
    for pk, nombre, siglas in modelo.objects.values_list(f"{relacion}_id", "nombre", "siglas"):
        yield nombre, pk
        if siglas:
            yield siglas, pk


class AreaRecurso(ConNombresRecurso):
    clave = "areas"
    alias = staticmethod(lambda: _nombres_de(NombreDeArea, "area"))
    modelo_nombre, relacion = NombreDeArea, "area"
    anteriores = hojas.Columna(column_name="Nombres anteriores", widget=NombresAnteriores(), virtual=True)

    class Meta:
        model = Area
        import_id_fields = ("nombre",)
        fields = ("nombre", "siglas", "clase", "padre", "activa", "anteriores")


class OrganismoRecurso(ConNombresRecurso):
    clave = "organismos"
    alias = staticmethod(lambda: _nombres_de(NombreDeOrganismo, "organismo"))
    modelo_nombre, relacion = NombreDeOrganismo, "organismo"

    anteriores = hojas.Columna(column_name="Nombres anteriores", widget=NombresAnteriores(), virtual=True)

    class Meta:
        model = Organismo
        import_id_fields = ("nombre",)
        fields = ("nombre", "siglas", "clase", "ambito", "pais", "padre", "activo", "anteriores")


class ProcesoElectoralRecurso(hojas.Recurso):
    clave = "procesos"
    se_nombra = ("clave", "nombre")

    class Meta:
        model = ProcesoElectoral
        import_id_fields = ("clave",)
        fields = ("clave", "nombre", "clase", "inicio", "jornada", "fin")
