// Lo que toda página usa: menús que se cierran, aviso sin conexión, envío único y foco en el primer error.
"use strict";

document.addEventListener("click", (evento) => {
  document.querySelectorAll(".menu-persona[open], .menu-telefono[open]").forEach((menu) => {
    if (!menu.contains(evento.target)) menu.open = false;
  });
});

document.addEventListener("keydown", (evento) => {
  if (evento.key !== "Escape") return;
  document.querySelectorAll(".menu-persona[open], .menu-telefono[open]").forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});

const sinConexion = document.querySelector("[data-sin-conexion]");
if (sinConexion) {
  const avisa = () => { sinConexion.hidden = navigator.onLine; };
  window.addEventListener("offline", avisa);
  window.addEventListener("online", avisa);
  avisa();
}

// Un segundo clic no envía dos veces. El botón pulsado conserva su nombre y valor: se apaga después de enviar.
document.addEventListener("submit", (evento) => {
  const formulario = evento.target;
  if (evento.defaultPrevented || !formulario.matches("[data-envio-unico]")) return;
  if (formulario.dataset.enviado) {
    evento.preventDefault();
    return;
  }
  if (!navigator.onLine) {
    evento.preventDefault();
    sinConexion.hidden = false;
    return;
  }
  formulario.dataset.enviado = "1";
  setTimeout(() => {
    formulario.querySelectorAll('button[type="submit"]').forEach((boton) => { boton.disabled = true; });
    if (evento.submitter) evento.submitter.setAttribute("aria-busy", "true");
  });
});

// Al volver con «atrás» el formulario sirve de nuevo.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("[data-enviado]").forEach((formulario) => {
    delete formulario.dataset.enviado;
    formulario.querySelectorAll('button[type="submit"]').forEach((boton) => { boton.disabled = false; });
  });
});

document.querySelectorAll("textarea[data-crece]").forEach((area) => {
  // Alto según el contenido, por renglones: los estilos en línea están cerrados.
  const minimo = Math.max(4, area.rows);
  const ajusta = () => { area.rows = Math.min(24, Math.max(minimo, area.value.split("\n").length + Math.floor(area.value.length / 90))); };
  area.addEventListener("input", ajusta);
  ajusta();
});

document.querySelectorAll("[data-cuenta]").forEach((campo) => {
  const tope = Number(campo.dataset.cuenta);
  const cuenta = document.createElement("span");
  cuenta.className = "cuenta-letras";
  cuenta.setAttribute("aria-live", "polite");
  cuenta.hidden = true;
  campo.insertAdjacentElement("afterend", cuenta);
  const pinta = () => {
    const van = campo.value.length;
    cuenta.hidden = van < tope * 0.8;
    cuenta.classList.toggle("pasado", van > tope);
    cuenta.textContent = van > tope ? `Sobran ${van - tope} caracteres (máximo ${tope}).` : `${van} de ${tope} caracteres.`;
  };
  campo.addEventListener("input", pinta);
  pinta();
});

document.querySelectorAll('input[type="file"][data-tope]').forEach((campo) => {
  campo.addEventListener("change", () => {
    const tope = Number(campo.dataset.tope);
    const archivo = [...campo.files].find((a) => a.size > tope || a.size === 0);
    let razon = "";
    if (archivo && archivo.size > tope) razon = `El archivo pesa ${(archivo.size / 1048576).toFixed(1)} MB; el máximo es ${Math.round(tope / 1048576)} MB.`;
    if (archivo && archivo.size === 0) razon = "El archivo está vacío (0 bytes).";
    if (razon && campo.multiple) razon = `«${archivo.name}»: ${razon}`;
    let aviso = campo.parentElement.querySelector(".aviso-archivo");
    if (!aviso) {
      aviso = document.createElement("div");
      aviso.className = "invalid-feedback d-block aviso-archivo";
      aviso.id = `${campo.id}_aviso`;
      aviso.setAttribute("role", "alert");
      campo.insertAdjacentElement("afterend", aviso);
    }
    aviso.textContent = razon;
    campo.classList.toggle("is-invalid", Boolean(razon));
    // Subir 200 MB para recibir un no es perder el tiempo: se detiene aquí.
    campo.setCustomValidity(razon);
    if (campo.form) campo.form.toggleAttribute("data-archivo-malo", Boolean(razon));
  });
});
document.addEventListener("submit", (evento) => {
  if (evento.target.hasAttribute("data-archivo-malo")) {
    evento.preventDefault();
    evento.stopImmediatePropagation();
    evento.target.querySelector('input[type="file"].is-invalid')?.focus();
  }
}, true);

document.querySelector("[data-foco]")?.focus();
document.querySelectorAll(".resumen-errores a[href^='#']").forEach((enlace) => {
  enlace.addEventListener("click", (evento) => {
    const campo = document.getElementById(enlace.hash.slice(1));
    if (!campo) return;
    evento.preventDefault();
    const destino = document.getElementById(`${campo.id}_combo`) || campo;
    (destino.matches("input, select, textarea, button") ? destino : destino.querySelector("input, select, textarea") || destino).focus();
  });
});
