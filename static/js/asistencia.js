// Pasar lista sin ratón: las flechas mueven entre casillas, el espacio marca y las cuentas se ven al momento.
"use strict";

document.querySelectorAll("form[data-asistencia]").forEach((formulario) => {
  const renglones = [...formulario.querySelectorAll("tbody tr")].map((fila) => [...fila.cells].slice(1).map((celda) => celda.querySelector("input")));

  function cuenta() {
    formulario.querySelectorAll("[data-cuenta-de]").forEach((salida) => {
      const marcadas = formulario.querySelectorAll(`[data-presente="${salida.dataset.cuentaDe}"]:checked, [data-suplente]:checked`).length;
      if (salida.textContent !== String(marcadas)) salida.textContent = marcadas;
    });
  }

  function donde(casilla) {
    const fila = renglones.findIndex((r) => r.includes(casilla));
    return [fila, fila < 0 ? -1 : renglones[fila].indexOf(casilla)];
  }

  // Salta los huecos de quien no integraba la comisión ese día.
  function vecina(fila, columna, dFila, dColumna) {
    for (let f = fila + dFila, c = columna + dColumna; renglones[f] && c >= 0 && c < renglones[f].length; f += dFila, c += dColumna) {
      if (renglones[f][c]) return renglones[f][c];
    }
    return null;
  }

  formulario.addEventListener("keydown", (evento) => {
    const pasos = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    const paso = pasos[evento.key];
    const casilla = evento.target;
    if (!paso || evento.ctrlKey || evento.altKey || evento.metaKey || !casilla.matches("tbody input")) return;
    // En un texto, izquierda y derecha son del texto.
    if (casilla.type === "text" && paso[1]) return;
    const destino = vecina(...donde(casilla), ...paso);
    if (destino) {
      evento.preventDefault();
      destino.focus();
    }
  });

  formulario.addEventListener("change", (evento) => {
    const casilla = evento.target;
    // Presente, justificada y suplente se excluyen.
    if (casilla.type === "checkbox" && casilla.checked) {
      const [tipo, ...resto] = casilla.name.split("-");
      ["p", "j", "s"].filter((t) => t !== tipo).forEach((t) => {
        const otra = formulario.elements[`${t}-${resto.join("-")}`];
        if (otra) otra.checked = false;
      });
    }
    cuenta();
  });

  const todas = formulario.querySelector("[data-marca-todas]");
  if (todas) {
    todas.hidden = false;
    todas.addEventListener("click", () => {
      formulario.querySelectorAll("[data-presente]").forEach((casilla) => {
        const otras = ["j-", "s-"].map((t) => formulario.elements[casilla.name.replace("p-", t)]);
        casilla.checked = !otras.some((otra) => otra?.checked);
      });
      cuenta();
      formulario.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
  cuenta();
});
