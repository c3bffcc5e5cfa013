// The direction of a block, by its letters.
import assert from "node:assert/strict";
import test from "node:test";
import { directionOf, directionOfText } from "../src/direction.js";
import { isAddress } from "../src/schema.js";

test("what a sentence opens with does not turn it", () => {
  for (const sentence of ["BBC: قالت الوزارة إن الجسر فُتح", "@ministry قالت إنها فتحت الجسر", "#syria جسر جديد في المدينة", "3-1 فاز الفريق", "", "2026"]) {
    assert.equal(directionOfText(sentence, "rtl"), "rtl", sentence);
  }
  assert.equal(directionOfText("The bridge is open, says سانا", "rtl"), "ltr");
  assert.equal(directionOfText("قال المتحدث ok", "ltr"), "rtl");
  assert.equal(directionOfText("1-3", "ltr"), "ltr");
});

test("a language has its direction", () => {
  for (const [language, direction] of [["ar", "rtl"], ["ckb", "rtl"], ["ur-PK", "rtl"], ["ku", "ltr"], ["en", "ltr"], ["", "ltr"]]) {
    assert.equal(directionOf(language), direction, language);
  }
});

test("a link leads where readers may go", () => {
  for (const address of ["https://example.org/a", "/a/1", "#end", "mailto:a@example.org"]) assert.ok(isAddress(address), address);
  for (const address of ["javascript:alert(1)", "//example.org", "a b", "", "data:text/html,x"]) assert.ok(!isAddress(address), address);
});
