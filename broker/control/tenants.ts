import { Hono } from 'hono'
import type { Tenant } from '../cluster/tenant.ts'
import { isControlRefusal } from '../cluster/tenants.ts'
import { type TenantView, tenantBody } from '../rules/control.ts'
import { readBody } from './body.ts'
import type { ControlSubject } from './control.ts'
import { answerRefusal, controlError } from './errors.ts'

export function tenantRoutes({ tenants }: ControlSubject): Hono {
  const routes = new Hono()
  routes.get('/', (context) => context.json({ tenants: tenants.list().map(viewOf) }))
  routes.put('/:tenantId', async (context) => {
    const body = await readBody(context, tenantBody)
    if ('problem' in body) {
      return controlError(context, 'INVALID', body.problem)
    }
    const tenant = await tenants.putTenant(context.req.param('tenantId'), body.value)
    return isControlRefusal(tenant) ? answerRefusal(context, tenant) : context.json(viewOf(tenant))
  })
  routes.delete('/:tenantId', async (context) => {
    await tenants.deleteTenant(context.req.param('tenantId'))
    return context.body(null, 204)
  })
  return routes
}

function viewOf(tenant: Tenant): TenantView {
  const { id, type, limitOverrides, createdMs } = tenant
  return { id, type, limits: { ...limitOverrides }, createdMs }
}
