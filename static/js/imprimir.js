// El botón de imprimir sólo aparece donde puede hacer algo.
for (const boton of document.querySelectorAll("[data-imprimir]")) {
  boton.hidden = false;
  boton.addEventListener("click", () => window.print());
}
