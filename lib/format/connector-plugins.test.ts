import { expect, test } from 'vitest'
import { findPlugin, freeName, freeSampleName } from './connector-plugins.ts'

test('a connector is offered the first name with a number that is free', () => {
  expect(freeName('DatagenSourceConnector', new Set())).toBe('DatagenSourceConnector_0')
  const taken = new Set(['DatagenSourceConnector_0', 'DatagenSourceConnector_2'])
  expect(freeName('DatagenSourceConnector', taken)).toBe('DatagenSourceConnector_1')
})

test('sample data is numbered from its second connector on', () => {
  expect(freeSampleName(new Set(['orders']))).toBe('sample_data')
  expect(freeSampleName(new Set(['sample_data']))).toBe('sample_data_1')
  expect(freeSampleName(new Set(['sample_data', 'sample_data_1']))).toBe('sample_data_2')
})

test('a plugin is found by its class alone', () => {
  expect(findPlugin('DatagenSource')?.displayName).toBe('Datagen Source')
  expect(findPlugin('Datagen Source')).toBeUndefined()
})
