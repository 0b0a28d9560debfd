import { Hono } from 'hono'
import { isControlRefusal } from '../cluster/tenants.ts'
import { type KeyView, keyBody } from '../rules/control.ts'
import type { ApiKeyRecord } from '../storage/storage.ts'
import { readBody } from './body.ts'
import type { ControlSubject } from './control.ts'
import { answerRefusal, controlError } from './errors.ts'

/** API keys of one tenant. Neither a secret nor its hash ever leaves. */
export function keyRoutes({ tenants }: ControlSubject): Hono {
  const routes = new Hono()
  routes.get('/:tenantId/keys', (context) => {
    const tenantId = context.req.param('tenantId')
    if (tenants.get(tenantId) === undefined) {
      return controlError(context, 'NOT_FOUND', `There is no cluster ${tenantId}.`)
    }
    return context.json({ keys: tenants.apiKeysOf(tenantId).map(viewOf) })
  })
  routes.put('/:tenantId/keys/:key', async (context) => {
    const body = await readBody(context, keyBody)
    if ('problem' in body) {
      return controlError(context, 'INVALID', body.problem)
    }
    const { tenantId, key } = context.req.param()
    const record = await tenants.putApiKey(tenantId, key, body.value.secret)
    return isControlRefusal(record) ? answerRefusal(context, record) : context.json(viewOf(record))
  })
  routes.delete('/:tenantId/keys/:key', async (context) => {
    const { tenantId, key } = context.req.param()
    await tenants.deleteApiKey(tenantId, key)
    return context.body(null, 204)
  })
  return routes
}

function viewOf({ key, tenantId, createdMs }: ApiKeyRecord): KeyView {
  return { key, tenantId, createdMs }
}
