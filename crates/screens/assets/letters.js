// Letters of a field, counted while one types: as the server counts them, without
// vowel signs, accents and controls.
"use strict";
(() => {
  const letters = (text) => [...text.normalize("NFC").replace(/[\p{M}\p{C}]/gu, "")].length;
  for (const told of document.querySelectorAll("[data-letters]")) {
    const field = document.getElementById(told.dataset.letters);
    const over = told.parentElement.querySelector("[data-over]");
    const count = () => {
      const own = letters(field.value);
      told.textContent = String(own);
      const isOver = own > Number(told.dataset.most);
      told.parentElement.classList.toggle("over", isOver);
      const words = isOver ? over.dataset.over : "";
      // Said once, when it becomes so.
      if (over.textContent !== words) over.textContent = words;
    };
    field.addEventListener("input", count);
    count();
  }
})();
