/** What a connector wrote to Kafka since this process started; `services/connect` counts it. */
export interface ConnectorCounters {
  readonly clusterId: string
  /** `lcc-…` */
  readonly id: string
  readonly name: string
  /** Bytes of record batches. */
  readonly bytesOut: number
  readonly recordsOut: number
}
