import type { ServicesDb } from '../database.ts'
import type { KeptLags } from './lag/lag-views.ts'
import type { CollectedMinute } from './minute-collector.ts'
import type { MinuteLedger } from './minute-ledger.ts'
import type { Samples } from './sampler.ts'
import type { SeriesRegistry } from './series-registry.ts'

/** Everything that views are made of: the last hour in memory, a week in the database. */
export interface KeptMetrics {
  samples(): Samples
  readonly registry: SeriesRegistry
  readonly ledger: MinuteLedger
  readonly lags: KeptLags
  readonly db: ServicesDb
  nowMs(): number
  /** The newest whole minute; null before the first is over. */
  newestMinute(): CollectedMinute | null
}
