// Captura del calendario: día de la semana de cada fecha y relleno de la hora. Copiar la dirección propia.
"use strict";

document.querySelectorAll("[data-calendario]").forEach((formulario) => {
  const dia = new Intl.DateTimeFormat("es-MX", { weekday: "long", timeZone: "UTC" });
  const escribe = (campo) => {
    const letrero = campo.parentElement.querySelector("[data-dia]");
    const fecha = new Date(`${campo.value}T00:00:00Z`);
    if (letrero) letrero.textContent = campo.value && !Number.isNaN(fecha.getTime()) ? dia.format(fecha) : "";
  };
  const fechas = [...formulario.querySelectorAll("[name$='-fecha']")];
  fechas.forEach((campo) => { campo.addEventListener("input", () => escribe(campo)); escribe(campo); });

  // Sólo en las que ya tienen fecha: una hora sin fecha es un error.
  const copiar = formulario.querySelector("[data-calendario-copiar]");
  if (!copiar || fechas.length < 2) return;
  const de = (fecha, nombre) => formulario.elements[fecha.name.replace("fecha", nombre)];
  copiar.hidden = false;
  copiar.querySelector("button").addEventListener("click", () => {
    const [primera, ...demas] = fechas.filter((fecha) => fecha.value);
    demas.forEach((fecha) => ["hora", "modalidad"].forEach((nombre) => {
      de(fecha, nombre).value = de(primera, nombre).value;
      de(fecha, nombre).dispatchEvent(new Event("input", { bubbles: true }));
    }));
  });
});

document.querySelectorAll("[data-copia]").forEach((boton) => {
  if (!navigator.clipboard) return;
  boton.hidden = false;
  boton.addEventListener("click", async () => {
    const campo = document.getElementById(boton.dataset.copia);
    campo.select();
    await navigator.clipboard.writeText(campo.value);
    document.querySelector("[data-copiada]").textContent = "Copiada.";
  });
});
