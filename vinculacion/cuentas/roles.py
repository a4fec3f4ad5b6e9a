"""Los seis papeles y lo que puede cada uno.

Los permisos se nombran por cadena: este piso no importa las salas de arriba.
``sincronizar`` los lleva a los grupos de Django después de cada migración.
"""

CAPTURA, DIRECCION, SECRETARIA, CONSEJERIA, AREA, ADMINISTRACION = (
    "Captura",
    "Dirección",
    "Secretaría técnica",
    "Consejería",
    "Área",
    "Administración",
)


def _de(modelos: str, *verbos: str) -> set[str]:
    """«programas.actividad», ver y cambiar → {"programas.view_actividad", …}."""
    return {
        f"{sala}.{verbo}_{modelo}"
        for entrada in modelos.split()
        for sala, modelo in [entrada.split(".")]
        for verbo in verbos
    }


_REGISTROS = (
    "programas.actividad convenios.convenio convenios.documentodeconvenio convenios.pasopendiente "
    "convenios.opinion convenios.actoprotocolario convenios.renovacion convenios.compromiso "
    "convenios.avancedecompromiso convenios.actualizacion observacion.integrantered "
    "observacion.asistenciared migrantes.envio"
)
_PLANES = (
    "programas.programa programas.eje programas.accion programas.meta programas.reprogramacion programas.candado "
    "programas.textodeprograma programas.involucramiento programas.nodo programas.alternativa programas.supuesto "
    "programas.indicador programas.datodevariable programas.ajustedetiempo programas.explicacion "
    "programas.riesgo programas.tratamiento programas.seguimientoderiesgo"
)
_COMISION = (
    "comision.comision comision.integracion comision.sesion comision.punto comision.asistencia comision.acuerdo "
    "comision.voto comision.minuta comision.convocatoria comision.seguimientodeacuerdo"
)
_INFORMES = "informes.informe informes.plantilla informes.apartado informes.renglon"
_DIRECTORIO = "directorio.area directorio.organismo directorio.procesoelectoral"
_CATALOGOS = (
    "programas.tipoactividad convenios.tipoinstrumento convenios.plantilladeopinion comision.tema archivo.serie"
)

_REVISION = "informes.observacion informes.versiondeinforme informes.trabajo"

_VER_TODO = _de(f"{_REGISTROS} {_PLANES} {_COMISION} {_INFORMES} {_DIRECTORIO} {_CATALOGOS} {_REVISION}", "view") | {
    "convenios.ver_todos"
}

_CAPTURAR = _de(_REGISTROS, "add", "change", "delete") | _de("directorio.organismo", "add", "change") | _VER_TODO

ROLES: dict[str, set[str]] = {
    CAPTURA: _CAPTURAR,
    DIRECCION: _CAPTURAR
    | _de(f"{_PLANES} {_INFORMES}", "add", "change", "delete")
    | _de("programas.tipoactividad convenios.plantilladeopinion", "add", "change", "delete")
    | _de("informes.observacion", "add", "change")
    | {"programas.validar_actividad", "programas.abrir_candado"}
    | {"convenios.emitir_opinion", "convenios.decidir_renovacion"},
    SECRETARIA: _VER_TODO
    | _de(f"{_COMISION} {_INFORMES} comision.tema", "add", "change", "delete")
    | _de("informes.observacion informes.identidad", "view", "add", "change")
    | {"comision.celebrar_sesion", "programas.abrir_candado"}
    | {"informes.aprobar_informe", "informes.publicar_informe"},
    CONSEJERIA: _VER_TODO | _de("informes.observacion", "add", "change"),
    AREA: _de(
        "convenios.convenio convenios.actualizacion convenios.documentodeconvenio convenios.pasopendiente "
        "convenios.opinion convenios.actoprotocolario convenios.renovacion convenios.compromiso "
        "convenios.avancedecompromiso comision.acuerdo comision.seguimientodeacuerdo",
        "view",
    )
    | _de("convenios.actualizacion convenios.pasopendiente convenios.avancedecompromiso", "add", "change")
    | _de("convenios.documentodeconvenio", "add")
    | {"comision.add_seguimientodeacuerdo"},
    ADMINISTRACION: _VER_TODO - _de("observacion.integrantered observacion.asistenciared", "view")
    | _de(f"{_DIRECTORIO} {_CATALOGOS} cuentas.usuario informes.identidad", "view", "add", "change", "delete"),
}


def sincronizar(**_senal) -> None:
    """Deja cada grupo con sus permisos exactos; un permiso que ninguna sala declara es un error."""
    from django.contrib.auth.models import Group, Permission

    existentes = {
        f"{p.content_type.app_label}.{p.codename}": p for p in Permission.objects.select_related("content_type")
    }
    for papel, permisos in ROLES.items():
        desconocidos = permisos - existentes.keys()
        if desconocidos:
            raise ValueError(f"El papel {papel} nombra permisos que no existen: {', '.join(sorted(desconocidos))}")
        grupo, _ = Group.objects.get_or_create(name=papel)
        grupo.permissions.set(existentes[p] for p in permisos)
