"use strict";
// Works from file:// too. The texts come from the JSON beside this script and are never markup here,
// except in the frames, which are sandboxed without scripts.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const status = document.getElementById("status");
  const what = { rich: "Rich text", html: "HTML source", markdown: "Markdown", text: "Plain text" };

  // A frame shows what a client that honours prefers-color-scheme shows, whatever this browser does.
  function dressed(html, scheme) {
    const query = scheme === "dark" ? "(min-width: 0px)" : "(max-width: 0px)";
    return html
      .replace(/<style[^>]*>[^]*?<\/style>/g, (block) =>
        block
          .replace(/\(\s*prefers-color-scheme:\s*dark\s*\)/g, query)
          .replace(/color-scheme:\s*light dark/g, `color-scheme: ${scheme}`))
      .replace(/(<meta name="color-scheme" content=")light dark"/, `$1${scheme}"`)
      .replace("<head>", '<head><base target="_blank">');
  }

  function show(choice) {
    for (const pair of document.querySelectorAll(".pair")) {
      const scheme = pair.dataset.scheme;
      pair.hidden = choice !== "both" && choice !== scheme;
      for (const frame of pair.querySelectorAll("iframe")) {
        if (!pair.hidden && !frame.srcdoc) frame.srcdoc = dressed(data.html, scheme);
      }
    }
  }

  function parts(kind) {
    return kind === "rich" ? [data.text, data.paste] : [data[kind], null];
  }

  async function copied(text, html) {
    try {
      if (!html) {
        await navigator.clipboard.writeText(text);
        return true;
      }
      const blobs = { "text/plain": text, "text/html": html };
      const item = {};
      for (const [type, content] of Object.entries(blobs)) {
        item[type] = new Blob([content], { type });
      }
      await navigator.clipboard.write([new ClipboardItem(item)]);
      return true;
    } catch {
      return copiedByEvent(text, html);
    }
  }

  function copiedByEvent(text, html) {
    let filled = false;
    const fill = (event) => {
      event.preventDefault();
      event.clipboardData.setData("text/plain", text);
      if (html) event.clipboardData.setData("text/html", html);
      filled = true;
    };
    document.addEventListener("copy", fill);
    try {
      return document.execCommand("copy") && filled;
    } catch {
      return false;
    } finally {
      document.removeEventListener("copy", fill);
    }
  }

  function byHand(text) {
    const dialog = document.getElementById("by-hand");
    const area = dialog.querySelector("textarea");
    area.value = text;
    dialog.showModal();
    area.focus();
    area.select();
  }

  function download(name, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "message/rfc822" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  document.querySelector(".bar").addEventListener("click", async (event) => {
    const { copy, download: wanted } = event.target.dataset;
    if (wanted) {
      download(`${data.week}.eml`, data[wanted]);
      status.textContent = "The message is in your downloads.";
    } else if (copy) {
      const [text, html] = parts(copy);
      const done = await copied(text, html);
      status.textContent = done ? `${what[copy]} copied.` : "";
      if (!done) byHand(html || text);
    }
  });

  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  let choice = dark ? "dark" : "light";
  try {
    choice = sessionStorage.getItem("scheme") || choice;
  } catch { /* file:// may have no storage */ }
  for (const radio of document.querySelectorAll("input[name=scheme]")) {
    radio.checked = radio.value === choice;
    radio.addEventListener("change", () => {
      show(radio.value);
      try {
        sessionStorage.setItem("scheme", radio.value);
      } catch { /* as above */ }
    });
  }
  show(choice);
})();
