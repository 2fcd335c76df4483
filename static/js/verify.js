// Sends a file's checksum in place of the file, where the browser can work it out.
// Without it the form sends the file, which is hashed on its way and dropped.
"use strict";
{
  const hex = (sum) => [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  /** Gives the SHA-256 of a PDF; "" for anything else. */
  const checksum = async (file) => {
    const bytes = await file.arrayBuffer();
    const lead = String.fromCharCode(...new Uint8Array(bytes.slice(0, 5)));
    return lead === "%PDF-" ? hex(await crypto.subtle.digest("SHA-256", bytes)) : "";
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("form[data-verify]") || !globalThis.crypto?.subtle) return;
    event.preventDefault();
    const input = form.elements.file;
    const file = input.files[0];
    // What cannot be read any more is answered as what is no PDF.
    form.elements.sha256.value = file ? await checksum(file).catch(() => "") : "";
    input.disabled = true;
    form.submit();
  });
  // Back on the page: the same form asks again.
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-verify]")) form.elements.file.disabled = false;
  });
}
