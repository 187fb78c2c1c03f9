// The code of an activation letter stands after the # of its link: no server, proxy or log ever sees it there. Moved into the form, and out of the address.
const field = document.querySelector<HTMLInputElement>('#field-code');
const code = decodeURIComponent(location.hash.slice(1));
if (field && /^[0-9A-Za-z-]{10,60}$/.test(code)) {
  field.value = code;
  history.replaceState(null, '', location.pathname);
  document.querySelector<HTMLInputElement>('#field-password')?.focus();
}
