// Calcula la huella del archivo en el navegador y la compara sin enviarlo. Sin esto, el formulario lo envía.
(() => {
  const formulario = document.querySelector("[data-constancia]");
  const huella = document.querySelector("[data-huella]");
  if (!formulario || !huella || !window.crypto || !window.crypto.subtle) return;
  formulario.querySelector("[data-sin-guion]").hidden = true;
  formulario.querySelector("[data-con-guion]").hidden = false;
  const boton = formulario.querySelector("button");
  formulario.addEventListener("submit", async (evento) => {
    const [archivo] = formulario.elements.archivo.files;
    if (!archivo) return;
    evento.preventDefault();
    boton.disabled = true;
    try {
      const suma = await crypto.subtle.digest("SHA-256", await archivo.arrayBuffer());
      huella.elements.huella.value = Array.from(new Uint8Array(suma), (b) => b.toString(16).padStart(2, "0")).join("");
      huella.submit();
    } catch {
      formulario.submit();
    } finally {
      boton.disabled = false; // el navegador lo recuerda así al regresar a la página
    }
  });
})();
