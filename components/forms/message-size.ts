import { clusterLimits } from '../../broker/rules/limits.ts'
import { formatCount } from '../../lib/format/numbers.ts'

/** No type of cluster lets a topic take more. */
const messageBytesMax = Math.max(
  clusterLimits.messageBytes.BASIC,
  clusterLimits.messageBytes.STANDARD,
)

/** Why this text is too long to be sent at all; undefined where a topic may take it. */
export function tooLongForMessage(text: string): string | undefined {
  // A character is at most three bytes: short texts need not be counted.
  if (text.length * 3 <= messageBytesMax) return undefined
  const { size } = new Blob([text])
  return size <= messageBytesMax
    ? undefined
    : `These are ${formatCount(size)} bytes. No cluster takes a message of more than ${formatCount(messageBytesMax)}.`
}
