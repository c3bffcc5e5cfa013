// A screen of the newsroom looked at: by axe, and at two widths.
const path = require('node:path');
const { expect } = require('@playwright/test');
const { default: AxeBuilder } = require('@axe-core/playwright');

const shots = path.join(__dirname, 'results/newsroom');

/** Looks at a screen: no fault of axe, nothing wider than the window; a page `within` it
 *  is looked at elsewhere. */
async function look(page, name, within) {
  const axe = new AxeBuilder({ page });
  if (within) axe.exclude(within);
  const { violations, passes } = await axe.analyze();
  expect(violations.map((fault) => `${name}: ${fault.id} ${fault.nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
  expect(passes.map((rule) => rule.id)).toContain('color-contrast');
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 900 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide, `${name} at ${width}`).toBeLessThanOrEqual(0);
    await page.screenshot({ path: path.join(shots, `${name}-${width}.png`), fullPage: true });
  }
}

module.exports = { look, shots };
