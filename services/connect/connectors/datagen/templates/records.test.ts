// Ten thousand records of each template against what the reference says of it. The tables of
// expectations are in ./testing, written apart from the templates.

import { describe, expect, it } from 'vitest'
import { createGenerator } from '../generator/generator.ts'
import { toJson } from '../generator/json.ts'
import { keyText } from '../generator/key-text.ts'
import { parseSchema } from '../generator/parse-schema.ts'
import { datagenTemplates, templateNamed } from './catalogue.ts'
import { distinctCount, problemsOfRecords, valueAt } from './testing/check-values.ts'
import { expectedOriginals } from './testing/expected-originals.ts'
import { expectedSolutions } from './testing/expected-solutions.ts'

const expectedTemplates = { ...expectedOriginals, ...expectedSolutions }
const count = 10_000

interface Made {
  readonly keys: readonly (string | null)[]
  readonly texts: readonly string[]
  /** The texts, read again. */
  readonly values: readonly unknown[]
}

const made = new Map<string, Made>()

/** The first ten thousand records of a template, made once for all tests. */
function recordsOf(id: string): Made {
  const known = made.get(id)
  if (known !== undefined) return known
  const records = make({ id, seed: 38, count })
  made.set(id, records)
  return records
}

function make(options: { id: string; seed: number; count: number; iteration?: number }): Made {
  const template = templateNamed(options.id)
  if (template === undefined) throw new Error(`There is no template ${options.id}.`)
  const parsed = parseSchema(JSON.stringify(template.schema))
  if (!parsed.ok) throw new Error(`${options.id}: ${parsed.message}`)
  const { schema } = parsed
  const { seed, iteration } = options
  const generator = createGenerator(schema, { seed, iteration })
  const values = Array.from({ length: options.count }, () => generator.next())
  const texts = values.map((value) => toJson(schema, value, { decimalFormat: 'NUMERIC' }))
  return {
    keys: values.map((value) => keyText(schema, value, template.keyField)),
    texts,
    values: texts.map((text): unknown => JSON.parse(text)),
  }
}

function column(path: string): readonly unknown[] {
  const [id = '', ...names] = path.split('.')
  return recordsOf(id).values.map((value) => valueAt(value, names.join('.')))
}

describe.each(datagenTemplates)('$id', ({ id }) => {
  it(`makes ${count} records as the reference describes them`, () => {
    const expected = expectedTemplates[id]
    if (expected === undefined) throw new Error(`Nothing is expected of ${id}.`)
    const { values, keys } = recordsOf(id)
    expect(problemsOfRecords(values, expected.fields, id)).toEqual([])
    if (expected.rows !== undefined) expect(distinctCount(values)).toBe(expected.rows)
    expect(keys).toEqual(values.map((value) => String(valueAt(value, expected.key))))
  })

  it('makes the same again from the same seed, and others from another', () => {
    const few = 200
    const again = make({ id, seed: 38, count: few })
    expect(again.texts).toEqual(recordsOf(id).texts.slice(0, few))
    expect(again.keys).toEqual(recordsOf(id).keys.slice(0, few))
    const onlyCounts = id === 'INVENTORY' || id === 'PRODUCT'
    const other = make({ id, seed: 39, count: few })
    expect(String(other.texts) === String(again.texts)).toBe(onlyCounts)
  })

  it('goes on where a stopped task ended', () => {
    const resumed = make({ id, seed: 38, count: 10, iteration: 5_000 })
    expect(resumed.texts).toEqual(recordsOf(id).texts.slice(5_000, 5_010))
  })
})

/** Both have the same values. */
const same = [
  ['PAGEVIEWS.userid', 'USERS.userid'],
  ['USERS_.userid', 'USERS.userid'],
  ['STOCK_TRADES.userid', 'USERS.userid'],
  ['INVENTORY.productid', 'PRODUCT.id'],
  ['TRANSACTIONS.purchase_id', 'PURCHASES.id'],
  ['CLICKSTREAM.status', 'CLICKSTREAM_CODES.code'],
  ['INSURANCE_CUSTOMER_ACTIVITY.customer_id', 'INSURANCE_CUSTOMERS.customer_id'],
  ['GAMING_PLAYER_ACTIVITY.player_id', 'GAMING_PLAYERS.player_id'],
  ['PAYROLL_EMPLOYEE_LOCATION.employee_id', 'PAYROLL_EMPLOYEE.employee_id'],
  ['PAYROLL_BONUS.employee_id', 'PAYROLL_EMPLOYEE.employee_id'],
  ['SIEM_LOGS.hostname', 'DEVICE_INFORMATION.device_ip'],
  ['SIEM_LOGS.source.ip', 'DEVICE_INFORMATION.device_ip'],
  ['SIEM_LOGS.destination.ip', 'DEVICE_INFORMATION.device_ip'],
  ['SHOE_CLICKSTREAM.ip', 'DEVICE_INFORMATION.device_ip'],
  ['SHOE_ORDERS.product_id', 'SHOES.id'],
  ['SHOE_ORDERS.customer_id', 'SHOE_CUSTOMERS.id'],
  ['SHOE_CLICKSTREAM.product_id', 'SHOES.id'],
  ['SHOE_CLICKSTREAM.user_id', 'SHOE_CUSTOMERS.id'],
] as const

/** The first has all but one of the second's: a range ends before its maximum. */
const butTheLast = [
  ['TRANSACTIONS.card_id', 'CREDIT_CARDS.card_id', '24'],
  ['TRANSACTIONS.store_id', 'STORES.store_id', '7'],
] as const

/** Chosen from the same thousands of ids: most, but not all, meet among ten thousand records. */
const overlapping = [
  ['FLEET_MGMT_LOCATION.vehicle_id', 'FLEET_MGMT_DESCRIPTION.vehicle_id'],
  ['FLEET_MGMT_SENSORS.vehicle_id', 'FLEET_MGMT_DESCRIPTION.vehicle_id'],
  ['GAMING_PLAYER_ACTIVITY.game_room_id', 'GAMING_GAMES.id'],
] as const

describe('templates join', () => {
  it.each(same)('%s with all of %s', (left, right) => {
    expect(idsOf(left)).toEqual(idsOf(right))
  })

  it.each(butTheLast)('%s with %s except %s', (left, right, last) => {
    expect([...idsOf(left), last].sort()).toEqual(idsOf(right))
  })

  it.each(overlapping)('%s with most of %s', (left, right) => {
    const known = new Set(idsOf(right))
    const ids = idsOf(left)
    expect(ids.filter((id) => known.has(id)).length).toBeGreaterThan(ids.length / 2)
  })

  it('clickstream visitors with the users of the site, but for -1 and 0', () => {
    const known = new Set(idsOf('CLICKSTREAM_USERS.user_id'))
    expect(idsOf('CLICKSTREAM.userid').filter((id) => !known.has(id))).toEqual(['-1', '0'])
  })

  it('each pizza order with one end', () => {
    const ends = ['COMPLETED', 'CANCELLED'].flatMap((end) =>
      column(`PIZZA_ORDERS_${end}.store_order_id`).slice(0, count / 2),
    )
    expect(ends.map(Number).sort((a, b) => a - b)).toEqual(column('PIZZA_ORDERS.store_order_id'))
  })

  function idsOf(path: string): readonly string[] {
    return [...new Set(column(path).map(String))].sort()
  }
})

describe('rows agree with themselves', () => {
  it('a pizza costs its quantity times its price, and a product has one price and category', () => {
    const lines = new Set(
      column('PIZZA_ORDERS.order_lines')
        .flat()
        .map((line) => JSON.stringify(line)),
    )
    const products = new Map<unknown, string>()
    for (const line of [...lines].map((text): unknown => JSON.parse(text))) {
      const price = Number(valueAt(line, 'unit_price'))
      const net = Number(valueAt(line, 'net_price'))
      expect(net).toBeCloseTo(price * Number(valueAt(line, 'quantity')), 6)
      const facts = `${price} ${valueAt(line, 'category')}`
      const id = valueAt(line, 'product_id')
      expect(products.get(id) ?? facts).toBe(facts)
      products.set(id, facts)
    }
    expect(products.size).toBe(50)
  })

  it('a store is in the state of its city, a status code has its definition', () => {
    expect(pairsOf('STORES', ['city', 'state'])).toEqual(
      ['Raleigh NC', 'Chicago IL', 'Sacramento CA', 'Austin TX']
        .concat(['Boston MA', 'Atlanta GA', 'Lexington SC'])
        .sort(),
    )
    expect(pairsOf('CLICKSTREAM_CODES', ['code', 'definition'])).toEqual([
      '200 Successful',
      '302 Redirect',
      '404 Page not found',
      '405 Method not allowed',
      '406 Not acceptable',
      '407 Proxy authentication required',
    ])
  })

  it('offers are numbered in the order of the reference', () => {
    expect(pairsOf('INSURANCE_OFFERS', ['offer_id', 'offer_name'])).toEqual([
      '1 new_home_policy',
      '2 new_auto_policy',
      '3 discount_existing',
      '4 safe_driver_program',
      '5 no_offer',
    ])
  })

  it('the digits of test cards add up, as payment forms check', () => {
    for (const number of new Set(column('CREDIT_CARDS.card_number'))) {
      const sum = [...String(number)].reverse().reduce((total, digit, place) => {
        const value = Number(digit) * (place % 2 === 1 ? 2 : 1)
        return total + Math.floor(value / 10) + (value % 10)
      }, 0)
      expect(sum % 10).toBe(0)
    }
  })

  function pairsOf(id: string, names: readonly string[]): readonly string[] {
    const { values } = recordsOf(id)
    return [...new Set(values.map((value) => names.map((n) => valueAt(value, n)).join(' ')))].sort()
  }
})
