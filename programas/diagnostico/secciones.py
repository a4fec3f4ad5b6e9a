"""Lo que el diagnóstico cuenta a un informe y al documento del programa."""

from django import forms

from programas.claves import ProgramaPorClave
from programas.models import Involucramiento, Programa
from vinculacion.nucleo.bloques import Bloque, Celda, Columna, Grafica, Parrafo, Tabla
from vinculacion.nucleo.secciones import Contexto, seccion

from . import consultas, graficas
from .secciones_arbol import bloques_arbol as bloques_arbol  # quien arma el documento pide todo aquí

FORMULA = "Involucramiento = interés × fuerza, de 1 a 25."


def rango(productos: list[int]) -> str:
    return f"{productos[0]} a {productos[-1]}"


BANDAS = ", ".join(f"{b.label.lower()} de {rango(p)}" for b, p in reversed(consultas.PRODUCTOS.items()))


def resumen(grupo: consultas.Grupo) -> str:
    """«8 de 27 con involucramiento alto, 11 medio y 8 bajo.»"""
    (primera, cuantos), *otras = grupo.bandas.items()
    resto = " y ".join(f"{n} {b.label.lower()}" for b, n in otras)
    return f"{cuantos} de {len(grupo.filas)} con involucramiento {primera.label.lower()}, {resto}."


# -- población involucrada ------------------------------------------------------------
class InvolucramientoParametros(forms.Form):
    programa = ProgramaPorClave(label="programa")
    grupo = forms.ChoiceField(
        label="sólo el grupo",
        required=False,
        choices=[("", "Todos"), *((clave, titulo) for clave, (titulo, _) in consultas.GRUPOS.items())],
    )
    formato = forms.ChoiceField(
        label="formato",
        required=False,
        choices=[("", "Tablas y gráfica"), ("tabla", "Sólo las tablas"), ("grafica", "Sólo la gráfica")],
    )


@seccion("programas.involucramiento", "Población involucrada en un plan", InvolucramientoParametros)
def involucramiento(contexto: Contexto, programa: Programa, grupo: str = "", formato: str = "") -> list[Bloque]:
    """Quiénes intervienen en el plan, con su interés, su fuerza y su nivel."""
    return bloques_involucramiento(programa, grupo, formato)


def bloques_involucramiento(programa: Programa, grupo: str = "", formato: str = "") -> list[Bloque]:
    """Un cuadro por grupo con su cuenta por nivel y la cuadrícula de poder e interés de todos ellos."""
    grupos = consultas.por_grupo(consultas.involucrados(programa), grupo)
    if not grupos:
        return []
    bloques: list[Bloque] = []
    if formato != "grafica":
        for uno in grupos:
            bloques += [_tabla_de(uno), Parrafo(f"{uno.titulo}: {resumen(uno)}")]
    if formato != "tabla":
        svg, descripcion = graficas.poder_e_interes(i for g in grupos for i in g.filas)
        bloques.append(Grafica(titulo_de_grafica(grupo), descripcion, svg))
    return bloques


def titulo_de_grafica(grupo: str = "") -> str:
    titulo = "Población involucrada según su interés y su fuerza"
    return f"{titulo}: {consultas.GRUPOS[grupo][0].lower()}" if grupo else titulo


def _tabla_de(grupo: consultas.Grupo) -> Tabla:
    return Tabla(
        columnas=(
            Columna("No.", "centro", 6),
            Columna("Población involucrada", "texto", 44),
            Columna("Interés", "centro", 10),
            Columna("Fuerza", "centro", 10),
            Columna("Involucramiento", "centro", 19),
            Columna("Nivel", "centro", 11),
        ),
        filas=tuple(_renglon(n, i) for n, i in enumerate(grupo.filas, 1)),
        titulo=grupo.titulo,
        notas=(f"{FORMULA} Nivel: {BANDAS}.",),
        enlaces=tuple(i.get_absolute_url() for i in grupo.filas),
    )


def _renglon(numero: int, i: Involucramiento) -> tuple[Celda, ...]:
    return (numero, str(i.quien), i.interes, i.fuerza, i.valor, i.banda.label)


# -- alternativas ---------------------------------------------------------------------
class DeUnPrograma(forms.Form):
    programa = ProgramaPorClave(label="programa")


@seccion("programas.alternativas", "Alternativas de solución de un plan", DeUnPrograma)
def alternativas(contexto: Contexto, programa: Programa) -> list[Bloque]:
    """Las que se valoraron para cada medio, cuál se eligió y por qué."""
    return bloques_alternativas(programa)


def bloques_alternativas(programa: Programa) -> list[Bloque]:
    """Medio por medio: cuánto vale cada alternativa, cuál se eligió y por qué."""
    por_medio = consultas.por_medio(consultas.alternativas_de(programa))
    filas = [(medio, a) for medio, suyas in por_medio for a in suyas]
    if not filas:
        return []
    valoradas = any(a.valor is not None for _, a in filas)
    razones = any(a.razon for _, a in filas)
    columnas = [
        (Columna("Medio"), lambda m, a: m.texto),
        (Columna("Núm.", "centro", 8), lambda m, a: a.numero),
        (Columna("Alternativa"), lambda m, a: a.nombre),
    ]
    if valoradas:
        columnas.append((Columna("Valor", "centro", 13), lambda m, a: valor_escrito(a)))
    columnas.append((Columna("Elegida", "centro", 9), lambda m, a: "Sí" if a.elegida else "No"))
    if razones:
        columnas.append((Columna("Por qué"), lambda m, a: a.razon))
    columnas.append((Columna("Acción"), lambda m, a: str(a.accion) if a.accion else ""))
    return [
        Tabla(
            columnas=tuple(columna for columna, _ in columnas),
            filas=tuple(tuple(celda(m, a) for _, celda in columnas) for m, a in filas),
            titulo="Alternativas de solución",
            combinar=(0,),
            notas=("Valor = incidencia × viabilidad, de 1 a 25.",) if valoradas else (),
            enlaces=tuple(a.get_absolute_url() for _, a in filas),
        )
    ]


def valor_escrito(alternativa) -> str:
    """«5 × 4 = 20», para que se pueda rehacer a mano."""
    if alternativa.valor is None:
        return ""
    return f"{alternativa.incidencia} × {alternativa.viabilidad} = {alternativa.valor}"


# -- estructura analítica ----------------------------------------------------------------
@seccion("programas.estructura", "Estructura analítica de un plan", DeUnPrograma)
def estructura(contexto: Contexto, programa: Programa) -> list[Bloque]:
    """Cómo se corresponden los problemas, las soluciones y los ejes del plan."""
    return bloques_estructura(programa)


def del_programa(c: consultas.Correspondencia) -> str:
    """«Eje 1: acción; acción.», para una sola celda."""
    partes = [f"{uno}: {'; '.join(map(str, uno.acciones))}." if uno.acciones else f"{uno}." for uno in c.componentes]
    return " ".join(filter(None, (c.texto, *partes)))


def bloques_estructura(programa: Programa) -> list[Bloque]:
    """La correspondencia entre problemas, soluciones y plan, y el dibujo de objetivo, ejes y acciones."""
    una = consultas.estructura(programa)
    bloques: list[Bloque] = []
    if una.correspondencias:
        bloques.append(
            Tabla(
                columnas=(
                    Columna("Nivel", "texto", 15),
                    Columna("Problemática", "texto", 26),
                    Columna("Solución", "texto", 26),
                    Columna("Programa", "texto", 33),
                ),
                filas=tuple((c.nivel, c.problematica, c.solucion, del_programa(c)) for c in una.correspondencias),
                titulo="Estructura analítica del programa",
                notas=("Una solución se une a una acción por la alternativa elegida.",),
            )
        )
    if una.componentes:
        bloques += [Grafica(titulo, dicho, svg) for titulo, svg, dicho in graficas.dibujos_de_estructura(una)]
    return bloques
