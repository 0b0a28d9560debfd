import { type Context, Hono } from 'hono'
import {
  type ConnectFailure,
  connectorConfig,
  connectorToCreate,
  type ExpandedConnector,
} from '../../broker/rules/connect.ts'
import type { Connector } from './connector.ts'
import { type Outcome, type Refusal, refuse } from './outcome.ts'
import type { ConnectRuntime } from './runtime.ts'

const cluster = '/environments/:environmentId/clusters/:clusterId'

/** Connect v1 as `broker/rules/connect.ts` describes it; the caller checked ownership. */
export function connectRoutes(runtime: ConnectRuntime): Hono {
  const routes = new Hono()
  addLists(routes, runtime)
  addConnectors(routes, runtime)
  addActions(routes, runtime)
  addPlugins(routes, runtime)
  routes.onError((error, context) => {
    console.error(`${context.req.method} ${context.req.path} failed:`, error)
    return context.json({ error_code: 500, message: error.message } satisfies ConnectFailure, 500)
  })
  return routes
}

function addLists(routes: Hono, runtime: ConnectRuntime): void {
  routes.get('/clusters', (context) => context.json({ ids: runtime.clusterIds() }))
  routes.delete('/clusters/:clusterId', async (context) => {
    await runtime.deleteCluster(context.req.param('clusterId'))
    return context.body(null, 204)
  })
  routes.get(`${cluster}/connectors`, (context) => {
    const connectors = runtime.connectors(context.req.param('clusterId'))
    const expand = context.req.queries('expand')?.flatMap((list) => list.split(',')) ?? []
    if (expand.length === 0) return context.json(connectors.map(({ name }) => name))
    return context.json(
      Object.fromEntries(
        connectors.map((connector) => [connector.name, expanded(runtime, connector, expand)]),
      ),
    )
  })
  routes.post(`${cluster}/connectors`, async (context) => {
    const body = connectorToCreate.safeParse(await jsonOf(context))
    if (!body.success) return answerRefusal(context, notConnector)
    const { name, config } = body.data
    const created = await runtime.create(context.req.param('clusterId'), name, config)
    return answer(context, created, (connector) => context.json(runtime.infoOf(connector), 201))
  })
}

function expanded(
  runtime: ConnectRuntime,
  connector: Connector,
  expand: readonly string[],
): ExpandedConnector {
  return {
    ...(expand.includes('info') && { info: runtime.infoOf(connector) }),
    ...(expand.includes('status') && { status: connector.status() }),
    ...(expand.includes('id') && { id: { id: connector.id, id_type: 'ID' } }),
    extensions: {},
  }
}

const path = `${cluster}/connectors/:name`

/** A handler of a connector that exists. */
type ConnectorHandler = (context: Context, connector: Connector) => Response | Promise<Response>

function ofConnector(runtime: ConnectRuntime, handle: ConnectorHandler) {
  return (context: Context) =>
    answer(context, found(runtime, context), (connector) => handle(context, connector))
}

function addConnectors(routes: Hono, runtime: ConnectRuntime): void {
  const get = (below: string, view: (connector: Connector) => object) =>
    routes.get(
      path + below,
      ofConnector(runtime, (context, connector) => context.json(view(connector))),
    )
  get('', runtime.infoOf)
  get('/config', (connector) => runtime.infoOf(connector).config)
  get('/status', (connector) => connector.status())
  get('/logs', (connector) => ({ lines: connector.logLines() }))
  get('/tasks', (connector) => {
    const { tasks, config } = runtime.infoOf(connector)
    return tasks.map((id) => ({ id, config }))
  })
  routes.put(`${path}/config`, async (context) => {
    const body = connectorConfig.safeParse(await jsonOf(context))
    if (!body.success) return answerRefusal(context, notConfig)
    const connector = found(runtime, context)
    if (connector.ok) {
      const changed = await runtime.putConfig(connector.value, body.data)
      return answer(context, changed, (value) => context.json(runtime.infoOf(value)))
    }
    const { clusterId = '', name = '' } = context.req.param()
    const created = await runtime.create(clusterId, name, body.data)
    return answer(context, created, (value) => context.json(runtime.infoOf(value), 201))
  })
}

/** What happens to a connector, with the statuses that Connect answers. */
function addActions(routes: Hono, runtime: ConnectRuntime): void {
  const act = (
    [method, below, status]: readonly ['PUT' | 'POST', string, 202 | 204],
    run: (connector: Connector) => Promise<void>,
  ) =>
    routes.on(
      method,
      path + below,
      ofConnector(runtime, async (context, connector) => {
        await run(connector)
        return context.body(null, status)
      }),
    )
  act(['PUT', '/pause', 202], (connector) => connector.pause())
  act(['PUT', '/resume', 202], (connector) => connector.resume())
  act(['POST', '/restart', 204], (connector) => connector.restart())
  routes.post(
    `${path}/tasks/:task/restart`,
    ofConnector(runtime, async (context, connector) => {
      const task = context.req.param('task') ?? ''
      const isThere = /^\d{1,6}$/.test(task) && (await connector.restartTask(Number(task)))
      if (isThere) return context.body(null, 204)
      return answerRefusal(context, refuse(404, `Connector ${connector.name} has no task ${task}.`))
    }),
  )
  routes.delete(
    path,
    ofConnector(runtime, async (context, connector) => {
      await runtime.delete(connector)
      return context.json({ error: null })
    }),
  )
}

function addPlugins(routes: Hono, runtime: ConnectRuntime): void {
  const path = `${cluster}/connector-plugins`
  const pluginOf = (context: Context) => runtime.findPlugin(context.req.param('class') ?? '')
  routes.get(path, (context) =>
    context.json(
      runtime.plugins.map(({ pluginClass, type }) => ({
        class: pluginClass,
        type,
        version: '1.0.0',
      })),
    ),
  )
  routes.get(`${path}/:class/templates`, (context) =>
    answer(context, pluginOf(context), ({ templates = [] }) => context.json({ templates })),
  )
  routes.put(`${path}/:class/config/validate`, async (context) => {
    const body = connectorConfig.safeParse(await jsonOf(context))
    if (!body.success) return answerRefusal(context, notConfig)
    return answer(context, pluginOf(context), async (plugin) => {
      const checked = await runtime.validate(context.req.param('clusterId'), plugin, body.data)
      return answer(context, checked, (validation) => context.json(validation))
    })
  })
  routes.post(`${path}/:class/preview`, async (context) => {
    const body = connectorConfig.safeParse(await jsonOf(context))
    if (!body.success) return answerRefusal(context, notConfig)
    return answer(context, pluginOf(context), (plugin) =>
      answer(context, runtime.preview(plugin, body.data), (records) => context.json({ records })),
    )
  })
}

const notConnector = refuse(400, 'The body must be {"name": "…", "config": {…}} with texts in it.')
const notConfig = refuse(400, 'The body must be a JSON object whose values are texts.')

function found(runtime: ConnectRuntime, context: Context): Outcome<Connector> {
  const { clusterId = '', name = '' } = context.req.param()
  return runtime.find(clusterId, name)
}

/** Undefined where the body is no JSON. */
async function jsonOf(context: Context): Promise<unknown> {
  return context.req.json().catch(() => undefined)
}

function answer<T>(
  context: Context,
  outcome: Outcome<T>,
  handle: (value: T) => Response | Promise<Response>,
): Response | Promise<Response> {
  return outcome.ok ? handle(outcome.value) : answerRefusal(context, outcome)
}

function answerRefusal(context: Context, { status, message, errors }: Refusal): Response {
  const body: ConnectFailure = {
    error_code: status,
    message,
    ...(errors && { errors: [...errors] }),
  }
  return context.json(body, status)
}
