import { expect, type Locator, type Page } from '@playwright/test'

/** A chart of a topic's overview, such as *Production*. */
function chart(page: Page, title: 'Production' | 'Consumption'): Locator {
  return page.getByRole('figure', { name: `${title} (bytes/sec)` })
}

/** Waits until a topic's rate, as its overview says it, is above zero. */
export async function rateRises(page: Page, title: 'Production' | 'Consumption'): Promise<void> {
  await expect.poll(() => bytesPerSecond(chart(page, title))).toBeGreaterThan(0)
}

/** Waits until a topic's rate, as its overview says it, is a measured zero. */
export async function rateIsZero(page: Page, title: 'Production' | 'Consumption'): Promise<void> {
  await expect.poll(() => bytesPerSecond(chart(page, title))).toBe(0)
}

/** The figure above the chart; NaN while it is a dash. */
async function bytesPerSecond(figure: Locator): Promise<number> {
  const text = (await figure.textContent()) ?? ''
  const [, amount = 'none'] = /([\d.,]+)\s*(?:B|KB|MB)\/s/.exec(text) ?? []
  return Number(amount.replaceAll(',', ''))
}
