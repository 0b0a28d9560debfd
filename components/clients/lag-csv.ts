import { type ConsumerGroup, messagesBehind } from '../../lib/format/consumer-groups.ts'

const head = [
  'consumer_group_id',
  'consumer_id',
  'client_id',
  'topic',
  'partition',
  'messages_behind',
  'current_offset',
  'end_offset',
]

/** A group's partitions as CSV (RFC 4180); an empty field is what is not known. */
export function lagCsv({ groupId, members, partitions }: ConsumerGroup): string {
  const clientIds = new Map(members.map(({ memberId, clientId }) => [memberId, clientId]))
  const rows = partitions.map((partition) => [
    groupId,
    partition.memberId,
    partition.memberId === null ? null : (clientIds.get(partition.memberId) ?? null),
    partition.topic,
    partition.partition,
    messagesBehind(partition),
    partition.committed,
    partition.end,
  ])
  return csvText([head, ...rows])
}

/** Quotes where a field needs them; null is an empty field. */
export function csvText(rows: readonly (readonly (string | number | null)[])[]): string {
  const field = (value: string | number | null) => {
    const text = String(value ?? '')
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return rows.map((row) => `${row.map(field).join(',')}\r\n`).join('')
}
