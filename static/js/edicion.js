// Al dejar el editor se avisa que el apartado quedó libre; y el texto que junta dos redacciones se pasa al formulario.
"use strict";

(() => {
  const senal = document.querySelector("[data-edicion]");
  const formulario = document.getElementById("formulario");
  if (!formulario) return;
  if (senal) {
    let enviando = false;
    formulario.addEventListener("submit", () => { enviando = true; });
    window.addEventListener("pageshow", () => { enviando = false; });
    window.addEventListener("pagehide", () => {
      // Quien guarda vuelve a este mismo editor: soltarlo aquí podría llegar después y dejarlo como ido.
      if (enviando) return;
      const datos = new FormData();
      datos.append("csrfmiddlewaretoken", formulario.elements.csrfmiddlewaretoken.value);
      navigator.sendBeacon(senal.dataset.soltar, datos);
    });
  }
  document.querySelectorAll("[data-usa-mezcla]").forEach((boton) => {
    const campo = formulario.elements[boton.dataset.usaMezcla];
    if (!campo) return;
    boton.hidden = false;
    boton.addEventListener("click", () => {
      campo.value = document.getElementById(`mezcla-${boton.dataset.usaMezcla}`).value;
      campo.dispatchEvent(new Event("input", { bubbles: true }));
      campo.focus();
    });
  });
})();
