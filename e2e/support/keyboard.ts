import { expect, type Locator, type Page } from '@playwright/test'
import { untilListening } from './listening.ts'

/** More than any page has places for the focus before its last. */
const pressesMax = 80

/** Presses Tab until this has the focus, as somebody without a mouse gets there. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  // A form or a sign-in may have loaded this page anew.
  await untilListening(page)
  for (let presses = 0; presses < pressesMax; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(target).toBeFocused()
}

/** Goes there by Tab and presses Enter. */
export async function enter(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press('Enter')
}

/** Opens a menu, or a list with a field for searching it: once drawn it takes keys a moment later. */
export async function open(page: Page, trigger: Locator): Promise<void> {
  await enter(page, trigger)
  const place = '[role=menu] [role^=menuitem]:focus, [role=dialog] [role=combobox]:focus'
  await expect(page.locator(place)).toHaveCount(1)
}

/** Holds an arrow key until it has chosen this: a radio is chosen while the key is still down. */
export async function arrowTo(
  page: Page,
  key: 'ArrowLeft' | 'ArrowRight',
  radio: Locator,
): Promise<void> {
  await page.keyboard.down(key)
  await expect(radio).toBeChecked()
  await page.keyboard.up(key)
}

/** Goes to a field by Tab and types in place of what it holds. */
export async function type(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field)
  await page.keyboard.press('Control+a')
  await page.keyboard.type(text)
}
