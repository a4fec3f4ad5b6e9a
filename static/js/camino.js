// Al elegir la etapa se enseña sólo lo que esa etapa usa; sin JavaScript se ve todo.
"use strict";

document.querySelectorAll("form[data-cambia-etapa]").forEach((formulario) => {
  const firmado = formulario.querySelector("[data-solo-firmado]");
  const rotulo = formulario.querySelector('label[for="id_fecha"]');
  const texto = rotulo && [...rotulo.childNodes].find((n) => n.nodeType === Node.TEXT_NODE && n.textContent.trim());
  const original = texto?.textContent;

  function acomoda() {
    const etapa = formulario.querySelector('[name="etapa"]:checked')?.value;
    if (firmado) firmado.hidden = etapa !== "suscrito" && etapa !== "concluido";
    if (texto) texto.textContent = etapa === "suscrito" ? "Fecha de suscripción" : original;
  }
  formulario.addEventListener("change", acomoda);
  acomoda();
});
