import { describe, expect, test } from 'vitest'
import { configJson, parseConfigJson, secretMask, withKey } from './connector-config.ts'

const config = {
  'tasks.max': '1',
  'x.unknown': 'kept',
  'kafka.api.secret': 'cfltSecret',
  name: 'orders',
  'connector.class': 'DatagenSource',
}

describe('the JSON of a configuration', () => {
  test('has Confluent’s order, then the rest, and no secret', () => {
    expect(Object.entries(JSON.parse(configJson(config)))).toEqual([
      ['connector.class', 'DatagenSource'],
      ['name', 'orders'],
      ['kafka.api.secret', secretMask],
      ['tasks.max', '1'],
      ['x.unknown', 'kept'],
    ])
  })

  test('read again is the same configuration, its secret included', () => {
    expect(parseConfigJson(configJson(config), config)).toEqual({ ok: config })
  })

  test('takes a secret that was typed over the stars', () => {
    const text = configJson(config).replace(secretMask, 'another')
    expect(parseConfigJson(text, config)).toEqual({
      ok: { ...config, 'kafka.api.secret': 'another' },
    })
  })

  test('may be what Connect’s own API takes, with numbers as numbers', () => {
    const text = '{"name": "a", "config": {"tasks.max": 1, "max.interval": null, "x": true}}'
    expect(parseConfigJson(text, {})).toEqual({ ok: { name: 'a', 'tasks.max': '1', x: 'true' } })
  })

  test.each([
    ['{', 'This is not valid JSON.'],
    ['[]', 'The configuration is a JSON object: { "key": "value" }.'],
    ['{"a": {}}', 'The value of "a" is text, a number, true or false.'],
    ['{"a": []}', 'The value of "a" is text, a number, true or false.'],
  ])('that is none says so: %s', (text, problem) => {
    expect(parseConfigJson(text, {})).toEqual({ problem })
  })
})

test('an empty field takes its key away', () => {
  expect(withKey({ a: '1', b: '2' }, 'a', '')).toEqual({ b: '2' })
  expect(withKey({ b: '2' }, 'a', '1')).toEqual({ a: '1', b: '2' })
})
