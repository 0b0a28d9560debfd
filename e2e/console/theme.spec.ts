import { expect, type Page, test } from '@playwright/test'
import { paths } from '../../lib/paths.ts'

// What a reader would see as a flash: a first frame in another theme than the page's own.

/** The theme when the first element of the page is there, and the ground of the first frame. */
interface FirstSight {
  readonly theme: string | undefined
  readonly ground: string
}

async function firstSight(page: Page): Promise<FirstSight> {
  await page.addInitScript(() => {
    const sight: { theme?: string; ground?: string } = {}
    Object.assign(window, { sight })
    const observer = new MutationObserver(() => {
      if (document.body === null) return
      observer.disconnect()
      sight.theme = document.documentElement.dataset.theme ?? 'none'
      // Callbacks of a frame run right before it is painted.
      requestAnimationFrame(() => {
        sight.ground = getComputedStyle(document.documentElement).backgroundColor
      })
    })
    observer.observe(document, { childList: true, subtree: true })
  })
  await page.goto(paths.signIn())
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.waitForFunction(
    () => Reflect.get(Reflect.get(window, 'sight'), 'ground') !== undefined,
  )
  return page.evaluate(() => Reflect.get(window, 'sight'))
}

const grounds = { light: 'rgb(244, 243, 238)', dark: 'rgb(12, 16, 19)' } as const

for (const [system, chosen, shown] of [
  ['dark', null, 'dark'],
  ['light', null, 'light'],
  ['dark', 'light', 'light'],
  ['light', 'dark', 'dark'],
] as const) {
  test(`the first frame is ${shown} where the system is ${system} and ${chosen ?? 'nothing'} is chosen`, async ({
    browser,
  }) => {
    const page = await browser.newPage({ colorScheme: system })
    if (chosen !== null) {
      await page.goto(paths.signIn())
      await page.evaluate((theme) => localStorage.setItem('tributary-theme', theme), chosen)
    }
    const { theme, ground } = await firstSight(page)
    expect(theme).toBe(shown)
    expect(ground).toBe(grounds[shown])
    await page.close()
  })
}
