// La captura enseña sólo lo que pide el tipo elegido; la cola de validación elige todas de una vez.
"use strict";

(() => {
  const mapa = document.getElementById("campos-por-tipo");
  const tipo = document.getElementById("id_tipo");
  if (!mapa || !tipo) return;
  const { tipos, controles } = JSON.parse(mapa.textContent);
  const cifras = document.querySelector("[data-cifras]");
  const marco = (nombre) => {
    const caja = document.getElementById(`div_id_${nombre}`);
    const columna = caja?.parentElement;
    return columna?.matches(".row > *") ? columna : caja;
  };

  // Lo que ya tiene dato se ve aunque el tipo no lo pida: nada se guarda a escondidas.
  function conDato(nombre) {
    const control = document.getElementById(`id_${nombre}`);
    if (!control) return false;
    if (control.multiple) return control.selectedOptions.length > 0;
    if (nombre === "unidades" && control.value === "1") return false;
    return control.value !== "" || control.classList.contains("is-invalid");
  }

  function acomoda() {
    const pedidos = tipos[tipo.value] || { controles: [], cifras: false };
    for (const nombre of controles) {
      marco(nombre)?.classList.toggle("d-none", !pedidos.controles.includes(nombre) && !conDato(nombre));
    }
    for (const grupo of document.querySelectorAll("#formulario fieldset.grupo")) {
      const cajas = [...grupo.querySelectorAll('[id^="div_id_"]')];
      grupo.classList.toggle("d-none", cajas.every((c) => c.closest(".d-none") && c.closest(".d-none") !== grupo));
    }
    if (cifras) {
      const escritas = [...cifras.querySelectorAll("[data-renglones] input:not([type=hidden]):not([type=checkbox])")].some((e) => e.value);
      cifras.classList.toggle("d-none", !pedidos.cifras && !escritas);
    }
  }

  tipo.addEventListener("change", acomoda);
  acomoda();

  // «Hasta» propone los días que siguen a la fecha, no el día de hoy.
  const inicio = document.getElementById("id_fecha_inicio");
  const fin = document.getElementById("id_fecha_fin");
  if (inicio && fin && fin.type === "date") {
    const ata = () => { fin.min = inicio.value; };
    inicio.addEventListener("change", ata);
    ata();
  }
})();

(() => {
  const cola = document.querySelector("[data-elegibles]");
  if (!cola) return;
  const marco = cola.querySelector("[data-todas]");
  const todas = marco.querySelector("input");
  const casillas = [...cola.querySelectorAll('input[name="elegidas"]')];
  marco.hidden = false;
  todas.addEventListener("change", () => casillas.forEach((c) => { c.checked = todas.checked; }));
  cola.addEventListener("change", () => {
    const van = casillas.filter((c) => c.checked).length;
    todas.checked = van === casillas.length;
    todas.indeterminate = van > 0 && van < casillas.length;
  });
})();
