import { afterAll, beforeAll, expect, it } from 'vitest'
import { maskedSecret } from '../../broker/rules/connect.ts'
import { type ConnectWorld, startConnectWorld } from './testing/connect-world.ts'
import { createCountingPlugin } from './testing/counting-plugin.ts'

let world: ConnectWorld
beforeAll(async () => {
  world = await startConnectWorld([createCountingPlugin().plugin])
})
afterAll(() => world.close())

/** A call as Confluent's own clients make it. */
async function call(method: string, path: string, body?: unknown) {
  const { clusterId } = world.place
  const response = await fetch(
    `${world.address.url}/connect/v1/environments/env-abc123/clusters/${clusterId}${path}`,
    {
      method,
      headers: {
        authorization: `Bearer ${world.address.token}`,
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    },
  )
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}

it('serves a connector’s life by Confluent’s paths', async () => {
  const config = world.configOf()
  const created = await call('POST', '/connectors', { name: 'my connector', config })
  expect(created).toMatchObject({
    status: 201,
    body: { name: 'my connector', type: 'source', tasks: [{ connector: 'my connector', task: 0 }] },
  })
  const path = '/connectors/my%20connector'
  await world.until(async () => (await world.state('my connector')) === 'RUNNING')
  expect((await call('GET', '/connectors')).body).toEqual(['my connector'])
  const { id } = (await call('GET', `${path}/status`)).body
  expect(id).toMatch(/^lcc-[0-9a-z]{6}$/)
  const expanded = (await call('GET', '/connectors?expand=info,status,id')).body
  expect(expanded['my connector']).toMatchObject({
    info: { name: 'my connector', type: 'source' },
    status: { connector: { state: 'RUNNING' }, type: 'source' },
    id: { id, id_type: 'ID' },
    extensions: {},
  })
  expect(Object.keys((await call('GET', '/connectors?expand=id')).body['my connector'])).toEqual([
    'id',
    'extensions',
  ])
  expect((await call('GET', `${path}/config`)).body).toMatchObject({
    ...config,
    name: 'my connector',
    'kafka.api.key': maskedSecret,
    'kafka.api.secret': maskedSecret,
  })
  expect((await call('GET', `${path}/tasks`)).body).toMatchObject([
    { id: { connector: 'my connector', task: 0 }, config: { 'kafka.topic': 'rides' } },
  ])
  expect(await call('PUT', `${path}/pause`)).toEqual({ status: 202, body: undefined })
  expect(await world.state('my connector')).toBe('PAUSED')
  expect(await call('PUT', `${path}/resume`)).toEqual({ status: 202, body: undefined })
  expect(await call('POST', `${path}/restart`)).toEqual({ status: 204, body: undefined })
  expect(await call('POST', `${path}/tasks/0/restart`)).toEqual({ status: 204, body: undefined })
  expect(await call('PUT', `${path}/config`, { ...config, step: '2' })).toMatchObject({
    status: 200,
    body: { config: { step: '2' } },
  })
  expect(await call('DELETE', path)).toEqual({ status: 200, body: { error: null } })
  const gone = { status: 404, body: { error_code: 404, message: 'resource not found' } }
  expect(await call('GET', path)).toEqual(gone)
  expect(await call('DELETE', path)).toEqual(gone)
})

it.each(['a/b', 'ä ß?#%&', '100%', 'connectors', '%2e%2e'])(
  'finds a connector called %j',
  async (name) => {
    const created = await world.connect.create(world.place, { name, config: world.configOf() })
    expect(created).toMatchObject({ ok: true, value: { name } })
    expect(await world.connect.status(world.place, name)).toMatchObject({
      ok: true,
      value: { name },
    })
    expect(await world.connect.delete(world.place, name)).toEqual({ ok: true, value: undefined })
    expect((await call('GET', '/connectors')).body).toEqual([])
  },
)

it('creates a connector where a config is put that was not there', async () => {
  const put = await call('PUT', '/connectors/put/config', world.configOf())
  expect(put).toMatchObject({ status: 201, body: { name: 'put' } })
  expect(await call('POST', '/connectors', { name: 'put', config: world.configOf() })).toEqual({
    status: 409,
    body: { error_code: 409, message: 'Connector put already exists: choose another name.' },
  })
  expect(
    (await call('PUT', '/connectors/put/config', world.configOf({ name: 'other' }))).status,
  ).toBe(400)
  await call('DELETE', '/connectors/put')
})

const wrong: readonly [string, Record<string, string>, Record<string, string>][] = [
  [
    'no name',
    { name: '' },
    { name: 'Missing required configuration "name" which has no default value.' },
  ],
  [
    'a name of 65 characters',
    { name: 'n'.repeat(65) },
    { name: 'The name must be at most 64 characters long.' },
  ],
  [
    'a name that is a step of a path',
    { name: '..' },
    { name: 'A connector cannot be called "..".' },
  ],
  [
    'another class',
    { 'connector.class': 'Other' },
    {
      'connector.class':
        'Invalid value Other for configuration connector.class: String must be one of: CountingSource',
    },
  ],
  [
    'a service account',
    { 'kafka.auth.mode': 'SERVICE_ACCOUNT' },
    {
      'kafka.auth.mode':
        'Service accounts do not exist here yet: use KAFKA_API_KEY with a key of this cluster.',
    },
  ],
  [
    'no key',
    { 'kafka.api.key': '', 'kafka.api.secret': '' },
    {
      'kafka.api.key': 'Enter the API key: KAFKA_API_KEY needs one.',
      'kafka.api.secret': 'Enter the secret of the API key: KAFKA_API_KEY needs one.',
    },
  ],
  [
    'stars where no secret is stored',
    { 'kafka.api.secret': maskedSecret },
    {
      'kafka.api.secret':
        'Enter the secret of the API key: the stars stand for one that is not stored.',
    },
  ],
  [
    'a wrong secret',
    { 'kafka.api.secret': 'another-secret' },
    {
      'kafka.api.secret':
        'The secret does not belong to the API key FIRSTKEY2345ABCD: enter the secret of this key, or choose another key.',
    },
  ],
  [
    'a key of another cluster',
    { 'kafka.api.key': 'NOBODYSKEY234ABC' },
    {
      'kafka.api.key':
        'The API key NOBODYSKEY234ABC does not exist in this cluster: choose another key and enter its secret.',
    },
  ],
  [
    'a topic that is not there',
    { 'kafka.topic': 'absent' },
    {
      'kafka.topic':
        'The topic "absent" does not exist in this cluster: create it or choose another one.',
    },
  ],
  [
    'two tasks on a Basic cluster',
    { 'tasks.max': '2' },
    { 'tasks.max': 'A connector on a Basic cluster runs one task: set tasks.max to 1.' },
  ],
  [
    'no task at all',
    { 'tasks.max': '0' },
    { 'tasks.max': 'Invalid value 0 for configuration tasks.max: Value must be at least 1' },
  ],
  [
    'transforms',
    { transforms: 'insert' },
    { transforms: 'Transforms cannot be applied here yet: leave this empty.' },
  ],
  [
    'a number too large for its type',
    { step: '2147483648' },
    { step: 'Invalid value 2147483648 for configuration step: Not a number of type INT' },
  ],
  ['what the plugin refuses', { step: '13' }, { step: 'Steps of 13 bring bad luck.' }],
  [
    'too long a text',
    { label: 'x'.repeat(11) },
    { label: 'Label has 11 characters: at most 10 are possible.' },
  ],
]

it.each(wrong)(
  'refuses %s beside its field, and creates nothing',
  async (_what, more, expected) => {
    const config = world.configOf({ name: 'checked', ...more })
    const { status, body } = await call(
      'PUT',
      '/connector-plugins/CountingSource/config/validate',
      config,
    )
    expect(status).toBe(200)
    const errors = body.configs.flatMap(
      ({ value }: { value: { name: string; errors: string[] } }) =>
        value.errors.map((message) => [value.name, message]),
    )
    expect(Object.fromEntries(errors)).toEqual(expected)
    expect(body.error_count).toBe(errors.length)
    const created = await call('POST', '/connectors', { name: config.name, config })
    expect(created.status).toBe(400)
    expect(created.body.error_code).toBe(400)
    for (const message of Object.values(expected)) {
      if (!('connector.class' in expected)) expect(created.body.message).toContain(message)
    }
    expect((await call('GET', '/connectors')).body).toEqual([])
  },
)

it('validates as Terraform’s provider reads it', async () => {
  const config = world.configOf({ name: 'checked' })
  const { body } = await call('PUT', '/connector-plugins/CountingSource/config/validate', config)
  expect(body).toMatchObject({ name: 'CountingSource', error_count: 0 })
  expect(body.groups).toEqual([
    'How should we connect to your data?',
    'Kafka Cluster credentials',
    'Counting',
    'Number of tasks for this connector',
    'Transforms',
    'Predicates',
  ])
  const mode = body.configs.find(
    ({ definition }: { definition: { name: string } }) => definition.name === 'kafka.auth.mode',
  )
  expect(mode).toEqual({
    definition: {
      name: 'kafka.auth.mode',
      type: 'STRING',
      required: false,
      default_value: 'KAFKA_API_KEY',
      importance: 'HIGH',
      documentation: 'How the connector signs in to Kafka.',
      group: 'Kafka Cluster credentials',
      width: 'NONE',
      display_name: 'Kafka Cluster Authentication mode',
      dependents: [],
      order: 1,
      alias: '',
    },
    value: {
      name: 'kafka.auth.mode',
      value: 'KAFKA_API_KEY',
      recommended_values: ['KAFKA_API_KEY', 'SERVICE_ACCOUNT'],
      errors: [],
      visible: true,
    },
    metadata: {},
  })
  expect(JSON.stringify(body)).not.toContain(world.broker.first.secret)
})

it('answers what it does not know, and bodies that are none', async () => {
  expect((await call('GET', '/connectors/absent/status')).status).toBe(404)
  expect((await call('PUT', '/connector-plugins/Absent/config/validate', {})).body).toEqual({
    error_code: 404,
    message: 'There is no connector plugin "Absent"; there is CountingSource.',
  })
  expect((await call('POST', '/connectors', { name: 'x' })).body).toMatchObject({ error_code: 400 })
  expect((await call('PUT', '/connectors/x/config', { number: 1 })).body).toMatchObject({
    error_code: 400,
  })
  const elsewhere = { environmentId: 'env-abc123', clusterId: 'lkc-absent' }
  expect(
    await world.connect.create(elsewhere, { name: 'x', config: world.configOf() }),
  ).toMatchObject({ ok: false, code: 'NOT_FOUND', message: 'There is no cluster lkc-absent.' })
  expect((await call('GET', '/connector-plugins')).body).toEqual([
    { class: 'CountingSource', type: 'source', version: '1.0.0' },
  ])
})
