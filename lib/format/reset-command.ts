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
    ...connection(bootstrap),
    ...['--group', shellWord(groupId)],
    ...scopeFlags(scope),
    '--reset-offsets',
    ...targetFlags(target),
    `--${run}`,
  ]
  return parts.join(' ')
}

/** The command that deletes a group with its offsets. */
export function deleteGroupCommand(bootstrap: string, groupId: string): string {
  return [...connection(bootstrap), '--group', shellWord(groupId), '--delete'].join(' ')
}

/** The command that deletes what a group has committed for a topic. */
export function deleteOffsetsCommand(bootstrap: string, groupId: string, topic: string): string {
  const flags = ['--group', shellWord(groupId), '--topic', shellWord(topic), '--delete-offsets']
  return [...connection(bootstrap), ...flags].join(' ')
}

/** The file is what *New client* makes for the Kafka CLI. */
function connection(bootstrap: string): readonly string[] {
  return [
    'kafka-consumer-groups',
    ...['--bootstrap-server', shellWord(bootstrap)],
    ...['--command-config', 'client.properties'],
  ]
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
