"""De un informe guardado como datos al documento que los formatos escriben."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError

from programas.consultas import accion_por_clave, hay_registros
from programas.models import Accion
from programas.secciones import SIN_NADA, aviso_sin_actividades
from vinculacion.nucleo.bloques import (
    Bloque,
    Lista,
    Matriz,
    Parrafo,
    Referencia,
    SinActividades,
    Tabla,
    Titulo,
    hay_contenido,
)
from vinculacion.nucleo.memoria import memoria
from vinculacion.nucleo.palabras import capitaliza
from vinculacion.nucleo.salida.documento import ApartadoArmado, Documento, Portada
from vinculacion.nucleo.secciones import CIFRAS, SECCIONES, Contexto

from . import narrativa
from .arbol import Nodo, Pieza, arbol, piezas
from .estados import CONGELADOS, Hoja, Lugar
from .estructura import imagenes
from .estructura.presentacion import Presentacion, aplicar, faltantes, por_anio
from .identidades.consultas import membrete_de
from .models import Apartado, Informe, UsoDeSeccion


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
    # Los que hoy dicen que no hubo actividades en vez de lo que se escribió en ellos.
    callados: list[Apartado] = field(default_factory=list)

    def exigir(self) -> Documento:
        """El documento, o ``InformeConProblemas`` si algún apartado no se pudo armar."""
        if self.problemas:
            raise InformeConProblemas(self.problemas)
        return self.documento


def contexto_de(informe: Informe) -> Contexto:
    """El supuesto con que se enseña una plantilla no está guardado: nada se guarda con él."""
    return Contexto(informe.periodo, informe.comision, informe.titulo, informe=informe if informe.pk else None)


def armar(informe: Informe, avisar: Callable[[str], None] | None = None) -> Armado:
    """Arma el informe entero con lo que los registros dicen hoy."""
    return armar_nodos(informe, arbol(informe), contexto_de(informe), avisar)


def armar_nodos(
    informe: Informe,
    nodos: Iterable[Nodo],
    contexto: Contexto,
    avisar: Callable[[str], None] | None = None,
    *,
    con_hijos: bool = False,
) -> Armado:
    """Unos apartados con los anexos que llamen; ``informe`` sólo da la portada.

    ``con_hijos``: los tienen aunque aquí no se armen, y por eso no dicen que no hubo actividades.
    """
    armador = _Armador(contexto, avisar, con_hijos)
    with memoria():
        apartados = [armador.nodo(nodo) for nodo in nodos]
    membrete = membrete_de(informe)
    documento = Documento(
        clave=informe.clave,
        portada=portada(informe, membrete.institucion),
        apartados=(*apartados, *armador.anexos),
        autor=informe.unidad or str(informe.comision.nombre),
        creado=informe.modificado,
        membrete=membrete,
    )
    return Armado(documento, armador.problemas, armador.callados)


def portada(informe: Informe, institucion: str) -> Portada:
    """Sesión, punto y acuerdo salen de los registros; nadie los teclea en la portada."""
    sesion = informe.punto.sesion if informe.punto else None
    aprobado = informe.estado in CONGELADOS
    return Portada(
        titulo=informe.titulo,
        institucion=institucion,
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
    def __init__(self, contexto: Contexto, avisar: Callable[[str], None] | None = None, con_hijos: bool = False):
        self.contexto = contexto
        self.con_hijos = con_hijos
        self.avisar = avisar or (lambda _: None)
        self.problemas: list[Problema] = []
        self.callados: list[Apartado] = []
        self.anexos: list[ApartadoArmado] = []

    def nodo(self, nodo: Nodo) -> ApartadoArmado:
        self.avisar(nodo.apartado.titulo)
        return ApartadoArmado(
            numero=nodo.numero,
            titulo=nodo.apartado.titulo,
            nivel=nodo.nivel,
            bloques=tuple(self.bloques(nodo.apartado, con_hijos=self.con_hijos or bool(nodo.hijos))),
            hijos=tuple(self.nodo(hijo) for hijo in nodo.hijos),
            ancla=f"apartado-{nodo.apartado.pk}",
            en_indice=nodo.apartado.en_indice,
            hoja=nodo.apartado.hoja,
        )

    def bloques(self, apartado: Apartado, con_hijos: bool = False) -> list[Bloque]:
        """Narrativa, secciones e imágenes; o, si no hay qué contar, el aviso que el apartado dice solo."""
        llenas = [(pieza, self.pieza(apartado, pieza)) for pieza in piezas(apartado)]
        if self.sin_nada(apartado, [bloque for _, bloques in llenas for bloque in bloques], con_hijos):
            accion = accion_de(apartado)
            aviso = aviso_sin_actividades(accion, self.contexto) if accion else SinActividades(SIN_NADA)
            if apartado.narrativa.strip():
                self.callados.append(apartado)
            # El texto que hoy no aparece también debe poder armarse mañana.
            self.problemas += [
                Problema(apartado, str(error)) for error in narrativa.errores(apartado.narrativa, CIFRAS)
            ]
            return [aviso, *self.texto(apartado, apartado.explicacion)]
        cuerpo: list[Bloque] = [*self.texto(apartado, apartado.narrativa)]
        for pieza, bloques in llenas:
            if isinstance(pieza, UsoDeSeccion) and bloques:
                cuerpo += self.texto(apartado, pieza.texto_previo)
                bloques = [self.anexo(pieza, bloques)] if pieza.lugar == Lugar.ANEXO else bloques
            cuerpo += bloques
        return cuerpo

    def anexo(self, uso: UsoDeSeccion, bloques: list[Bloque]) -> Referencia:
        """Lo lleva al final del documento y deja en su lugar cómo llegar a él."""
        numero = len(self.anexos) + 1
        armado = ApartadoArmado(
            numero=f"Anexo {numero}",
            titulo=str(uso),
            nivel=1,
            bloques=tuple(bloques),
            ancla=f"anexo-{numero}",
            hoja=Hoja.APAISADA if Presentacion.de(uso.presentacion).apaisada else "",
        )
        self.anexos.append(armado)
        return Referencia(f"Véase el {armado.encabezado}", armado.ancla)

    def sin_nada(self, apartado: Apartado, contenido: list[Bloque], con_hijos: bool) -> bool:
        if hay_contenido(contenido) or con_hijos:
            return False
        if accion := accion_de(apartado):
            return not hay_registros(accion, self.contexto.periodo)
        return bool(apartado.secciones.all()) or not apartado.narrativa.strip()

    def texto(self, apartado: Apartado, texto: str) -> list[Bloque]:
        if not texto.strip():
            return []
        try:
            return [Parrafo(narrativa.redactar(texto, self.contexto, CIFRAS), "markdown")]
        except narrativa.NarrativaInvalida as error:
            self.problemas += [Problema(apartado, str(e)) for e in error.errores]
            return []

    def pieza(self, apartado: Apartado, pieza: Pieza) -> list[Bloque]:
        try:
            return self.seccion(apartado, pieza) if isinstance(pieza, UsoDeSeccion) else [imagenes.bloque(pieza)]
        except ValidationError as error:
            self.problemas.append(Problema(apartado, " ".join(error.messages)))
            return []

    def seccion(self, apartado: Apartado, uso: UsoDeSeccion) -> list[Bloque]:
        como = Presentacion.de(uso.presentacion)
        cortes = correr(uso, self.contexto)
        todos = [bloque for _, bloques in cortes for bloque in bloques]
        if not hay_contenido(todos):
            return []
        self.problemas += [Problema(apartado, f"{uso}: {falta}") for falta in faltantes(todos, como)]
        presentados: list[Bloque] = [Titulo(como.encabezado)] if como.encabezado else []
        for etiqueta, bloques in cortes:
            if etiqueta:
                presentados.append(Titulo(etiqueta, 3 if como.encabezado else 2))
            if not hay_contenido(bloques):
                presentados.append(SinActividades(SIN_NADA))
                continue
            bloques = aplicar(bloques, como)
            if uso.titulo:
                bloques = con_titulo(bloques, f"{uso.titulo}, {etiqueta}" if etiqueta else uso.titulo)
            presentados += bloques
        return presentados


def accion_de(apartado: Apartado) -> Accion | None:
    """La que ya se leyó con sus alineadas y sus metas, si el armado la recuerda."""
    return accion_por_clave(apartado.accion.clave) if apartado.accion else None


def correr(uso: UsoDeSeccion, contexto: Contexto) -> list[tuple[str, list[Bloque]]]:
    """Lo que da la sección, por año si así se pidió; ``ValidationError`` si ya no existe o no acepta sus parámetros."""
    seccion = SECCIONES.get(uso.seccion)
    if seccion is None:
        raise ValidationError(f"La sección «{uso.seccion}» ya no existe.")
    como = Presentacion.de(uso.presentacion)
    parametros = seccion.validar(uso.parametros)
    contexto = replace(contexto, completo=contexto.completo or bool(como.nombradas))
    return [
        (etiqueta, list(seccion.funcion(replace(contexto, periodo=periodo), **parametros)))
        for etiqueta, periodo in por_anio(como, contexto.periodo)
    ]


def con_titulo(bloques: list[Bloque], titulo: str) -> list[Bloque]:
    """El título que se escribió en el apartado manda sobre el que da la sección."""
    for lugar, bloque in enumerate(bloques):
        if isinstance(bloque, Tabla | Matriz | Lista):
            return [*bloques[:lugar], replace(bloque, titulo=titulo), *bloques[lugar + 1 :]]
    return bloques
