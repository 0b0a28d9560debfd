import { z } from 'zod'
import {
  type ConnectionAttemptsView,
  connectionAttemptsView,
} from '../../broker/rules/connection-attempts.ts'
import {
  type ConnectionView,
  type CountersView,
  connectionView,
  countersView,
  type KeyBody,
  type KeyView,
  keyView,
  type OpenListenerBody,
  type OpenListenerView,
  openListenerView,
  type StatusView,
  statusView,
  type TenantBody,
  type TenantView,
  tenantView,
} from '../../broker/rules/control.ts'
import type { ControlAddress } from '../env.ts'
import { type ControlAnswer, callControl } from './call.ts'

/** The broker's control interface (`broker/rules/control.ts` says what each call does). */
export interface BrokerControl {
  status(): Promise<ControlAnswer<StatusView>>
  tenants(): Promise<ControlAnswer<readonly TenantView[]>>
  putTenant(tenantId: string, body: TenantBody): Promise<ControlAnswer<TenantView>>
  deleteTenant(tenantId: string): Promise<ControlAnswer<void>>
  keys(tenantId: string): Promise<ControlAnswer<readonly KeyView[]>>
  putKey(tenantId: string, key: string, body: KeyBody): Promise<ControlAnswer<KeyView>>
  deleteKey(tenantId: string, key: string): Promise<ControlAnswer<void>>
  openListener(tenantId: string): Promise<ControlAnswer<OpenListenerView>>
  /** Turns it on, or changes it. */
  putOpenListener(
    tenantId: string,
    body: OpenListenerBody,
  ): Promise<ControlAnswer<OpenListenerView>>
  /** Turns it off. */
  deleteOpenListener(tenantId: string): Promise<ControlAnswer<void>>
  /**
   * Connections that named a key of the tenant, or this one of its keys; and for the address that the
   * viewer comes from, those of strangers on the same machine.
   */
  connectionAttempts(
    tenantId: string,
    asked: { readonly key?: string; readonly viewer: string },
  ): Promise<ControlAnswer<ConnectionAttemptsView>>
  counters(): Promise<ControlAnswer<CountersView>>
  connections(): Promise<ControlAnswer<readonly ConnectionView[]>>
}

const tenantList = z.object({ tenants: z.array(tenantView) }).transform(({ tenants }) => tenants)
const keyList = z.object({ keys: z.array(keyView) }).transform(({ keys }) => keys)
const connectionList = z
  .object({ connections: z.array(connectionView) })
  .transform(({ connections }) => connections)

export function createBrokerControl(address: ControlAddress): BrokerControl {
  const tenantPath = (tenantId: string) => `/v1/tenants/${encodeURIComponent(tenantId)}`
  const keyPath = (tenantId: string, key: string) =>
    `${tenantPath(tenantId)}/keys/${encodeURIComponent(key)}`
  const openListenerPath = (tenantId: string) => `${tenantPath(tenantId)}/open-listener`
  return {
    status: () => callControl(address, 'GET', '/v1/status', statusView),
    tenants: () => callControl(address, 'GET', '/v1/tenants', tenantList),
    putTenant: (tenantId, body) =>
      callControl(address, 'PUT', tenantPath(tenantId), tenantView, body),
    deleteTenant: (tenantId) => callControl(address, 'DELETE', tenantPath(tenantId), z.void()),
    keys: (tenantId) => callControl(address, 'GET', `${tenantPath(tenantId)}/keys`, keyList),
    putKey: (tenantId, key, body) =>
      callControl(address, 'PUT', keyPath(tenantId, key), keyView, body),
    deleteKey: (tenantId, key) => callControl(address, 'DELETE', keyPath(tenantId, key), z.void()),
    openListener: (tenantId) =>
      callControl(address, 'GET', openListenerPath(tenantId), openListenerView),
    putOpenListener: (tenantId, body) =>
      callControl(address, 'PUT', openListenerPath(tenantId), openListenerView, body),
    deleteOpenListener: (tenantId) =>
      callControl(address, 'DELETE', openListenerPath(tenantId), z.void()),
    connectionAttempts: (tenantId, asked) =>
      callControl(
        address,
        'GET',
        `${tenantPath(tenantId)}/connection-attempts?${new URLSearchParams(asked)}`,
        connectionAttemptsView,
      ),
    counters: () => callControl(address, 'GET', '/v1/counters', countersView),
    connections: () => callControl(address, 'GET', '/v1/connections', connectionList),
  }
}
