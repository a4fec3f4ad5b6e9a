"""La base de los recursos: qué columnas tiene una hoja y cómo se busca y se guarda cada fila."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import tablib
from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured, ValidationError
from django.db import models
from django.db.models.fields import NOT_PROVIDED
from django.utils.module_loading import autodiscover_modules
from import_export.fields import Field
from import_export.resources import ModelDeclarativeMetaclass, ModelResource
from import_export.results import RowResult
from import_export.widgets import Widget

from . import celdas
from .celdas import normaliza
from .relaciones import RelacionPorNombre, VariasPorNombre

RECURSOS: dict[str, type["Recurso"]] = {}
_POR_MODELO: dict[type[models.Model], type["Recurso"]] = {}


def descubrir() -> dict[str, type["Recurso"]]:
    """Los recursos de todas las salas, por clave."""
    autodiscover_modules("resources")
    return RECURSOS


def recurso_de(modelo) -> type["Recurso"] | None:
    descubrir()
    return _POR_MODELO.get(modelo)


class Columna(Field):
    """Una columna. ``virtual``: no es un atributo que se escriba en el registro; su valor llega a
    ``guardar`` en ``instancia.valores_hoja[atributo]`` y se exporta con ``dehydrate_<nombre>`` o
    con el atributo (propiedad o anotación) del mismo nombre."""

    def __init__(
        self,
        attribute=None,
        column_name=None,
        widget=None,
        *,
        virtual=False,
        ayuda="",
        ejemplo="",
        obligatoria=None,
        **kwargs,
    ):
        super().__init__(attribute=attribute, column_name=column_name, widget=widget, **kwargs)
        self.virtual = virtual
        self.ayuda = ayuda
        self.ejemplo = ejemplo
        self.obligatoria = obligatoria
        self.campo_modelo = None

    @property
    def es_varias(self):
        return self.campo_modelo is not None and self.campo_modelo.many_to_many

    def get_value(self, instance):
        # Por el pk: el nombre sale del índice del widget y no cuesta una consulta por fila.
        if self.campo_modelo is not None and isinstance(self.widget, RelacionPorNombre):
            if self.es_varias:
                return list(getattr(instance, self.attribute).all()) if instance.pk else []
            return getattr(instance, self.campo_modelo.attname)
        return super().get_value(instance)


@dataclass(frozen=True)
class Descripcion:
    """Lo que la plantilla, las instrucciones y ``catalogo`` dicen de una columna."""

    campo: str
    encabezado: str
    obligatoria: bool
    clave: bool
    formato: str
    ayuda: str
    ejemplo: str
    permitidos: list[str] = field(default_factory=list)


class MetaRecurso(ModelDeclarativeMetaclass):
    def __new__(mcs, nombre, bases, attrs):
        clase = super().__new__(mcs, nombre, bases, attrs)
        if clase._meta.model is not None:
            _preparar(clase)
            if clase.__dict__.get("clave"):
                _registrar(clase)
        return clase


def _preparar(clase):
    """Quita lo que nadie captura y pone a cada columna su encabezado y su widget."""
    modelo, meta = clase._meta.model, clase._meta
    for nombre, columna in list(clase.fields.items()):
        if getattr(columna, "virtual", False):
            continue  # puede llamarse como una relación inversa
        try:
            campo = modelo._meta.get_field(nombre)
        except FieldDoesNotExist:
            continue
        expreso = nombre in meta.import_id_fields or nombre in (meta.fields or ())
        automatico = campo.primary_key or not campo.editable or isinstance(campo, models.FileField)
        puente = campo.many_to_many and not campo.remote_field.through._meta.auto_created
        if (automatico or puente) and not expreso:
            del clase.fields[nombre]
    vistos = {}
    for nombre, columna in clase.fields.items():
        columna.attribute = columna.attribute or nombre
        campo = None
        if not getattr(columna, "virtual", False):
            try:
                campo = modelo._meta.get_field(columna.attribute)
            except FieldDoesNotExist:
                campo = None
        if isinstance(columna, Columna):
            columna.campo_modelo = campo
        if columna.column_name in (None, nombre):
            etiqueta = clase.encabezados.get(nombre) or (
                str(campo.verbose_name) if campo is not None else nombre.replace("_", " ")
            )
            columna.column_name = etiqueta[:1].upper() + etiqueta[1:]
        if type(columna.widget) is Widget and campo is not None:
            columna.widget = clase.widget_de(campo)
            columna.default = campo.default if columna.default is NOT_PROVIDED else columna.default
        otro = vistos.setdefault(normaliza(columna.column_name), nombre)
        if otro != nombre:
            raise ImproperlyConfigured(
                f"{clase.__name__}: «{otro}» y «{nombre}» tienen el mismo encabezado "
                f"«{columna.column_name}»; distíngalos con «encabezados»."
            )


def _registrar(clase):
    otra = RECURSOS.get(clase.clave)
    if otra is not None and otra.__module__ != clase.__module__:
        raise ImproperlyConfigured(f"Dos recursos se llaman «{clase.clave}»: {otra} y {clase}.")
    if not clase._meta.import_id_fields or list(clase._meta.import_id_fields) == ["id"]:
        raise ImproperlyConfigured(f"{clase.__name__} necesita import_id_fields (su clave natural).")
    for nombre in clase._meta.import_id_fields:
        if nombre not in clase.fields:
            raise ImproperlyConfigured(f"{clase.__name__}: la clave «{nombre}» no es una columna.")
    RECURSOS[clase.clave] = clase
    _POR_MODELO.setdefault(clase._meta.model, clase)


class Recurso(ModelResource, metaclass=MetaRecurso):
    """Hoja de un modelo. Una sala declara ``clave``, ``Meta.model`` e ``import_id_fields``."""

    DEFAULT_RESOURCE_FIELD = Columna

    clave = ""
    titulo = ""
    encabezados: dict[str, str] = {}  # campo → encabezado, cuando el verbose_name no basta
    se_nombra: tuple = ()  # cómo se nombra este modelo desde otras hojas (ver RelacionPorNombre)
    confidencial = False  # datos personales: ni listas en las plantillas ni nombres propuestos en los errores
    alias = None  # staticmethod que da pares (texto, pk): nombres anteriores

    class Meta:
        skip_unchanged = True
        report_skipped = True
        skip_diff = True
        clean_model_instances = True
        use_transactions = True
        store_instance = True

    def __init__(self, *, por=None, archivo="", paginas=None, **kwargs):
        super().__init__(**kwargs)
        self.por = por
        self.paginas = paginas  # al importar desde la página, sus límites valen también para la hoja
        self.archivo = archivo
        self._existentes = {}
        self._fila_actual = 0
        self.importadas: list[tuple[int, models.Model]] = []  # (fila, registro) de lo que entró sin error
        self.llamativas: list[tuple[int, str, str]] = []  # (fila, columna o nada, motivo)

    # -- Lo que una sala puede redefinir ------------------------------------------------------

    def guardar(self, instancia, por):
        """Escribe el registro; una sala llama aquí a su acción."""
        instancia.save()

    def consulta(self):
        """Los registros que esta hoja puede leer y cambiar."""
        return self._meta.model._default_manager.all()

    def en_orden(self, filas, indices):
        """Las filas (número, celdas) como conviene guardarlas; ``indices`` da la celda de cada columna."""
        return filas

    def rarezas(self, instancia) -> Iterable[str | tuple[str, str]]:
        """Lo que no impide importar una fila pero llama la atención: el motivo, o (columna, motivo).

        Se pregunta al final, con todo el archivo ya escrito en la transacción; ``importadas`` tiene las filas,
        por si conviene preguntar por todas de una vez.
        """
        return ()

    # -- Columnas -------------------------------------------------------------------------------

    @classmethod
    def titulo_humano(cls):
        nombre = cls.titulo or str(cls._meta.model._meta.verbose_name_plural)
        return nombre[:1].upper() + nombre[1:]

    @classmethod
    def field_from_django_field(cls, field_name, django_field, readonly):
        return Columna(
            attribute=field_name,
            widget=cls.widget_de(django_field),
            readonly=readonly,
            default=django_field.default,
        )

    @classmethod
    def widget_de(cls, campo):
        if campo.many_to_many:
            return VariasPorNombre(campo.remote_field.model)
        if isinstance(campo, models.ForeignKey):
            return RelacionPorNombre(campo.remote_field.model)
        if campo.choices:
            return celdas.Opcion(campo.flatchoices, nulo=campo.null)
        for clase, hacer in (
            (models.BooleanField, celdas.SiNo),
            (models.DateTimeField, celdas.FechaHora),
            (models.DateField, celdas.Fecha),
            (models.TimeField, celdas.Hora),
            (models.IntegerField, celdas.Entero),
            (models.DecimalField, celdas.NumeroDecimal),
        ):
            if isinstance(campo, clase):
                return hacer()
        if isinstance(campo, models.FloatField):
            return celdas.NumeroDecimal(flotante=True)
        if isinstance(campo, models.JSONField):
            return celdas.Pares() if campo.default is dict else celdas.Lista()
        return celdas.Texto(nulo=campo.null)

    def columnas(self):
        """Las columnas en su orden, las mismas en la plantilla, en la importación y al exportar."""
        return {n: self.fields[n] for n in self.get_import_order() if n in self.fields}

    def obligatoria(self, nombre, columna):
        if getattr(columna, "obligatoria", None) is not None:
            return columna.obligatoria
        campo = getattr(columna, "campo_modelo", None)
        if campo is None:
            return nombre in self._meta.import_id_fields
        if isinstance(campo, models.BooleanField) and campo.has_default():
            return False
        return not campo.blank and not campo.has_default()

    def descripciones(self, con_permitidos=True):
        return [
            Descripcion(
                campo=nombre,
                encabezado=columna.column_name,
                obligatoria=self.obligatoria(nombre, columna),
                clave=nombre in self._meta.import_id_fields,
                formato=getattr(columna.widget, "formato", "Texto"),
                ayuda=self._ayuda(columna),
                ejemplo=str(getattr(columna, "ejemplo", "") or getattr(columna.widget, "ejemplo", "")),
                permitidos=(
                    list(columna.widget.permitidos())
                    if con_permitidos and hasattr(columna.widget, "permitidos")
                    else []
                ),
            )
            for nombre, columna in self.columnas().items()
            if not columna.readonly
        ]

    @staticmethod
    def _ayuda(columna):
        campo = getattr(columna, "campo_modelo", None)
        return str(getattr(columna, "ayuda", "") or getattr(campo, "help_text", "") or "")

    # -- Salida ---------------------------------------------------------------------------------

    def get_queryset(self):
        consulta = self.consulta()
        varias = [c.attribute for c in self.fields.values() if getattr(c, "es_varias", False)]
        return consulta.prefetch_related(*varias) if varias else consulta

    def celda(self, nombre, columna, instancia, **kwargs):
        metodo = getattr(self, f"dehydrate_{nombre}", None)
        valor = metodo(instancia) if metodo else columna.get_value(instancia)
        return columna.widget.render(valor, **kwargs)

    def filas(self, queryset=None):
        """Cada registro como lista de celdas con su tipo (fecha, número, texto)."""
        consulta = self.get_queryset() if queryset is None else queryset
        columnas = self.columnas().items()
        varias = [c.attribute for _n, c in columnas if getattr(c, "es_varias", False)]
        if isinstance(consulta, models.QuerySet):
            # La consulta de una página no trae lo que este recurso exporta: se pide aquí, no fila por fila.
            traidas = {getattr(b, "prefetch_to", b) for b in consulta._prefetch_related_lookups}
            propias = (*self.get_queryset()._prefetch_related_lookups, *varias)
            consulta = consulta.prefetch_related(*(b for b in propias if getattr(b, "prefetch_to", b) not in traidas))
        for objeto in self.iter_queryset(consulta):
            yield [self.celda(n, c, objeto, force_native_type=True) for n, c in columnas]

    def export(self, queryset=None, **kwargs):
        datos = tablib.Dataset(headers=[c.column_name for c in self.columnas().values()])
        for fila in self.filas(queryset):
            datos.append(fila)
        return datos

    # -- Entrada: los pasos que import-export llama por cada fila --------------------------------

    def recuerda(self, existentes, numeros, errores_fila, presentes):
        """Lo que importacion.py averiguó de todo el archivo antes de empezar."""
        self._existentes = existentes
        self._numeros = numeros
        self._errores_fila = errores_fila
        self.presentes = presentes

    def before_import_row(self, row, **kwargs):
        self._fila_actual = self._numeros[kwargs["row_number"] - 1]

    def get_instance(self, instance_loader, row):
        return self._existentes.get(self._fila_actual)

    def after_init_instance(self, instance, new, row, **kwargs):
        instance.valores_hoja = {}
        instance.antes_hoja = {} if new else self._celdas_de(instance)
        # Se preguntan antes de escribir nada: la propia fila podría cambiar el estado que impide.
        instance.impedimentos_hoja = (
            [] if new or self.paginas is None else list(self.paginas.impedimentos_para_editar(instance, self.por))
        )

    def _celdas_de(self, instancia):
        return {n: self.celda(n, c, instancia) for n, c in self.columnas().items() if n in self.presentes}

    def import_instance(self, instance, row, **kwargs):
        errores = {}
        despues = {}
        for nombre, columna in self.columnas().items():
            if nombre not in self.presentes or columna.readonly:
                continue
            try:
                valor = columna.clean(row)
            except (ValueError, ValidationError) as error:
                mensajes = getattr(error, "messages", None) or [str(error)]
                errores[columna.attribute] = ValidationError(mensajes, code="hoja")
                continue
            if self._vacio(valor) and self.obligatoria(nombre, columna):
                errores[columna.attribute] = ValidationError("Falta este dato: es obligatorio.")
                continue
            instance.valores_hoja[columna.attribute] = valor
            despues[nombre] = columna.widget.render(valor)
            if not columna.es_varias and not columna.virtual:
                setattr(instance, columna.attribute, valor)
        instance.despues_hoja = despues
        if mensajes := self._errores_fila.get(self._fila_actual):
            errores["__all__"] = ValidationError(mensajes)
        if errores:
            raise ValidationError(errores)

    @staticmethod
    def _vacio(valor):
        return valor is None or valor == "" or valor == []

    def skip_row(self, instance, original, row, import_validation_errors=None):
        if import_validation_errors or instance.pk is None:
            return False
        if self._iguales(instance.antes_hoja, instance.despues_hoja):
            return True
        # clean() puede normalizar (recortar, poner mayúsculas): si tras él no queda cambio, es igual.
        try:
            instance.full_clean()
        except ValidationError:
            return False
        instance.revisada_hoja = True
        for nombre, columna in self.columnas().items():
            if nombre in instance.despues_hoja and not columna.es_varias and not columna.virtual:
                instance.despues_hoja[nombre] = columna.widget.render(columna.get_value(instance))
        return self._iguales(instance.antes_hoja, instance.despues_hoja)

    @staticmethod
    def _iguales(antes, despues):
        return all((antes.get(n) or "") == (v or "") for n, v in despues.items())

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        errores = dict(import_validation_errors or {})
        if instance.impedimentos_hoja:
            errores.setdefault("__all__", []).extend(ValidationError(m) for m in instance.impedimentos_hoja)
        if not errores and getattr(instance, "revisada_hoja", False):
            return
        propios = {c.attribute for c in self.fields.values() if getattr(c, "virtual", False)}
        ilegibles = {n for n in errores if n != "__all__" and n not in propios}
        try:
            instance.full_clean(
                exclude=ilegibles,
                validate_unique=validate_unique,
                # Con datos sin leer, las restricciones de la tabla darían errores de rebote.
                validate_constraints=not errores,
            )
        except ValidationError as error:
            nuevos = error.update_error_dict({})
            for nombre, lista in nuevos.items():
                if nombre not in ilegibles:  # de lo que no se pudo leer ya se dijo por qué
                    errores.setdefault(nombre, []).extend(lista)
        if errores:
            raise ValidationError(errores)

    def do_instance_save(self, instance, is_create):
        if self.por is not None:
            instance._history_user = self.por
        instance._change_reason = f"Importación de {self.archivo}"[:100]
        self.guardar(instance, self.por)
        if self.paginas is not None and not self.paginas.consulta(self.por).filter(pk=instance.pk).exists():
            raise ValidationError("No puede guardar este registro: quedaría fuera de lo que su papel le deja ver.")

    def save_m2m(self, instance, row, **kwargs):
        for columna in self.columnas().values():
            if columna.es_varias and columna.attribute in instance.valores_hoja:
                getattr(instance, columna.attribute).set(instance.valores_hoja[columna.attribute])

    def after_save_instance(self, instance, row, **kwargs):
        for columna in self.fields.values():
            if isinstance(columna.widget, RelacionPorNombre) and columna.widget.modelo is self._meta.model:
                columna.widget.agrega(instance)

    def after_import_row(self, row, row_result, **kwargs):
        instancia = row_result.instance
        row_result.cambios = []
        if instancia is None or row_result.import_type == RowResult.IMPORT_TYPE_SKIP:
            return
        nombres = self.columnas()
        row_result.cambios = [
            (nombres[n].column_name, instancia.antes_hoja.get(n) or "", valor or "")
            for n, valor in instancia.despues_hoja.items()
            if (instancia.antes_hoja.get(n) or "") != (valor or "")
        ]

    def after_import(self, dataset, result, **kwargs):
        self.importadas = [
            (numero, fila.instance)
            for numero, fila in zip(self._numeros, result.rows, strict=True)
            if fila.instance is not None and fila.instance.pk and not fila.errors and fila.validation_error is None
        ]
        self.llamativas = [
            (numero, "", rareza) if isinstance(rareza, str) else (numero, *rareza)
            for numero, instancia in self.importadas
            for rareza in self.rarezas(instancia)
        ]
