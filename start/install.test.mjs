import { expect, it } from 'vitest'
import { holds } from './install.mjs'

const wanted = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/a/node_modules/b': { version: '2.0.0', dev: true },
    'node_modules/for-another-platform': { version: '3.0.0', optional: true },
  },
}

it('node_modules holds a lock when every package is there in its version', () => {
  const { '': _project, 'node_modules/for-another-platform': _optional, ...rest } = wanted.packages
  expect(holds({ packages: rest }, wanted)).toBe(true)
})

it.each([
  ['is missing', { 'node_modules/a': wanted.packages['node_modules/a'] }],
  ['has another version', { ...wanted.packages, 'node_modules/a': { version: '1.0.1' } }],
  ['stands elsewhere', { ...wanted.packages, 'node_modules/a/node_modules/b': undefined }],
])('it does not when a package %s', (_how, packages) => {
  expect(holds({ packages }, wanted)).toBe(false)
})
