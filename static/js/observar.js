// El fragmento que se seleccionó al leer va como cita en «Observar».
"use strict";

(() => {
  const LARGO = 1000;
  let apartado = null;
  let cita = "";
  document.addEventListener("selectionchange", () => {
    const seleccion = document.getSelection();
    const texto = seleccion.toString().replace(/\s+/g, " ").trim();
    if (!texto) return;
    const nodo = seleccion.anchorNode;
    apartado = (nodo.nodeType === Node.ELEMENT_NODE ? nodo : nodo.parentElement)?.closest(".apartado");
    cita = texto.slice(0, LARGO);
  });
  document.querySelectorAll("[data-observar]").forEach((enlace) => {
    const direccion = enlace.href;
    enlace.addEventListener("click", () => {
      const suya = cita && apartado === enlace.closest(".apartado");
      enlace.href = suya ? `${direccion}&cita=${encodeURIComponent(cita)}` : direccion;
    });
  });
})();
