import type { ResetTarget } from './offset-reset.ts'
import type { ResetScope } from './reset-query.ts'

export interface ResetCommand {
  readonly bootstrap: string
  readonly groupId: string
  readonly scope: ResetScope
  readonly target: ResetTarget
  readonly run: 'dry-run' | 'execute'
}

/**
 * The command of Kafka's tools that does the same, with the flags of Kafka 4, for a POSIX shell. The
 * tool commits what it finds when it runs, so `latest` may then be further on.
 */
export function resetCommand({ bootstrap, groupId, scope, target, run }: ResetCommand): string {
  const parts = [
    'kafka-consumer-groups',
    ...['--bootstrap-server', shellWord(bootstrap)],
    // What *New client* makes for Kafka's tools.
    ...['--command-config', 'client.properties'],
    ...['--group', shellWord(groupId)],
    ...scopeFlags(scope),
    '--reset-offsets',
    ...targetFlags(target),
    `--${run}`,
  ]
  return parts.join(' ')
}

function scopeFlags(scope: ResetScope): readonly string[] {
  if (scope.topic === null) return ['--all-topics']
  const partitions = scope.partitions === null ? '' : `:${scope.partitions.join(',')}`
  return ['--topic', shellWord(`${scope.topic}${partitions}`)]
}

function targetFlags(target: ResetTarget): readonly string[] {
  switch (target.to) {
    case 'earliest':
    case 'latest':
      return [`--to-${target.to}`]
    case 'time':
      // `YYYY-MM-DDThh:mm:ss.sss`; the tool takes a time without a zone as UTC, and Z says so.
      return ['--to-datetime', new Date(target.timeMs).toISOString()]
    case 'offset':
      return ['--to-offset', String(target.offset)]
    case 'shift':
      return ['--shift-by', String(target.by)]
  }
}

/** Single quotes keep everything but themselves from the shell. */
export function shellWord(text: string): string {
  return /^[\w.:,/@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
