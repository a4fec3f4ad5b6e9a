"""La misma sesión con dos fechas en el mismo informe."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from vinculacion.nucleo import palabras
from vinculacion.nucleo.bloques import Tabla
from vinculacion.nucleo.texto import llano

from .fragmentos import Fragmento, cita, escrita, limpio, trozos
from .hallazgos import Gravedad, Hallazgo, Regla, Revision
from .menciones import menciones

NUMERO_MAXIMO = 60
_ORDINALES = {llano(palabras.ordinal(n, "f")): n for n in range(1, NUMERO_MAXIMO + 1)}
_SESION = re.compile(
    rf"\b(?:({'|'.join(sorted(_ORDINALES, key=len, reverse=True))})|(0?[1-9]|[1-9]\d) ?[ao°ºª]?\.?)\s+sesion\s+"
    r"(ordinaria|extraordinaria|urgente)\b"
)
_NO_SE_CELEBRO = re.compile(r"program|convoc|reprogram|pospu|difir|cancel|aproba|ratific|antes|despues|previ|invit")
ENTRE_LA_SESION_Y_SU_FECHA = 160


@dataclass(frozen=True, slots=True)
class SesionDicha:
    fragmento: Fragmento
    numero: int
    tipo: str
    organo: str
    fecha: date
    dicho: str

    @property
    def nombre(self) -> str:
        return f"{palabras.ordinal(self.numero, 'f')} sesión {self.tipo}"


def sesiones_dichas(fragmento: Fragmento) -> Iterator[SesionDicha]:
    for trozo in trozos(fragmento):
        yield from en_texto(fragmento, trozo.texto)
    if isinstance(fragmento.bloque, Tabla):
        yield from en_columnas(fragmento, fragmento.bloque)


def en_texto(fragmento: Fragmento, texto: str) -> Iterator[SesionDicha]:
    plano = llano(texto)
    if len(plano) != len(texto):
        return  # algún signo raro: no se sabría qué citar
    for hallada in _SESION.finditer(plano):
        resto = texto[hallada.end() : hallada.end() + ENTRE_LA_SESION_Y_SU_FECHA]
        fecha = next((m for m in menciones(resto)), None)
        if fecha is None or fecha.fecha is None:
            continue
        medio = llano(resto[: fecha.inicio])
        if re.search(r"[.;:(]|sesion", medio) or _NO_SE_CELEBRO.search(medio):
            continue
        yield SesionDicha(
            fragmento,
            _ORDINALES.get(hallada[1] or "", 0) or int(hallada[2]),
            hallada[3],
            organo_de(medio),
            fecha.fecha,
            cita(texto, hallada.start(), hallada.end() + fecha.fin),
        )


def en_columnas(fragmento: Fragmento, tabla: Tabla) -> Iterator[SesionDicha]:
    """Una columna por sesión, y en ella «Celebrada el…»."""
    for i, columna in enumerate(tabla.columnas):
        hallada = _SESION.fullmatch(llano(limpio(columna.titulo)).strip(" .:"))
        if not hallada:
            continue
        for fila in tabla.filas:
            texto = escrita(fila[i])
            dichas = menciones(texto)
            if len(dichas) == 1 and dichas[0].fecha and "celebr" in llano(texto):
                numero = _ORDINALES.get(hallada[1] or "", 0) or int(hallada[2])
                yield SesionDicha(fragmento, numero, hallada[3], "", dichas[0].fecha, texto)


def organo_de(medio: str) -> str:
    """«de la comision permanente de…» como se dijo, sin año ni verbo; vacío si no se nombra."""
    hallado = re.match(r"\s*(?:de \d{4} )?(?:de la|del|de las) ([a-z][a-z ]+)", medio)
    if not hallado:
        return ""
    return re.sub(r"\b(?:celebrada|realizada|efectuada|de \d+|el|los|dias?|que|se)\b.*", "", hallado[1]).strip()


class SesionConDosFechas(Regla):
    clave = "sesion.dos_fechas"
    nombre = "La misma sesión tiene dos fechas"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        dichas = [d for fragmento in revision.fragmentos for d in sesiones_dichas(fragmento)]
        de_casa = Counter(d.organo for d in dichas if d.organo.startswith("comision ")).most_common(1)
        propio = de_casa[0][0] if de_casa else ""
        por_sesion: dict[tuple, list[SesionDicha]] = defaultdict(list)
        for dicha in dichas:
            organo = dicha.organo if dicha.organo not in ("", "comision", propio) else propio
            por_sesion[dicha.numero, dicha.tipo, organo, dicha.fecha.year].append(dicha)
        for iguales in por_sesion.values():
            veces = Counter(d.fecha for d in iguales)
            if len(veces) < 2:
                continue
            usual = veces.most_common(1)[0][0]
            for dicha in iguales:
                if dicha.fecha != usual:
                    yield self.hallazgo(
                        dicha.fragmento,
                        Gravedad.ERROR,
                        f"La {dicha.nombre} se fecha aquí el {palabras.fecha_larga(dicha.fecha)} y en otro lugar, el "
                        f"{palabras.fecha_larga(usual)}.",
                        dicha.dicho,
                    )


REGLAS = (SesionConDosFechas(),)
