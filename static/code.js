// Takes the code out of the address, where it never left this device, puts it into the form, and
// clears the address, so that neither history nor a shared screen shows it. Old syntax on purpose.
(function () {
  function take() {
    var code = location.hash.slice(1);
    // An address typed on a Cyrillic or Arabic keyboard comes percent-encoded.
    try { code = decodeURIComponent(code); } catch (broken) { return; }
    if (code && code.length < 40) {
      document.querySelector("[name=code]").value = code;
      history.replaceState(null, "", location.pathname);
    }
  }
  take();
  addEventListener("hashchange", take);
})();
