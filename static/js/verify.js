// Asks for a file's checksum in place of sending the file, where the browser can work it
// out. Without it the form sends the file, which is hashed on its way and dropped.
"use strict";
{
  const hex = (sum) => [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  const leads = ["%PDF-", "PK\x03\x04"];

  /** Gives the SHA-256 of a PDF or a zip; "" for anything else. */
  const checksum = async (file) => {
    const bytes = await file.arrayBuffer();
    const lead = String.fromCharCode(...new Uint8Array(bytes.slice(0, 5)));
    return leads.some((each) => lead.startsWith(each)) ? hex(await crypto.subtle.digest("SHA-256", bytes)) : "";
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("form[data-verify]") || !globalThis.crypto?.subtle) return;
    event.preventDefault();
    const { file, sha256, csrfmiddlewaretoken: token } = form.elements;
    // What cannot be read any more is answered as what is no PDF.
    sha256.value = file.files[0] ? await checksum(file.files[0]).catch(() => "") : "";
    file.disabled = true;
    if (token) token.disabled = true;
    // A question changes nothing: it is an address.
    form.method = "get";
    form.submit();
  });
  const forms = [...document.querySelectorAll("form[data-verify]")];
  if (globalThis.crypto?.subtle) {
    for (const form of forms) form.hidden = false;
    for (const link of document.querySelectorAll("[data-verify-link]")) link.hidden = true;
  }
  // Back on the page: the same form asks again.
  addEventListener("pageshow", () => {
    for (const form of forms) for (const field of form.elements) field.disabled = false;
  });
}
