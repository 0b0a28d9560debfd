import { errorCode } from '../errors.ts'
import { ListTransactions } from '../protocol/messages/list-transactions.ts'
import { handler } from './handler.ts'

/**
 * ListTransactions (key 66), versions 0–2.
 *
 * Nothing is written in transactions here, so that none is ever found (KIP-664); states that Kafka
 * does not have are named, so that a tool says so rather than listing nothing.
 * Differs from Kafka: a pattern of ids is not read, since there is nothing that it could match.
 */
export const listTransactions = handler(ListTransactions, (_context, { stateFilters }) => ({
  errorCode: errorCode('NONE'),
  unknownStateFilters: stateFilters.filter((state) => !STATES.has(state)),
  transactionStates: [],
}))

/** As Kafka's transaction coordinator calls them. */
const STATES: ReadonlySet<string> = new Set([
  'Empty',
  'Ongoing',
  'PrepareCommit',
  'PrepareAbort',
  'CompleteCommit',
  'CompleteAbort',
  'Dead',
  'PrepareEpochFence',
])
