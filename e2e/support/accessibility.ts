import { expect, type Page } from '@playwright/test'
import axe, { type RunOptions } from 'axe-core'

/** What the theme can make a difference to; everything else is judged once, in light. */
const rulesOfColours = ['color-contrast', 'link-in-text-block']

/** What an overlay can break of the page behind it. */
const rulesOfTheHidden = ['aria-hidden-focus', 'aria-hidden-body', 'duplicate-id-aria']

export interface Judged {
  /** Only what this selector finds: an overlay of a page that is judged as a whole elsewhere. */
  readonly within?: string
}

/** No serious or critical finding on the page as it stands, in light and in dark. */
export async function expectAccessible(
  page: Page,
  what: string,
  { within }: Judged = {},
): Promise<void> {
  // The engine is half a megabyte to parse: a page gets it once.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  await wear(page, 'light')
  expect(await seriousFindings(page, { within }), `${what}, light`).toEqual([])
  if (within !== undefined) {
    const behind = await seriousFindings(page, { rules: rulesOfTheHidden })
    expect(behind, `behind ${what}`).toEqual([])
  }
  await wear(page, 'dark')
  const inDark = await seriousFindings(page, { within, rules: rulesOfColours })
  expect(inDark, `${what}, dark`).toEqual([])
}

async function wear(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.evaluate((name) => {
    document.documentElement.dataset.theme = name
    // Colours in mid-change would be measured as they pass by; what turns for ever has no end.
    for (const animation of document.getAnimations()) {
      if (animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY) {
        animation.finish()
      }
    }
  }, theme)
}

interface Question {
  readonly within?: string | undefined
  /** All that the engine knows where absent. */
  readonly rules?: readonly string[]
}

/** Serious and critical findings by rule and place, so that a failure says where to look. */
function seriousFindings(page: Page, { within, rules }: Question): Promise<string[]> {
  const options: RunOptions = {
    // Describing every element that is right takes longer than judging all of them.
    resultTypes: ['violations'],
    ...(rules === undefined ? {} : { runOnly: { type: 'rule', values: [...rules] } }),
  }
  return page.evaluate(
    async ([context, asked]) => {
      const engine: typeof axe = Reflect.get(window, 'axe')
      const { violations } = await engine.run(context ?? document, asked)
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
    },
    [within, options] as const,
  )
}
