// Balance y pendientes: agregar renglones, subirlos y bajarlos. Sin esto se ordenan por su número.
"use strict";

(() => {
  const formulario = document.querySelector("form.renglones");
  if (!formulario) return;

  const nuevos = formulario.querySelector("[data-nuevos]");
  const molde = nuevos.parentElement.querySelector("template");
  const agrega = formulario.querySelector("[data-agrega-renglon]");
  let siguiente = Math.max(-1, ...[...nuevos.querySelectorAll("textarea")].map((t) => Number(t.name.match(/^n(\d+)-/)?.[1] ?? -1))) + 1;
  agrega.hidden = false;
  agrega.addEventListener("click", () => {
    const caja = document.createElement("template");
    caja.innerHTML = molde.innerHTML.replaceAll("__n__", String(siguiente));
    siguiente += 1;
    const renglon = caja.content.firstElementChild;
    nuevos.append(renglon);
    renglon.dispatchEvent(new CustomEvent("renglon:nuevo", { bubbles: true }));
    renglon.querySelector("textarea").focus();
  });

  function boton(hueco, nombre, signo, lado) {
    const nuevo = document.createElement("button");
    nuevo.type = "button";
    nuevo.className = "btn btn-sm btn-light";
    nuevo.setAttribute("aria-label", `${nombre}, ${hueco.closest("[data-renglon]").querySelector("[data-lugar]").getAttribute("aria-label")}`);
    nuevo.innerHTML = `<i class="bi bi-${signo}" aria-hidden="true"></i>`;
    nuevo.addEventListener("click", () => {
      const renglon = hueco.closest("[data-renglon]");
      const vecino = renglon[lado];
      if (!vecino) return;
      const [mio, suyo] = [renglon, vecino].map((r) => r.querySelector("[data-lugar]"));
      [mio.value, suyo.value] = [suyo.value, mio.value];
      if (lado === "previousElementSibling") vecino.before(renglon); else vecino.after(renglon);
      mio.dispatchEvent(new Event("input", { bubbles: true }));
      nuevo.focus();
    });
    hueco.append(nuevo);
  }
  formulario.querySelectorAll("[data-flechas]").forEach((hueco) => {
    boton(hueco, "Subir", "arrow-up", "previousElementSibling");
    boton(hueco, "Bajar", "arrow-down", "nextElementSibling");
  });

  formulario.addEventListener("change", (evento) => {
    if (evento.target.name?.endsWith("-incluido")) evento.target.closest("[data-renglon]").classList.toggle("renglon-fuera", !evento.target.checked);
  });
})();
