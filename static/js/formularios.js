// Renglones que se agregan a un conjunto sin recargar.
"use strict";

document.querySelectorAll("[data-conjunto]").forEach((conjunto) => {
  const prefijo = conjunto.dataset.conjunto;
  const total = conjunto.querySelector(`[name="${prefijo}-TOTAL_FORMS"]`);
  const renglones = conjunto.querySelector("[data-renglones]");
  const plantilla = conjunto.querySelector("template");
  const boton = conjunto.querySelector("[data-agrega]");
  const tope = Number(conjunto.querySelector(`[name="${prefijo}-MAX_NUM_FORMS"]`)?.value || 1000);
  boton.hidden = false;
  boton.addEventListener("click", () => {
    const n = Number(total.value);
    if (n >= tope) return;
    const molde = document.createElement("template");
    molde.innerHTML = plantilla.innerHTML.replaceAll("__prefix__", String(n));
    const nuevo = molde.content.firstElementChild;
    renglones.append(nuevo);
    total.value = n + 1;
    nuevo.dispatchEvent(new CustomEvent("renglon:nuevo", { bubbles: true }));
    nuevo.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });
  conjunto.addEventListener("change", (evento) => {
    if (evento.target.name?.endsWith("-DELETE")) evento.target.closest("[data-renglon]").classList.toggle("se-quita", evento.target.checked);
  });
});
