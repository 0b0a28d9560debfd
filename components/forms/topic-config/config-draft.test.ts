import { expect, test } from 'vitest'
import { topicConfigRule } from '../../../broker/rules/topic-configs.ts'
import { changesOf, configText, draftProblem, ruleOf } from './config-draft.ts'
import { configGroups, configsWithoutField } from './config-groups.ts'

test('every config that may be set has a field', () => {
  expect(configsWithoutField()).toEqual([])
})

test('every value that is offered is one that the rules take', () => {
  for (const { name, offered = [] } of configGroups.flatMap(({ fields }) => fields)) {
    for (const value of offered) expect(draftProblem({ [name]: value }, name)).toBeNull()
  }
})

test('a value that the rules refuse gets their sentence', () => {
  expect(draftProblem({ 'segment.bytes': '1' }, 'segment.bytes')).toBe(
    "Config property 'segment.bytes' with value '1' exceeded min limit of 52428800.",
  )
  expect(draftProblem({ 'retention.ms': 'soon' }, 'retention.ms')).toBe(
    'Invalid value soon for configuration retention.ms: Not a number of type LONG',
  )
  expect(draftProblem({ 'retention.ms': '' }, 'retention.ms')).toBe('Enter a value.')
  expect(draftProblem({}, 'retention.ms')).toBeNull()
})

test('changes are told in words, from what held to what will', () => {
  const before = { 'retention.ms': '86400000', 'min.insync.replicas': '1' }
  const after = { 'retention.ms': '-1', 'max.message.bytes': '8388608' }
  const defaults = Object.fromEntries(
    ['max.message.bytes', 'min.insync.replicas'].map((name) => [
      name,
      topicConfigRule(name)?.default ?? '',
    ]),
  )
  expect(changesOf(before, after, defaults)).toEqual([
    { name: 'max.message.bytes', before: '2,097,164 bytes', after: '8 MB' },
    { name: 'min.insync.replicas', before: '1', after: '2' },
    { name: 'retention.ms', before: '1 day', after: 'Infinite' },
  ])
  expect(configText(ruleOf('cleanup.policy'), 'delete')).toBe('Delete')
})
