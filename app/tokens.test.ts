import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** The colours by name, as the stylesheet has them. */
function readTokens(selector: string): Map<string, string> {
  const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
  const block = css.slice(css.indexOf(`${selector} {`)).split('}')[0] ?? ''
  const pairs = [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)]
  return new Map(pairs.map(([, name = '', colour = '']) => [name, colour]))
}

const light = readTokens('[data-theme="light"]')
const dark = new Map([...light, ...readTokens('[data-theme="dark"]')])

/** WCAG 2 relative luminance. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(tokens: ReadonlyMap<string, string>, text: string, ground: string): number {
  const [a = 0, b = 0] = [text, ground]
    .map((name) => luminance(tokens.get(name) ?? '#000000'))
    .sort((x, y) => y - x)
  return (a + 0.05) / (b + 0.05)
}

const textPairs = [
  ['ink', ['sheet', 'paper', 'hover', 'sunken', 'river-tint', 'pressed']],
  ['ink-2', ['sheet', 'paper', 'sunken', 'hover', 'moss-tint', 'pressed']],
  ['ink-3', ['sheet', 'paper', 'sunken', 'hover', 'river-tint', 'moss-tint']],
  ['river', ['sheet', 'paper', 'river-tint']],
  ['on-river', ['river', 'river-hover']],
  ['moss', ['sheet', 'moss-tint']],
  ['amber', ['sheet', 'amber-tint']],
  ['red', ['sheet', 'red-tint']],
  ['sheet', ['red', 'red-hover']],
  ['stone', ['sheet', 'stone-tint']],
  ['sienna', ['sheet', 'sienna-tint', 'river-tint']],
  ['code-key', ['sunken']],
  ['code-string', ['sunken']],
  ['code-number', ['sunken']],
  ['code-keyword', ['sunken']],
] as const

const themes = [
  ['light', light],
  ['dark', dark],
] as const

test.each(themes)('in %s every text is readable on its ground', (_, tokens) => {
  for (const [text, grounds] of textPairs) {
    for (const ground of grounds) {
      expect(contrast(tokens, text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
    }
  }
})

test.each(themes)('in %s the border of a field can be seen', (_, tokens) => {
  for (const ground of ['sheet', 'paper']) {
    expect(contrast(tokens, 'control', ground)).toBeGreaterThanOrEqual(3)
  }
})

test('dark has a colour of its own for every token', () => {
  const own = readTokens('[data-theme="dark"]')
  expect([...light.keys()].filter((name) => !own.has(name))).toEqual([])
})

// The colours as the design gives them; a slip of a digit would pass the thresholds above.
test.each([
  ['ink', 'sheet', 17.12, 14.83],
  ['ink-3', 'paper', 4.83, 6.25],
  ['river', 'river-tint', 6.28, 7.22],
  ['amber', 'amber-tint', 5.61, 8.26],
  ['red', 'red-tint', 5.88, 7.19],
  ['stone', 'stone-tint', 5.81, 6.6],
  ['control', 'paper', 3.23, 4.16],
  ['code-keyword', 'sunken', 6.47, 8.73],
])('%s on %s has the contrast of the design', (text, ground, inLight, inDark) => {
  expect(contrast(light, text, ground)).toBeCloseTo(inLight, 1)
  expect(contrast(dark, text, ground)).toBeCloseTo(inDark, 1)
})
