import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

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
  const axe = () => {
    const builder = new AxeBuilder({ page })
      // There are no frames of other sites here, for which the other mode opens a page of its own.
      .setLegacyMode()
      // Describing every element that is right takes longer than judging all of them.
      .options({ resultTypes: ['violations'] })
    return within === undefined ? builder : builder.include(within)
  }
  await wear(page, 'light')
  expect(await seriousFindings(axe()), `${what}, light`).toEqual([])
  if (within !== undefined) {
    const behind = new AxeBuilder({ page }).setLegacyMode().withRules(rulesOfTheHidden)
    expect(await seriousFindings(behind), `behind ${what}`).toEqual([])
  }
  await wear(page, 'dark')
  expect(await seriousFindings(axe().withRules(rulesOfColours)), `${what}, dark`).toEqual([])
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

/** Serious and critical findings by rule and place, so that a failure says where to look. */
async function seriousFindings(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}
