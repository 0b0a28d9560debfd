import { expect, type Locator, type Page } from '@playwright/test'
import { type ConnectorAt, paths } from '../../lib/paths.ts'
import type { KeyFile } from './key-file.ts'
import type { Organisation, OwnCluster } from './organisation.ts'

export interface LaunchedConnector extends ConnectorAt {
  readonly key: KeyFile
}

/** A Datagen connector with a key of its own that writes orders to an existing topic, made over HTTP. */
export async function launchConnector(
  organisation: Organisation,
  cluster: OwnCluster,
  {
    name,
    topic,
    config = {},
  }: {
    readonly name: string
    readonly topic: string
    /** What differs from orders at about twenty a second. */
    readonly config?: Readonly<Record<string, string>>
  },
): Promise<LaunchedConnector> {
  const { envId, clusterId } = cluster
  const key = await cluster.createKey(`connector ${name}`)
  await organisation.act(
    'createConnector',
    paths.createConnector(cluster, { plugin: 'DatagenSource' }),
    {
      envId,
      clusterId,
      name,
      config: {
        'connector.class': 'DatagenSource',
        'kafka.auth.mode': 'KAFKA_API_KEY',
        'kafka.api.key': key.key,
        'kafka.api.secret': key.secret,
        'kafka.topic': topic,
        'output.data.format': 'JSON',
        quickstart: 'ORDERS',
        'max.interval': '100',
        'tasks.max': '1',
        ...config,
      },
    },
  )
  return { envId, clusterId, connector: name, key }
}

/** The state that a connector's overview shows. */
export function stateOf(page: Page): Locator {
  return page.getByRole('region', { name: 'State' })
}

/** The choice between the form and JSON of a configuration. */
export function view(page: Page, name: 'Form' | 'JSON'): Locator {
  return page.getByRole('radiogroup', { name: 'View' }).getByRole('radio', { name, exact: true })
}

/** A choice of what records are written as. */
export function outputFormat(page: Page, name: string): Locator {
  return page
    .getByRole('radiogroup', { name: 'Select output record value format' })
    .getByRole('radio', { name, exact: true })
}

/** The line of the list of connectors that shows this one. */
export function connectorRow(page: Page, name: string): Locator {
  return page
    .getByRole('table', { name: 'Connectors' })
    .getByRole('row')
    .filter({ has: page.getByRole('link', { name, exact: true }) })
}

/** A figure of a connector's overview, e.g. `Messages processed`, as its text. */
export function figure(page: Page, label: string): Locator {
  return page
    .getByRole('main')
    .locator('dl[aria-label="Figures"] > div')
    .filter({ has: page.getByText(label, { exact: true }) })
    .getByRole('definition')
    .first()
}

/** Waits until a figure is a number larger than this one, and gives it. */
export async function figureAbove(page: Page, label: string, least: number): Promise<number> {
  await expect.poll(() => numberIn(figure(page, label))).toBeGreaterThan(least)
  return numberIn(figure(page, label))
}

async function numberIn(place: Locator): Promise<number> {
  const text = await place.textContent()
  return Number(/[\d,.]+/.exec(text ?? '')?.[0].replaceAll(',', '') ?? Number.NaN)
}
