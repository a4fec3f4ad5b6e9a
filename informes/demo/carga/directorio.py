"""Áreas, organismos, procesos y una cuenta por papel. El directorio no tiene acciones: se guarda revisado."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.hashers import make_password

from informes.demo import cuentas as datos_cuentas
from informes.demo import directorio as datos
from vinculacion.cuentas.acciones import guardar_usuario
from vinculacion.cuentas.models import Usuario
from vinculacion.directorio.models import Area, NombreDeArea, Organismo, ProcesoElectoral

from .mundo import Mundo


def cargar(mundo: Mundo, contrasena: str) -> None:
    areas(mundo)
    cuentas(mundo, contrasena)
    organismos(mundo, datos.ORGANISMOS)
    procesos()


def areas(mundo: Mundo) -> None:
    existentes = {a.siglas: a for a in Area.objects.all()}
    for siglas, nombre, clase, superior in datos.AREAS:
        if siglas not in existentes:
            area = Area(siglas=siglas, nombre=nombre, clase=clase, padre=existentes.get(superior))
            area.full_clean()
            area.save()
            existentes[siglas] = area
    mundo.areas = existentes
    for actual, siglas, nombre, desde, hasta in datos.NOMBRES_ANTERIORES:
        NombreDeArea.objects.get_or_create(
            area=existentes[actual],
            nombre=nombre,
            defaults={
                "siglas": siglas,
                "desde": date.fromisoformat(desde) if desde else None,
                "hasta": date.fromisoformat(hasta),
            },
        )


def cuentas(mundo: Mundo, contrasena: str) -> None:
    cifrada = ""
    for usuario, papel, cargo, siglas in datos_cuentas.CUENTAS:
        persona = Usuario.objects.filter(username=usuario).first()
        if persona is None:
            persona = guardar_usuario(
                usuario=Usuario(
                    username=usuario,
                    email=f"{usuario}@iecm.example",
                    first_name=cargo,
                    cargo=cargo,
                    area=mundo.areas[siglas],
                ),
                papel=papel,
                por=None,
            )
            # Cifrar cuesta a propósito: la misma contraseña se cifra una sola vez.
            cifrada = cifrada or make_password(contrasena)
            persona.password = cifrada
            persona.save(update_fields=["password"])
        mundo.personas[usuario] = persona


def organismos(mundo: Mundo, filas: Iterable[tuple[str, str, str, str, str, str]]) -> None:
    existentes = {o.nombre: o for o in Organismo.objects.all()}
    for clave, nombre, ambito, clase, pais, superior in filas:
        organismo = existentes.get(nombre)
        if organismo is None:
            organismo = Organismo(
                siglas="" if clave in datos.SIN_SIGLAS else clave,
                nombre=nombre,
                ambito=ambito,
                clase=clase,
                pais=pais,
                padre=mundo.organismos[superior] if superior else None,
            )
            organismo._history_user = mundo.captura
            organismo.full_clean()
            organismo.save()
        mundo.organismos[nombre] = organismo
        if clave:
            mundo.organismos[clave] = organismo


def procesos() -> None:
    for clave, nombre, clase, inicio, jornada, fin in datos.PROCESOS:
        if not ProcesoElectoral.objects.filter(clave=clave).exists():
            proceso = ProcesoElectoral(
                clave=clave,
                nombre=nombre,
                clase=clase,
                inicio=date.fromisoformat(inicio),
                jornada=date.fromisoformat(jornada),
                fin=date.fromisoformat(fin),
            )
            proceso.full_clean()
            proceso.save()
