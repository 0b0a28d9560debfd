import { asKafkaFailure, unreachable } from './failure.ts'

/**
 * The library tries every node in turn, each with a timeout of its own; a page waits this long for
 * all of that together.
 */
const libraryMsMax = 8000

/**
 * Waits for one of the library's calls: what it throws, or that it takes too long, becomes a
 * `KafkaFailure`. What comes of it after that is ignored.
 */
export async function fromLibrary<Value>(work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(unreachable()), libraryMsMax)
  })
  try {
    return await Promise.race([work, late])
  } catch (error) {
    throw asKafkaFailure(error) ?? error
  } finally {
    clearTimeout(timer)
  }
}
