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

// Every pair of the design's table, with its ratio in light and dark: a slip of a digit would pass the
// thresholds above.
const table: readonly (readonly [string, string, number, number])[] = [
  ['ink', 'sheet', 17.12, 14.83],
  ['ink', 'paper', 15.41, 15.84],
  ['ink-2', 'sheet', 8.27, 9],
  ['ink-2', 'paper', 7.45, 9.61],
  ['ink-2', 'sunken', 7.86, 9.33],
  ['ink-2', 'hover', 7.26, 8.2],
  ['ink-3', 'sheet', 5.37, 5.85],
  ['ink-3', 'paper', 4.83, 6.25],
  ['ink-3', 'sunken', 5.1, 6.06],
  ['ink-3', 'hover', 4.71, 5.33],
  ['ink-3', 'river-tint', 4.72, 5.02],
  ['ink-3', 'moss-tint', 4.67, 5.25],
  ['river', 'sheet', 7.15, 8.41],
  ['river', 'paper', 6.44, 8.98],
  ['river', 'river-tint', 6.28, 7.22],
  ['on-river', 'river', 7.15, 8.8],
  ['on-river', 'river-hover', 9.28, 11.09],
  ['ink-2', 'moss-tint', 7.2, 8.07],
  ['sienna', 'sheet', 5.79, 7.95],
  ['sienna', 'river-tint', 5.09, 6.82],
  ['sienna', 'sienna-tint', 5.13, 7.23],
  ['moss', 'sheet', 6.42, 8.89],
  ['moss', 'moss-tint', 5.59, 7.97],
  ['amber', 'sheet', 6.31, 9.21],
  ['amber', 'amber-tint', 5.61, 8.26],
  ['red', 'sheet', 6.74, 7.68],
  ['red', 'red-tint', 5.88, 7.19],
  ['stone', 'sheet', 6.74, 7.5],
  ['stone', 'stone-tint', 5.81, 6.6],
  ['code-key', 'sunken', 7.06, 9.85],
  ['code-string', 'sunken', 6.1, 9.8],
  ['code-number', 'sunken', 6.79, 9.54],
  ['code-keyword', 'sunken', 6.47, 8.73],
  ['control', 'sheet', 3.59, 3.89],
  ['control', 'paper', 3.23, 4.16],
  ['sheet', 'd1', 4.7, 7.35],
  ['sheet', 'd2', 5.55, 7.28],
  ['d3', 'sheet', 8.51, 12.55],
  ['d4', 'sheet', 8.01, 4.87],
  ['d5', 'sheet', 3.06, 11.25],
  ['d6', 'sheet', 3.22, 7.51],
]

test.each(table)('%s on %s has the contrast of the design', (text, ground, inLight, inDark) => {
  expect(contrast(light, text, ground)).toBeCloseTo(inLight, 2)
  expect(contrast(dark, text, ground)).toBeCloseTo(inDark, 2)
})

test('whatever is drawn in a chart can be seen on the sheet', () => {
  for (const [theme, tokens] of themes) {
    for (const colour of ['d1', 'd2', 'd3', 'd4', 'd5', 'd6']) {
      expect(contrast(tokens, colour, 'sheet'), `${colour}, ${theme}`).toBeGreaterThanOrEqual(3)
    }
  }
})
