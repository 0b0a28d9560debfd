import { expect, test } from '@playwright/test'
import { readServerActions } from '../../support/server-actions.ts'
import { actionRows } from './actions.ts'
import { handlerRows } from './handlers.ts'
import { pageRows } from './pages.ts'
import {
  differences,
  exportsOf,
  readActionExports,
  readBuiltAddresses,
  readHandlers,
  readPages,
} from './sources.ts'

// What has no row is never asked for by a stranger, so nothing may be without one.

test.describe('the tables name', () => {
  test('every page of app/, and no other', () => {
    expect(
      differences(
        { what: 'app/', in: readPages() },
        { what: 'the table of pages', in: Object.keys(pageRows) },
      ),
    ).toEqual([])
  })

  test('every method of a route.ts, and no other', () => {
    expect(
      differences(
        { what: 'app/', in: readHandlers() },
        { what: 'the table of handlers', in: Object.keys(handlerRows) },
      ),
    ).toEqual([])
  })

  test('every export of lib/actions, and no other', () => {
    expect(
      differences(
        { what: 'lib/actions', in: readActionExports() },
        { what: 'the table of actions', in: Object.keys(actionRows) },
      ),
    ).toEqual([])
  })

  test('all that the production build serves', () => {
    const served = readServerActions().map(({ file, name }) => `${file} ${name}`)
    const routes = readHandlers().map((handler) => handler.split(' ')[1] ?? '')
    expect(
      differences(
        { what: 'the build', in: [...served, ...readBuiltAddresses()] },
        { what: 'the sources', in: [...readActionExports(), ...readPages(), ...routes] },
      ),
    ).toEqual([])
  })

  test('nothing else: a difference and every kind of export are noticed', () => {
    expect(
      differences({ what: 'a', in: ['/x', '/y'] }, { what: 'b', in: ['/y', '/z'] }),
    ).toHaveLength(2)
    const source =
      'export const a = 1\nexport async function b() {}\nexport { c as GET, d }\nexport default e\n'
    expect(exportsOf(source)).toEqual(['a', 'b', 'GET', 'd', 'default'])
  })
})
