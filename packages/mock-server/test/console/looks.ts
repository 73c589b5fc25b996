import type { Page } from "playwright-core";

/** Texts of a page that stand out too little from what is behind them, with their contrast. */
export const faintTexts = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    type Colour = readonly [number, number, number, number];
    const read = (css: string): Colour => {
      const [r = 0, g = 0, b = 0, a = 1] = (css.match(/[\d.]+/g) ?? []).map(Number);
      return [r, g, b, a];
    };
    const luminance = ([r, g, b]: Colour): number => {
      const linear = (value: number): number =>
        value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
      return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    };
    const ground = (element: Element | null): Colour => {
      if (element === null) return [255, 255, 255, 1];
      const own = read(getComputedStyle(element).backgroundColor);
      return own[3] === 0 ? ground(element.parentElement) : own;
    };
    const faint: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode() !== null) {
      const text = walker.currentNode.textContent?.trim() ?? "";
      const element = walker.currentNode.parentElement;
      if (text === "" || element === null) continue;
      const one = luminance(read(getComputedStyle(element).color));
      const other = luminance(ground(element));
      const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
      if (contrast < 4.5) faint.push(`${text.slice(0, 40)}: ${contrast.toFixed(2)}`);
    }
    return faint;
  });

/** What a page lacks for somebody who cannot see it. */
export const inaccessible = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const missing: string[] = [];
    const shown = (element: Element): string => element.outerHTML.slice(0, 120);
    if (document.querySelectorAll("h1").length !== 1) missing.push("one h1");
    if (document.documentElement.lang === "") missing.push("a language");
    for (const field of document.querySelectorAll<HTMLInputElement>(
      "input:not([type=hidden]), textarea, select",
    ))
      if ((field.labels?.length ?? 0) === 0) missing.push(`a label: ${shown(field)}`);
    for (const button of document.querySelectorAll("button, a[href]"))
      if ((button.textContent ?? "").trim() === "") missing.push(`words: ${shown(button)}`);
    for (const table of document.querySelectorAll("table"))
      if (table.caption === null) missing.push(`a caption: ${shown(table)}`);
    for (const head of document.querySelectorAll("th"))
      if (head.scope === "") missing.push(`a scope: ${shown(head)}`);
    for (const group of document.querySelectorAll("fieldset"))
      if (group.querySelector("legend") === null) missing.push(`a legend: ${shown(group)}`);
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
    for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) missing.push(`one id ${id}`);
    for (const element of document.querySelectorAll("[aria-labelledby], [aria-describedby]"))
      for (const name of ["aria-labelledby", "aria-describedby"])
        for (const id of (element.getAttribute(name) ?? "").split(" "))
          if (id !== "" && document.querySelector(`#${CSS.escape(id)}`) === null)
            missing.push(`the target ${id}`);
    return missing;
  });

/** By how many pixels a page is wider than its window. */
export const tooWide = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
