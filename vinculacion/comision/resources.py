"""Hojas de cálculo de la comisión."""

from django.core.exceptions import ValidationError

from vinculacion.archivo.folios import leer_folio
from vinculacion.nucleo import hojas

from . import acciones
from .capacidades import CapacidadDeLaSesion
from .estados import EstadoDeAsistencia
from .models import Acuerdo, Asistencia, Comision, Integracion, Punto, Sesion, Tema
from .sala.reglas import impedimentos_para_anotar_resolucion


class ComisionRecurso(hojas.Recurso):
    clave = "comisiones"
    se_nombra = ("siglas", "nombre")

    class Meta:
        model = Comision
        import_id_fields = ("siglas",)
        fields = (
            "siglas", "nombre", "tipo", "acuerdo_creacion", "desde", "hasta", "serie", "horas_ordinaria",
            "horas_extraordinaria", "horas_urgente", "quorum",
        )  # fmt: skip

    def guardar(self, instancia, por):
        acciones.guardar_comision(comision=instancia, por=por)


class IntegracionRecurso(hojas.Recurso):
    clave = "integracion"
    titulo = "Integración de la comisión"
    se_nombra = ("nombre", ("comision__siglas", "nombre"))

    class Meta:
        model = Integracion
        import_id_fields = ("comision", "rol", "nombre", "desde")
        fields = ("comision", "orden", "rol", "nombre", "persona", "correo", "organismo", "area", "desde", "hasta")

    def guardar(self, instancia, por):
        acciones.guardar_integracion(integracion=instancia, por=por)


class TemaRecurso(hojas.Recurso):
    clave = "temas"
    titulo = "Temas de los puntos"

    class Meta:
        model = Tema
        import_id_fields = ("nombre",)
        fields = ("nombre", "activo")


class SesionRecurso(hojas.Recurso):
    clave = "sesiones"
    se_nombra = ("clave", ("comision__siglas", "clave"))
    # Cerrar y reabrir tienen sus reglas y su razón: la hoja sólo lo dice.
    cerrada = hojas.Columna(attribute="cerrada", column_name="Cerrada", widget=hojas.SiNo(), readonly=True)

    class Meta:
        model = Sesion
        import_id_fields = ("comision", "anio", "tipo", "numero")
        fields = (
            "comision", "anio", "tipo", "numero", "fecha_calendario", "fecha_programada", "hora_programada",
            "fecha_celebrada", "hora_inicio", "hora_fin", "modalidad", "lugar", "estado", "cerrada", "notas",
        )  # fmt: skip

    def guardar(self, instancia, por):
        acciones.guardar_sesion(sesion=instancia, por=por)


class PuntoRecurso(hojas.Recurso):
    clave = "puntos"
    titulo = "Puntos del orden del día"
    se_nombra = (("sesion__clave", "numero"), ("sesion__comision__siglas", "sesion__clave", "numero"))

    class Meta:
        model = Punto
        import_id_fields = ("sesion", "numero")
        fields = (
            "sesion", "numero", "titulo", "tema", "solicitud", "presenta", "de_tramite", "resolucion", "intervenciones",
        )  # fmt: skip

    def consulta(self):
        return Punto.objects.select_related("sesion__comision", "tema")

    def guardar(self, instancia, por):
        if razones := impedimentos_para_anotar_resolucion(instancia):
            raise ValidationError({"resolucion": razones})
        if instancia.pk is None:
            acciones.insertar_punto(punto=instancia, por=por)
        else:
            acciones.editar_punto(punto=instancia, por=por)


class Marca(hojas.Opcion):
    """Además de los nombres de los estados acepta la «X» de las listas de asistencia."""

    formato = "Presente (o X), Ausente (o en blanco), Ausencia justificada (o J), Asistió quien suple (o S)"

    def clean(self, value, row=None, **kwargs):
        corta = {"": "ausente", "no": "ausente", "-": "ausente", "x": "presente", "si": "presente", "sí": "presente"}
        corta |= {"j": "justificada", "s": "suplente", "suplente": "suplente"}
        texto = hojas.a_texto(value).casefold()
        return corta[texto] if texto in corta else super().clean(value, row, **kwargs)


class AsistenciaRecurso(hojas.Recurso):
    clave = "asistencia"
    titulo = "Asistencia a las sesiones"
    comision = hojas.Columna(attribute="sesion__comision__siglas", column_name="Comisión", readonly=True)
    integracion = hojas.Columna(attribute="integracion", column_name="Capacidad", widget=CapacidadDeLaSesion())
    estado = hojas.Columna(
        attribute="estado", widget=Marca(EstadoDeAsistencia.choices), obligatoria=False, ejemplo="Presente"
    )

    class Meta:
        model = Asistencia
        import_id_fields = ("sesion", "integracion")
        fields = ("comision", "sesion", "integracion", "estado", "motivo", "suplente")

    def consulta(self):
        return Asistencia.objects.select_related("sesion__comision", "integracion").order_by(
            "sesion__fecha_programada", "sesion", "integracion__orden", "integracion__nombre"
        )

    def guardar(self, instancia, por):
        acciones.anotar_asistencia(asistencia=instancia, por=por)


class FolioDeAcuerdo(hojas.Texto):
    """Lo escribe como manda la serie de su comisión, para que CVOE/50/20 y CVOE/050/20 sean el mismo."""

    formato = "Como manda la serie de la comisión"
    ejemplo = "CVOE/043/20"
    columna_comision = "Comisión"

    def __init__(self):
        super().__init__()
        self.comisiones = hojas.RelacionPorNombre(Comision, consulta=lambda: Comision.objects.select_related("serie"))

    def olvida(self):
        self.comisiones.olvida()

    def clean(self, value, row=None, **kwargs):
        texto = super().clean(value, row, **kwargs)
        try:
            serie = self.comisiones.busca(hojas.a_texto((row or {}).get(self.columna_comision))).serie
        except ValueError:
            return texto
        return serie.formato(*leer_folio(serie, texto)) if texto else texto


class AcuerdoRecurso(hojas.Recurso):
    clave = "acuerdos"
    titulo = "Acuerdos de la comisión"
    folio = hojas.Columna(attribute="folio", widget=FolioDeAcuerdo())

    class Meta:
        model = Acuerdo
        import_id_fields = ("comision", "folio")
        fields = (
            "comision", "folio", "sesion", "punto", "texto", "estado", "area_responsable", "fecha_limite",
            "cumplido_en", "notas",
        )  # fmt: skip

    def consulta(self):
        return Acuerdo.objects.select_related("comision", "sesion__comision", "punto", "area_responsable")

    def guardar(self, instancia, por):
        if instancia.pk is not None:
            acciones.editar_acuerdo(acuerdo=instancia, por=por)
        elif instancia.folio:
            acciones.registrar_acuerdo(acuerdo=instancia, por=por)
        else:
            raise ValidationError({"folio": "Falta el folio."})
