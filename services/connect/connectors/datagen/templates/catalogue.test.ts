import avro from 'avsc'
import { describe, expect, it } from 'vitest'
import { datagenTemplates, popularTemplates, templateNamed } from './catalogue.ts'
import { problemsOfSchema } from './testing/check-schema.ts'
import { expectedOriginals } from './testing/expected-originals.ts'
import { expectedSolutions } from './testing/expected-solutions.ts'

const expectedTemplates = { ...expectedOriginals, ...expectedSolutions }

describe('the catalogue', () => {
  it('has Confluent’s 38 templates in the order of its list', () => {
    expect(datagenTemplates.map(({ id }) => id).join(',')).toBe(
      'CLICKSTREAM_CODES,CLICKSTREAM,CLICKSTREAM_USERS,ORDERS,RATINGS,USERS,USERS_,PAGEVIEWS,' +
        'STOCK_TRADES,INVENTORY,PRODUCT,PURCHASES,TRANSACTIONS,STORES,CREDIT_CARDS,' +
        'CAMPAIGN_FINANCE,FLEET_MGMT_DESCRIPTION,FLEET_MGMT_LOCATION,FLEET_MGMT_SENSORS,' +
        'PIZZA_ORDERS,PIZZA_ORDERS_COMPLETED,PIZZA_ORDERS_CANCELLED,INSURANCE_OFFERS,' +
        'INSURANCE_CUSTOMERS,INSURANCE_CUSTOMER_ACTIVITY,GAMING_GAMES,GAMING_PLAYERS,' +
        'GAMING_PLAYER_ACTIVITY,PAYROLL_EMPLOYEE,PAYROLL_EMPLOYEE_LOCATION,PAYROLL_BONUS,' +
        'SYSLOG_LOGS,DEVICE_INFORMATION,SIEM_LOGS,SHOES,SHOE_CUSTOMERS,SHOE_ORDERS,' +
        'SHOE_CLICKSTREAM',
    )
  })

  it('shows what tutorials use first, and each template once', () => {
    const ids = popularTemplates.map(({ id }) => id)
    expect(ids.slice(0, 8)).toEqual([
      ...['ORDERS', 'USERS', 'CLICKSTREAM', 'PAGEVIEWS'],
      ...['PRODUCT', 'RATINGS', 'STOCK_TRADES', 'INVENTORY'],
    ])
    expect([...ids].sort()).toEqual(datagenTemplates.map(({ id }) => id).sort())
  })

  it('gives each tile a title of its own and one sentence', () => {
    expect(new Set(datagenTemplates.map(({ title }) => title)).size).toBe(38)
    for (const { description } of datagenTemplates) expect(description).toMatch(/^[A-Z][^.]+\.$/)
  })

  it('finds a template by its name in upper or lower case', () => {
    expect(templateNamed('stock_trades')?.title).toBe('Stock trades')
    expect(templateNamed('USERS_')?.id).toBe('USERS_')
    expect(templateNamed('users')?.id).toBe('USERS')
    expect(templateNamed('no such thing')).toBeUndefined()
  })
})

describe.each(datagenTemplates)('$id', ({ id, keyField, schema }) => {
  const expected = expectedTemplates[id]

  it('has the fields, types and key that the reference describes', () => {
    if (expected === undefined) throw new Error(`Nothing is expected of ${id}.`)
    expect(schema.fields.map(({ name }) => name)).toEqual(Object.keys(expected.fields))
    expect(problemsOfSchema(schema, expected.fields)).toEqual([])
    expect(keyField).toBe(expected.key)
    if (expected.record !== undefined) {
      expect(`${schema.namespace}.${schema.name}`).toBe(expected.record)
    }
  })

  it('is a schema to an Avro library', () => {
    const type = avro.Type.forSchema(JSON.parse(JSON.stringify(schema)))
    expect(type.name).toBe(`${schema.namespace}.${schema.name}`)
  })
})
