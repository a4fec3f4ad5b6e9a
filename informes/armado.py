"""De un informe guardado como datos al documento que los formatos escriben."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError

from programas.secciones import aviso_sin_actividades, tiene_registros
from vinculacion.nucleo.bloques import Bloque, Lista, Matriz, Parrafo, SinActividades, Tabla, hay_contenido
from vinculacion.nucleo.palabras import capitaliza
from vinculacion.nucleo.salida.documento import INSTITUCION, ApartadoArmado, Documento, Portada
from vinculacion.nucleo.secciones import CIFRAS, SECCIONES, Contexto

from . import narrativa
from .arbol import Nodo, arbol
from .estados import EstadoDeInforme
from .models import Apartado, Informe, UsoDeSeccion

SIN_NADA = "No se reportan actividades en el periodo."


@dataclass(frozen=True)
class Problema:
    """Algo que impide armar un apartado; nunca se calla ni deja un hueco."""

    apartado: Apartado
    mensaje: str

    def __str__(self) -> str:
        return f"«{self.apartado.titulo}»: {self.mensaje}"


class InformeConProblemas(ValueError):
    def __init__(self, problemas: list[Problema]):
        self.problemas = problemas
        super().__init__("\n".join(str(p) for p in problemas))


@dataclass
class Armado:
    documento: Documento
    problemas: list[Problema] = field(default_factory=list)

    def exigir(self) -> Documento:
        """El documento, o ``InformeConProblemas`` si algún apartado no se pudo armar."""
        if self.problemas:
            raise InformeConProblemas(self.problemas)
        return self.documento


def contexto_de(informe: Informe) -> Contexto:
    return Contexto(informe.periodo, informe.comision, informe.titulo)


def armar(informe: Informe, avisar: Callable[[str], None] | None = None) -> Armado:
    """Arma el informe entero con lo que los registros dicen hoy."""
    armador = _Armador(contexto_de(informe), avisar)
    apartados = tuple(armador.nodo(nodo) for nodo in arbol(informe))
    documento = Documento(
        clave=informe.clave,
        portada=portada(informe),
        apartados=apartados,
        autor=informe.unidad or str(informe.comision.nombre),
        creado=informe.modificado,
    )
    return Armado(documento, armador.problemas)


def armar_apartado(apartado: Apartado, contexto: Contexto) -> tuple[list[Bloque], list[Problema]]:
    """Los bloques de un solo apartado, para la vista previa junto al editor."""
    armador = _Armador(contexto)
    return armador.bloques(apartado), armador.problemas


def portada(informe: Informe) -> Portada:
    """Sesión, punto y acuerdo salen de los registros; nadie los teclea en la portada."""
    sesion = informe.punto.sesion if informe.punto else None
    aprobado = informe.estado == EstadoDeInforme.APROBADO
    return Portada(
        titulo=informe.titulo,
        institucion=INSTITUCION,
        unidad=informe.unidad,
        organo=informe.comision.nombre,
        periodo=capitaliza(str(informe.periodo)),
        punto=str(informe.punto.numero) if informe.punto else "",
        sesion=str(sesion.en_palabras) if sesion else "",
        fecha_sesion=sesion.fecha if sesion else None,
        acuerdo=informe.acuerdo.folio if aprobado and informe.acuerdo else "",
        estado="" if aprobado else informe.get_estado_display(),
    )


class _Armador:
    def __init__(self, contexto: Contexto, avisar: Callable[[str], None] | None = None):
        self.contexto = contexto
        self.avisar = avisar or (lambda _: None)
        self.problemas: list[Problema] = []

    def nodo(self, nodo: Nodo) -> ApartadoArmado:
        self.avisar(nodo.apartado.titulo)
        return ApartadoArmado(
            numero=nodo.numero,
            titulo=nodo.apartado.titulo,
            nivel=nodo.nivel,
            bloques=tuple(self.bloques(nodo.apartado, con_hijos=bool(nodo.hijos))),
            hijos=tuple(self.nodo(hijo) for hijo in nodo.hijos),
            ancla=f"apartado-{nodo.apartado.pk}",
        )

    def bloques(self, apartado: Apartado, con_hijos: bool = False) -> list[Bloque]:
        """Narrativa y secciones; o, si no hay qué contar, el aviso que el apartado dice solo."""
        tablas = [bloque for uso in apartado.secciones.all() for bloque in self.seccion(apartado, uso)]
        if self.sin_nada(apartado, tablas, con_hijos):
            aviso = (
                aviso_sin_actividades(apartado.accion, self.contexto) if apartado.accion else SinActividades(SIN_NADA)
            )
            # El texto que hoy no aparece también debe poder armarse mañana.
            self.problemas += [
                Problema(apartado, str(error)) for error in narrativa.errores(apartado.narrativa, CIFRAS)
            ]
            return [aviso, *self.texto(apartado, apartado.explicacion)]
        return [*self.texto(apartado, apartado.narrativa), *tablas]

    def sin_nada(self, apartado: Apartado, tablas: list[Bloque], con_hijos: bool) -> bool:
        if hay_contenido(tablas) or con_hijos:
            return False
        if apartado.accion:
            return not tiene_registros(apartado.accion, self.contexto)
        return bool(apartado.secciones.all()) or not apartado.narrativa.strip()

    def texto(self, apartado: Apartado, texto: str) -> list[Bloque]:
        if not texto.strip():
            return []
        try:
            return [Parrafo(narrativa.redactar(texto, self.contexto, CIFRAS), "markdown")]
        except narrativa.NarrativaInvalida as error:
            self.problemas += [Problema(apartado, str(e)) for e in error.errores]
            return []

    def seccion(self, apartado: Apartado, uso: UsoDeSeccion) -> list[Bloque]:
        seccion = SECCIONES.get(uso.seccion)
        if seccion is None:
            self.problemas.append(Problema(apartado, f"La sección «{uso.seccion}» ya no existe."))
            return []
        try:
            bloques = list(seccion.bloques(self.contexto, uso.parametros))
        except ValidationError as error:
            self.problemas.append(Problema(apartado, " ".join(error.messages)))
            return []
        if not hay_contenido(bloques):
            return []
        if uso.titulo:
            bloques = con_titulo(bloques, uso.titulo)
        return [*self.texto(apartado, uso.texto_previo), *bloques]


def con_titulo(bloques: list[Bloque], titulo: str) -> list[Bloque]:
    """El título que se escribió en el apartado manda sobre el que da la sección."""
    for lugar, bloque in enumerate(bloques):
        if isinstance(bloque, Tabla | Matriz | Lista):
            return [*bloques[:lugar], replace(bloque, titulo=titulo), *bloques[lugar + 1 :]]
    return bloques
