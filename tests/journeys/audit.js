// What no checker looks at: each function gives the faults of the page as sentences, none if it is right.
(() => {
  const ARABIC = /\p{Script=Arabic}/u;
  const LATIN = /\p{Script=Latin}{2,}/u;
  // Names, abbreviations and what a person types are the same in every script.
  const SAME = /\b(BITV|WCAG|AA|JavaScript|Cookie|Kooperationsplan|Language|English|Wort|[A-Z0-9]{4}(-[A-Z0-9]{4})*)\b/g;

  const seen = (element) => {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return style.visibility !== "hidden" && style.display !== "none" && box.width > 0 && box.bottom > 0;
  };
  const told = (element) =>
    `<${element.localName}${element.id ? "#" + element.id : ""}${element.className && element.className.baseVal === undefined ? "." + element.className : ""}> ${(element.innerText || element.value || "").trim().slice(0, 40)}`;

  // A radio or checkbox is hit on its label, which is drawn around it.
  const target = (element) =>
    /radio|checkbox/.test(element.type || "") ? document.querySelector(`label[for="${element.id}"]`) : element;

  window.audit = {
    scroll() {
      const root = document.documentElement;
      if (root.scrollWidth <= innerWidth) return [];
      const wide = [...document.querySelectorAll("body *")].filter((each) => {
        const box = each.getBoundingClientRect();
        return seen(each) && (box.right > innerWidth + 1 || box.left < -1);
      });
      return [`${root.scrollWidth} px wide in a window of ${innerWidth}: ${wide.slice(0, 3).map(told).join(" | ")}`];
    },

    targets(least) {
      return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), textarea, summary")]
        .map(target)
        .filter((each) => each && seen(each) && !each.matches(".skip, [aria-hidden=true]"))
        .filter((each) => {
          const box = each.getBoundingClientRect();
          return box.height < least - 0.5 || box.width < least - 0.5;
        })
        .map((each) => {
          const box = each.getBoundingClientRect();
          return `target of ${Math.round(box.width)} x ${Math.round(box.height)} px: ${told(each)}`;
        });
    },

    language(lang, dir) {
      const root = document.documentElement;
      const found = [];
      if (root.lang !== lang || root.dir !== dir) found.push(`lang=${root.lang} dir=${root.dir}, not ${lang} ${dir}`);
      const walk = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const around = node.parentElement;
        if (around.closest("style, script, noscript, head, textarea")) continue;
        const of = around.closest("[lang]").lang;
        const way = getComputedStyle(around).direction;
        const text = node.data.trim();
        const rest = text.replace(SAME, "");
        if (ARABIC.test(text) && (of !== "ar" || way !== "rtl")) found.push(`Arabic in lang=${of} ${way}: ${text}`);
        if (of === "ar" && LATIN.test(rest)) found.push(`Latin in lang=ar: ${text}`);
      }
      return found;
    },

    errors() {
      const found = [];
      for (const error of document.querySelectorAll(".err")) {
        const fields = [...document.querySelectorAll("main input:not([type=hidden]), main textarea, main fieldset")].filter((each) =>
          (each.getAttribute("aria-describedby") || "").split(" ").includes(error.id)
        );
        if (!error.id || fields.length === 0) found.push(`no field is described by: ${error.innerText}`);
        if (!document.title.match(/^(Fehler|Error|خطأ)/)) found.push(`the title does not begin with the error: ${document.title}`);
        const [field] = fields;
        if (field && field.localName !== "fieldset") {
          if (field.getAttribute("aria-invalid") !== "true") found.push(`not invalid: ${told(field)}`);
          if (document.activeElement !== field) found.push(`the focus is not on ${told(field)}`);
        }
      }
      // Staff pages: one thing that is wrong has the focus, of more the list of all has it.
      const faults = [...document.querySelectorAll("main .msg[id]")].filter(seen);
      for (const fault of faults) {
        const described = `[aria-describedby~="${fault.id}"]`;
        if (!document.querySelector(described)) found.push(`no field is described by: ${fault.innerText}`);
      }
      if (faults.length) {
        const [wanted] = faults.length > 1 && document.querySelector("#problems") ? ["#problems"] : [`[aria-describedby~="${faults[0].id}"]`];
        const focused = document.activeElement;
        if (!focused.matches(wanted) && !focused.closest(`fieldset${wanted}`)) found.push(`the focus is not on ${wanted}`);
      }
      for (const link of document.querySelectorAll("#problems a"))
        if (!document.querySelector(link.getAttribute("href"))) found.push(`the list of errors leads to ${link.getAttribute("href")}, which is not there`);
      for (const field of document.querySelectorAll("[aria-describedby]"))
        for (const id of field.getAttribute("aria-describedby").trim().split(/\s+/))
          if (!document.getElementById(id)) found.push(`described by ${id}, which is not there: ${told(field)}`);
      return found;
    },

    // The steps of WCAG 1.4.12, set as a constructed sheet, which the content policy lets through.
    spacing(on) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }"
      );
      document.adoptedStyleSheets = on ? [sheet] : [];
    },

    large(on) {
      document.documentElement.style.fontSize = on ? "200%" : "";
    },
  };
})();
