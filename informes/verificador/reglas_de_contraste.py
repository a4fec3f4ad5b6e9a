"""Lo que el informe dice contra lo que los registros saben: sesiones, instrumentos, nombres, cifras y el informe anterior."""

import re
from collections.abc import Iterator
from datetime import date

from vinculacion.nucleo.bloques import Parrafo, SinActividades, Tabla
from vinculacion.nucleo.palabras import enumera, fecha_larga, numero
from vinculacion.nucleo.texto import llano

from . import contraste
from .cantidades import cuentas
from .fragmentos import cita, de_documento, limpio, trozos
from .hallazgos import Gravedad, Hallazgo, Regla, Revision
from .menciones import menciones
from .reglas_de_folios import folios
from .reglas_de_registros import ReglaDeRegistros
from .reglas_de_sesiones import sesiones_dichas


class SesionConOtraFecha(Regla):
    """El texto fecha la décima sesión el 27 y en los registros fue el 26."""

    clave = "sesion.otra_fecha"
    nombre = "La sesión no fue ese día"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        comision = revision.exigir(revision.informe).comision
        dichas = [d for fragmento in revision.fragmentos for d in sesiones_dichas(fragmento)]
        registradas = contraste.sesiones_por_clave(comision) if dichas else {}
        for dicha in dichas:
            if dicha.organo and dicha.organo not in ("comision", llano(comision.nombre)):
                continue
            sesion = registradas.get((dicha.numero, dicha.tipo, dicha.fecha.year))
            if sesion and sesion.fecha != dicha.fecha:
                yield self.hallazgo(
                    dicha.fragmento,
                    Gravedad.ERROR,
                    f"La {dicha.nombre} fue el {fecha_larga(sesion.fecha)} según los registros.",
                    dicha.dicho,
                    sesion.get_absolute_url(),
                )


class AvisoDeOtroDia(ReglaDeRegistros):
    clave = "sesion.convocada_otro_dia"
    nombre = "La sesión se convocó para otro día"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        comision = revision.exigir(revision.informe).comision
        for aviso in contraste.avisos_de_otro_dia(comision, self.periodo(revision)):
            yield Hallazgo(
                self.clave,
                Gravedad.ADVERTENCIA.value,
                "",
                f"El último aviso anunció el {fecha_larga(aviso.anunciada)} y consta el {fecha_larga(aviso.sesion.fecha)}.",
                str(aviso.sesion.en_palabras),
                aviso.sesion.get_absolute_url(),
            )


class InstrumentoInexistente(Regla):
    """Un folio con el prefijo y el año de los convenios registrados, que ninguno lleva."""

    clave = "convenios.inexistente"
    nombre = "El instrumento que se cita no está en los registros"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        citados = folios(revision)
        if not citados:
            return
        registrados = contraste.folios_de_convenios()
        series = {s for folio in registrados if (s := self.serie(folio))}
        for citado in citados:
            folio = citado.hallado[0]
            if self.serie(folio) in series and folio not in registrados:
                yield self.hallazgo(
                    citado.fragmento, Gravedad.ERROR, f"No hay un instrumento {folio} en los registros.", citado.cita
                )

    @staticmethod
    def serie(folio: str) -> tuple[str, str] | None:
        partes = re.fullmatch(r"(.+)/\d{1,4}/(\d{2,4})", folio)
        return (partes[1], partes[2][-2:]) if partes else None


LARGO_DE_NOMBRE = 14


class NombreDelDirectorio(Regla):
    """«Secretaria de Gobernacion», que el directorio escribe con acentos."""

    clave = "nombre.directorio"
    nombre = "El nombre no es como está en el directorio"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        escritos = [(f, t.texto) for f, t in revision.trozos if isinstance(f.bloque, Parrafo)]
        if not escritos:
            return
        nombres = contraste.nombres_del_directorio(LARGO_DE_NOMBRE)
        if not nombres:
            return
        patron = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, nombres), key=len, reverse=True))})\b")
        for fragmento, texto in escritos:
            plano = llano(texto)
            if len(plano) != len(texto):
                continue
            for hallado in patron.finditer(plano):
                dicho, bien = texto[hallado.start() : hallado.end()], nombres[hallado[0]]
                if dicho.casefold() != bien.casefold():
                    yield self.hallazgo(
                        fragmento,
                        Gravedad.ADVERTENCIA,
                        f"En el directorio se escribe «{bien}».",
                        cita(texto, hallado.start(), hallado.end()),
                    )


_DEL_PERIODO = re.compile(
    r"(?:celebro|adopto|suscribio|aprobo|tomo|emitio|suscribieron|celebraron|emitieron|adoptaron|aprobaron|firmaron)"
    r"(?: un total de)? $"
)
_SE_ACOTA = re.compile(r"\b(?:en la|en las|de ellos|de los cuales|de las cuales|por la|vigentes|desde)\b")


class CifraTecleada(ReglaDeRegistros):
    """«La comisión adoptó doce acuerdos», tecleado, y en los registros del periodo hay once."""

    clave = "cifra.contra_registros"
    nombre = "La cifra tecleada no es la de los registros"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        informe = revision.exigir(revision.informe)
        dichas = [
            (nodo, oracion, dicha)
            for nodo in revision.nodos
            for oracion in re.split(r"(?<=[.;])\s", limpio(re.sub(r"{{.*?}}", " X ", nodo.apartado.narrativa)))
            for dicha in cuentas(oracion)
            if _DEL_PERIODO.search(llano(oracion[: dicha.inicio])) and not _SE_ACOTA.search(llano(oracion[dicha.fin :]))
        ]
        if not dichas:
            return
        hay = contraste.cifras_por_sustantivo(informe, {llano(d.sustantivo) for _, _, d in dichas})
        for nodo, oracion, dicha in dichas:
            valores = hay.get(llano(dicha.sustantivo))
            if valores and dicha.n not in valores:
                yield self.en_nodo(
                    nodo,
                    Gravedad.ADVERTENCIA,
                    f"En los registros del periodo hay {enumera(numero(v) for v in sorted(valores))}. "
                    "Una cifra viva lo diría sola.",
                    cita(oracion, dicha.inicio, dicha.fin),
                )


class AfirmacionSinRegistros(ReglaDeRegistros):
    """El apartado cuenta actividades, pero su acción no tiene registros y el documento dice que no hubo nada."""

    clave = "registros.afirmacion_sin_registros"
    nombre = "El texto cuenta algo que los registros no tienen"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        sin_nada = {f.ancla for f in revision.fragmentos if isinstance(f.bloque, SinActividades)}
        for nodo in revision.nodos:
            narrativa = limpio(re.sub(r"{{.*?}}|{%.*?%}", " ", nodo.apartado.narrativa))
            if f"apartado-{nodo.apartado.pk}" in sin_nada and self.afirma(narrativa, revision):
                yield self.en_nodo(
                    nodo,
                    Gravedad.ADVERTENCIA,
                    "No hay registros en el periodo: este texto no sale en el documento.",
                    cita(narrativa, 0, 140),
                )

    def afirma(self, narrativa: str, revision: Revision) -> bool:
        periodo = self.periodo(revision)
        return any(m.fecha in periodo for m in menciones(narrativa) if m.fecha) or any(cuentas(narrativa))


class IgualAlAnterior(Regla):
    """Una tabla con fechas, o un párrafo con cifras, idénticos a los del informe anterior de la comisión."""

    clave = "informe.igual_al_anterior"
    nombre = "Es igual al informe anterior"
    RENGLONES = 2

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        anterior = contraste.informe_anterior(revision.exigir(revision.informe))
        if anterior is None:
            return
        antes = de_documento(contraste.documento_de(anterior))
        tablas = {(f.bloque.columnas, f.bloque.filas) for f in antes if isinstance(f.bloque, Tabla)}
        parrafos = {t.texto for f in antes if isinstance(f.bloque, Parrafo) for t in trozos(f)}
        for fragmento in revision.fragmentos:
            bloque = fragmento.bloque
            if isinstance(bloque, Tabla):
                if (bloque.columnas, bloque.filas) in tablas and self.tiene_fechas(bloque):
                    yield self.hallazgo(
                        fragmento,
                        Gravedad.ADVERTENCIA,
                        f"La tabla es la misma de «{anterior}».",
                        bloque.titulo or " · ".join(limpio(c.titulo) for c in bloque.columnas),
                    )
            elif isinstance(bloque, Parrafo):
                for trozo in trozos(fragmento):
                    if trozo.texto in parrafos and (menciones(trozo.texto) or any(cuentas(trozo.texto))):
                        yield self.hallazgo(
                            fragmento,
                            Gravedad.NOTA,
                            f"El párrafo es el mismo de «{anterior}».",
                            cita(trozo.texto, 0, 160),
                        )

    def tiene_fechas(self, tabla: Tabla) -> bool:
        con_fecha = sum(
            1 for fila in tabla.filas if any(isinstance(c, date) or (isinstance(c, str) and menciones(c)) for c in fila)
        )
        return con_fecha >= self.RENGLONES


REGLAS = (
    SesionConOtraFecha(),
    AvisoDeOtroDia(),
    InstrumentoInexistente(),
    NombreDelDirectorio(),
    CifraTecleada(),
    AfirmacionSinRegistros(),
    IgualAlAnterior(),
)
