import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import type { ResetTarget } from './offset-reset.ts'
import { resetCommand } from './reset-command.ts'

const asked = {
  bootstrap: 'localhost:9092',
  groupId: 'riders',
  scope: { topic: null, partitions: null },
  target: { to: 'earliest' },
  run: 'dry-run',
} as const

const head =
  'kafka-consumer-groups --bootstrap-server localhost:9092 --command-config client.properties --group riders'

it('names all topics, one, or some of its partitions', () => {
  expect(resetCommand(asked)).toBe(`${head} --all-topics --reset-offsets --to-earliest --dry-run`)
  const scope = { topic: 'rides', partitions: [0, 2] }
  expect(resetCommand({ ...asked, scope, run: 'execute' })).toBe(
    `${head} --topic rides:0,2 --reset-offsets --to-earliest --execute`,
  )
})

it.each<[ResetTarget, string]>([
  [{ to: 'latest' }, '--to-latest'],
  [{ to: 'time', timeMs: 1_700_000_000_123 }, '--to-datetime 2023-11-14T22:13:20.123Z'],
  [{ to: 'offset', offset: 7 }, '--to-offset 7'],
  [{ to: 'shift', by: -3 }, '--shift-by -3'],
])('%j', (target, flags) => {
  expect(resetCommand({ ...asked, target })).toContain(` --reset-offsets ${flags} --dry-run`)
})

it.each(["it's", '$(touch x); `ls`', 'two words', '"quoted" \\ back', 'two\nlines', '*', '~', ''])(
  'a shell hands the group id on as it is: %j',
  (groupId) => {
    const command = resetCommand({ ...asked, groupId })
    // A shell prints each word that it was given, with a null byte behind it.
    const shell = command.replace('kafka-consumer-groups', "printf '%s\\0'")
    const words = execFileSync('sh', ['-c', shell], { encoding: 'utf8' }).split('\0')
    expect(words[words.indexOf('--group') + 1]).toBe(groupId)
    expect(words.slice(-4)).toEqual(['--reset-offsets', '--to-earliest', '--dry-run', ''])
  },
)
