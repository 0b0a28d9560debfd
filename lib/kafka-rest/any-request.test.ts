import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBroker } from '../../broker/index.ts'
import { restRoutes } from './app.ts'
import { ask, ownCluster, type RestUnderTest, startRest } from './rest-for-tests.ts'

const topics = [{ name: 'orders', partitions: 2 }]
let rest: RestUnderTest

beforeAll(async () => {
  const broker = await startBroker({ clusters: [{ ...ownCluster, topics }], log: () => {} })
  rest = await startRest(broker)
})
afterAll(() => rest.close())

/** What stands for a name in a path: what is there, what is not, and what no URL should hold. */
const name = fc.oneof(
  fc.constantFrom('orders', '-', '0', '1', 'retention.ms', 'configs:alter', '%2F', '%00', '%E0%A4'),
  fc.string({ unit: 'binary', minLength: 1 }).map((text) => encodeURIComponent(text)),
  fc.integer().map(String),
)

const route = fc.constantFrom(...restRoutes)
const method = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS')

/** Members that the endpoint knows, with values that it may not expect. */
const body = fc.oneof(
  fc.json(),
  fc.string({ unit: 'binary' }),
  fc
    .dictionary(
      fc.constantFrom(
        ...['topic_name', 'partitions_count', 'replication_factor', 'configs', 'validate_only'],
        ...['data', 'value', 'key', 'headers', 'timestamp', 'partition_id', 'entries', 'offsets'],
      ),
      fc.oneof(
        fc.jsonValue(),
        fc.constantFrom(
          [{}],
          [{ name: 'retention.ms', value: '1' }],
          [{ id: 'a' }],
          '2021-01-01T00:00:00Z',
        ),
        fc.record({
          type: fc.constantFrom('JSON', 'STRING', 'BINARY', '__proto__'),
          data: fc.jsonValue(),
        }),
      ),
    )
    .map((members) => JSON.stringify(members)),
)

test('whatever is asked, it is answered, or refused in the shape of errors', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        route,
        method: fc.option(method),
        names: fc.array(name, { minLength: 4 }),
        body,
      }),
      async (asked) => {
        let used = 0
        const path = asked.route.path.replace(
          /:\w+(?:\{([^}]*)\})?/g,
          (_all, literal: string | undefined) => literal ?? asked.names[used++] ?? 'orders',
        )
        const method = asked.method ?? asked.route.method
        const sent = method === 'GET' ? {} : { body: asked.body }
        const answer = await ask(rest, { method, path, ...sent })
        expect(answer.status).toBeLessThan(500)
        if (answer.status < 300) return
        const shape = { error_code: expect.any(Number), message: expect.any(String) }
        expect(answer.body).toEqual(shape)
      },
    ),
    { numRuns: 300 },
  )
}, 60_000)
