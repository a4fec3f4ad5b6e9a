"""Lo que se le exige a toda página abierta en el navegador."""

import re

from axe_playwright_python.sync_playwright import Axe
from django.test import Client

# Lo que Chromium anota cuando una página contesta, a propósito, con un código de error.
RESPUESTA_ESPERADA = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")
AVISA_POLITICA = """
document.addEventListener("securitypolicyviolation", (e) =>
  console.error(`política de contenido: ${e.violatedDirective} ${e.blockedURI} ${e.sourceFile || ""}:${e.lineNumber}`));
"""


def vigilar(page) -> list[str]:
    """Anota en la lista que devuelve cada error de la consola, cada guion roto y cada falta a la política."""
    quejas: list[str] = []

    def consola(mensaje):
        if mensaje.type == "error" and not RESPUESTA_ESPERADA.search(mensaje.text):
            quejas.append(f"{page.url}: {mensaje.text}")

    page.add_init_script(AVISA_POLITICA)
    page.on("console", consola)
    page.on("pageerror", lambda error: quejas.append(f"{page.url}: {error}"))
    return quejas


def sin_guiones(browser, argumentos, direccion, persona):
    """Una página con la sesión de ``persona`` y sin JavaScript."""
    cliente = Client()
    cliente.force_login(persona, backend="django.contrib.auth.backends.ModelBackend")
    contexto = browser.new_context(**{**argumentos, "java_script_enabled": False})
    contexto.add_cookies([{"name": "sessionid", "value": cliente.cookies["sessionid"].value, "url": direccion}])
    return contexto.new_page()


def enviar(page, boton) -> None:
    """El clic que pide otra página: se espera la que viene, no la que aún se ve."""
    with page.expect_navigation():
        boton.click()


def faltas(page) -> list[str]:
    """Las faltas de accesibilidad que halla axe."""
    return [
        f"{falta['id']} ({falta['help']}): {falta['nodes'][0]['html'][:200]}"
        for falta in Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    ]


def desborda(page) -> str:
    """Lo que se sale a lo ancho de la ventana, o nada."""
    return page.evaluate(
        """() => {
          const raiz = document.documentElement;
          if (raiz.scrollWidth <= raiz.clientWidth) return "";
          const ancho = (e) => e.getBoundingClientRect().right;
          const fuera = [...document.body.querySelectorAll("*")].filter((e) => ancho(e) > raiz.clientWidth + 1);
          const peor = fuera.sort((a, b) => ancho(b) - ancho(a))[0];
          return `${raiz.scrollWidth} px de ${raiz.clientWidth}: ${peor ? peor.outerHTML.slice(0, 160) : "?"}`;
        }"""
    )
