// Fills what a form sends up to one length: who watches the line learns nothing from how long it is.
// Counts what is left of a text. Pages work without it.
(function () {
  var form = document.getElementById("f"), room = +form.dataset.room;
  form.addEventListener("formdata", function (event) {
    var size = 0;
    event.formData.forEach(function (value, name) {
      // What stands for a tick counts; the tag and what a button asks for are the same for all.
      if (name[0] === "_" && name[1]) return;
      size += new URLSearchParams([[name, value]]).toString().replace(/(%0D)?%0A/g, "%0D%0A").length + 1;
    });
    // Nothing at all is filled like the rest.
    var rest = size % room;
    event.formData.append("_fill", "-".repeat(rest || !size ? room - rest : 0));
  });
  var field = form.querySelector("textarea"), told = document.getElementById("n");
  if (!field) return;
  field.addEventListener("input", function () {
    var left = told.dataset.most - Array.from(field.value.trim().normalize()).length;
    told.textContent = told.dataset[left < 0 ? "over" : "free"].replace("#", Math.abs(left));
  });
})();
