import { Hono } from 'hono'
import type { Tenant } from '../cluster/tenant.ts'
import { isControlRefusal } from '../cluster/tenants.ts'
import { type OpenListenerView, openListenerBody } from '../rules/control.ts'
import { openListenerDefaults } from '../rules/open-listener.ts'
import { readBody } from './body.ts'
import type { ControlSubject } from './control.ts'
import { answerRefusal, controlError } from './errors.ts'

/** Whether and how programs on this machine reach a tenant without a key. */
export function openListenerRoutes({ tenants, openListeners }: ControlSubject): Hono {
  const viewOf = (tenant: Tenant): OpenListenerView => ({
    ...(tenant.openListener ?? openListenerDefaults),
    problem: openListeners.problemOf(tenant.id),
  })
  const routes = new Hono()
  routes.get('/:tenantId/open-listener', (context) => {
    const tenantId = context.req.param('tenantId')
    const tenant = tenants.get(tenantId)
    return tenant === undefined
      ? controlError(context, 'NOT_FOUND', `There is no cluster ${tenantId}.`)
      : context.json(viewOf(tenant))
  })
  routes.put('/:tenantId/open-listener', async (context) => {
    const body = await readBody(context, openListenerBody)
    if ('problem' in body) {
      return controlError(context, 'INVALID', body.problem)
    }
    const tenant = await openListeners.turnOn(context.req.param('tenantId'), body.value)
    return isControlRefusal(tenant) ? answerRefusal(context, tenant) : context.json(viewOf(tenant))
  })
  routes.delete('/:tenantId/open-listener', async (context) => {
    await openListeners.turnOff(context.req.param('tenantId'))
    return context.body(null, 204)
  })
  return routes
}
