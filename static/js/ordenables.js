// Casillas cuyo orden importa: se suben y se bajan; viajan en el orden en que se ven.
"use strict";

(() => {
  const grupos = new Map();
  document.querySelectorAll("input[data-ordenable]").forEach((casilla) => {
    const renglon = casilla.closest(".form-check");
    if (!renglon) return;
    if (!grupos.has(casilla.name)) grupos.set(casilla.name, []);
    grupos.get(casilla.name).push(renglon);
  });

  function boton(renglon, nombre, signo, mueve) {
    const nuevo = document.createElement("button");
    nuevo.type = "button";
    nuevo.className = "btn btn-sm btn-link ordenable";
    nuevo.setAttribute("aria-label", `${nombre} ${renglon.querySelector("label").textContent.trim()}`);
    nuevo.innerHTML = `<i class="bi bi-${signo}" aria-hidden="true"></i>`;
    nuevo.addEventListener("click", () => {
      mueve();
      renglon.querySelector("input").dispatchEvent(new Event("change", { bubbles: true }));
      nuevo.focus();
    });
    renglon.append(nuevo);
  }

  grupos.forEach((renglones) => renglones.forEach((renglon) => {
    const vecino = (lado) => (renglon[lado]?.matches(".form-check") ? renglon[lado] : null);
    boton(renglon, "Subir", "arrow-up", () => vecino("previousElementSibling")?.before(renglon));
    boton(renglon, "Bajar", "arrow-down", () => vecino("nextElementSibling")?.after(renglon));
  }));
})();
