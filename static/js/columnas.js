// Columnas de una sección: se suben y se bajan; el lugar se reescribe solo. Sin JavaScript se teclea.
"use strict";

(() => {
  const tabla = document.querySelector("[data-columnas] tbody");
  if (!tabla) return;
  const renumera = () => [...tabla.rows].forEach((fila, n) => { fila.querySelector('input[name$="-lugar"]').value = n + 1; });
  const boton = (fila, nombre, signo, mueve) => {
    const nuevo = document.createElement("button");
    nuevo.type = "button";
    nuevo.className = "btn btn-sm btn-light";
    nuevo.setAttribute("aria-label", `${nombre} ${fila.querySelector("th").textContent.trim()}`);
    nuevo.innerHTML = `<i class="bi bi-${signo}" aria-hidden="true"></i>`;
    nuevo.addEventListener("click", () => {
      mueve();
      renumera();
      fila.querySelector("input").dispatchEvent(new Event("change", { bubbles: true }));
      nuevo.focus();
    });
    return nuevo;
  };
  [...tabla.rows].forEach((fila) => {
    const celda = fila.cells[1];
    const flechas = document.createElement("div");
    flechas.className = "flechas";
    flechas.append(
      boton(fila, "Subir", "arrow-up", () => fila.previousElementSibling?.before(fila)),
      boton(fila, "Bajar", "arrow-down", () => fila.nextElementSibling?.after(fila)),
    );
    celda.append(flechas);
  });
})();
