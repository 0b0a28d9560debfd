import { expect, type Page, test } from '@playwright/test'
import { paths } from '../../lib/paths.ts'
import { pageRows } from '../console/isolation/pages.ts'
import type { Tenant } from '../console/isolation/tenant.ts'
import { callAction, successOf } from '../support/call-action.ts'
import { type SeededConsole, seedConsole, signedInContext } from '../support/seeded-console.ts'
import { type Programs, startPrograms } from './programs.ts'

// Every route in both themes and two widths, into the ignored folder screenshots/. Programs produce
// and consume meanwhile, so that live figures have something to show.

const folder = 'screenshots'
const widths = [1440, 800] as const
const themes = ['light', 'dark'] as const
/** So long records flow before the first picture: a few samples of five seconds. */
const flowMs = 20_000

const datagen = { plugin: 'DatagenSource' }

let seeded: SeededConsole
let programs: Programs | undefined

test.beforeAll(async () => {
  test.setTimeout(flowMs + 60_000)
  seeded = await withConnector(await seedConsole(process.env.TRIBUTARY_CONSOLE_URL ?? ''))
  programs = await startPrograms(seeded.key)
  await new Promise((resolve) => setTimeout(resolve, flowMs))
})
test.afterAll(() => programs?.stop())

/** What a person does on a page before it is worth a picture. */
const opened: Readonly<
  Record<string, { path: (own: Tenant) => string; open(page: Page): Promise<void> }>
> = {
  palette: {
    path: (own) => paths.topics(own),
    async open(page) {
      await page.getByRole('button', { name: 'Search or jump to' }).first().click()
      await expect(
        page.getByRole('option', { name: /kafka_tutorial_cluster/ }).first(),
      ).toBeVisible()
    },
  },
  shortcuts: {
    path: (own) => paths.topics(own),
    async open(page) {
      await page.getByRole('button', { name: 'Keyboard shortcuts' }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
    },
  },
  'switch-cluster': {
    path: (own) => paths.topics(own),
    async open(page) {
      await page.getByRole('button', { name: 'Switch cluster' }).click()
      await expect(page.getByRole('menuitem', { name: 'Add cluster' })).toBeVisible()
    },
  },
  'delete-account': {
    path: paths.home,
    async open(page) {
      await page.getByRole('button', { name: /^Account of/ }).click()
      await page.getByRole('menuitem', { name: 'Delete account…' }).click()
      await expect(page.getByRole('alertdialog')).toBeVisible()
    },
  },
  'message-details': {
    path: (own) => paths.topicMessages(own),
    async open(page) {
      await page
        .getByRole('button', { name: /^Show message at/ })
        .first()
        .click()
      await expect(page.getByRole('complementary', { name: 'Message details' })).toBeVisible()
    },
  },
  produce: {
    path: (own) => paths.topicMessages(own, { produce: '1' }),
    open: async () => {},
  },
  'launch-sample-data': {
    path: (own) => paths.connectorPlugins(own, datagen),
    async open(page) {
      await expect(page.getByRole('alertdialog')).toBeVisible()
    },
  },
  'connector-credentials': {
    path: (own) => paths.createConnector(own, { ...datagen, topic: own.topic }),
    open: goOn,
  },
  'connector-configuration': {
    path: (own) => paths.createConnector(own, { ...datagen, topic: own.topic }),
    async open(page) {
      const { 'kafka.api.key': key = '', 'kafka.api.secret': secret = '' } =
        seeded.own.connectorConfig
      await goOn(page)
      await page.getByRole('radio', { name: /Use an existing API key/ }).click()
      await page.getByLabel('API key').fill(key)
      await page.getByLabel('API secret').fill(secret)
      await goOn(page)
      await page.getByRole('button', { name: 'Show advanced configurations' }).click()
      await expect(page.getByRole('region', { name: 'Sample record, value' })).toBeVisible()
    },
  },
  'connector-json': {
    path: (own) => paths.connectorSettings(own, { show: 'json' }),
    open: async () => {},
  },
  'no-connectors': {
    path: (own) => paths.connectors({ ...own, clusterId: own.spare.clusterId }),
    open: async () => {},
  },
  'consumer-lag-idle': {
    path: (own) => paths.consumerLag(own, { group: 'rides-consumer-group' }),
    async open(page) {
      await expect(page.getByText(/one has nothing to read/)).toBeVisible()
    },
  },
  'consumer-lag-behind': {
    path: (own) => paths.consumerLag(own, { group: 'rides-dashboard', sort: 'behind' }),
    open: async () => {},
  },
  'reset-offsets-while-active': {
    path: (own) =>
      paths.resetOffsets(own, { group: 'rides-dashboard', to: 'offset', value: '900' }),
    open: async () => {},
  },
  'delete-group-offsets': {
    path: (own) => paths.consumerLag(own, { group: 'rides-dashboard' }),
    async open(page) {
      await page.getByRole('button', { name: 'More of rides-dashboard' }).click()
      await page.getByRole('menuitem', { name: 'Delete offsets…' }).click()
      await expect(page.getByRole('alertdialog')).toBeVisible()
    },
  },
  'program-with-a-made-key': {
    path: (own) => paths.buildClient(own, { language: 'java' }),
    async open(page) {
      await page.getByRole('radio', { name: 'Create Kafka cluster API key' }).click()
      await page.getByRole('button', { name: 'Create key' }).click()
      await expect(page.getByText('This is the only time you')).toBeVisible()
      // The next picture leaves the page, and the secret with it.
      page.once('dialog', (dialog) => void dialog.accept())
    },
  },
  'metrics-for-prometheus': {
    path: (own) =>
      paths.metrics({ cluster: own.clusterId, by: 'client', minutes: 5, show: 'prometheus' }),
    open: async () => {},
  },
  'no-producers': {
    path: (own) => paths.producers({ ...own, clusterId: own.spare.clusterId }),
    open: async () => {},
  },
  'no-consumer-groups': {
    path: (own) => paths.consumerLag({ ...own, clusterId: own.spare.clusterId }),
    open: async () => {},
  },
  'no-topics': {
    path: (own) => paths.topics({ ...own, clusterId: own.spare.clusterId }),
    open: async () => {},
  },
  'no-messages': {
    path: (own) => paths.topicMessages({ ...own, topic: own.quietTopic }),
    open: async () => {},
  },
}

const pictures = [
  ...Object.entries(pageRows)
    .filter(([, row]) => 'shows' in row.answer)
    .map(([pattern, row]) => ({
      name:
        pattern
          .replace('/environments/[envId]/clusters/[clusterId]', 'cluster')
          .replaceAll(/[^a-z-]+/gi, '-')
          .replace(/^-|-$/g, '') || 'root',
      path: row.path,
      isForGuests: row.whose === 'everyone',
      open: async (_page: Page) => {},
    })),
  ...Object.entries(opened).map(([name, one]) => ({
    name: `open-${name}`,
    isForGuests: false,
    ...one,
  })),
]

for (const picture of pictures) {
  test(picture.name, async ({ browser }) => {
    const context = picture.isForGuests
      ? await browser.newContext({ baseURL: seeded.consoleUrl })
      : await signedInContext(browser, seeded)
    const page = await context.newPage()
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 })
      for (const colorScheme of themes) {
        await page.emulateMedia({ colorScheme })
        await page.goto(picture.path(seeded.own))
        await expect(page.getByRole('heading', { level: 1, includeHidden: true })).toBeVisible()
        await picture.open(page)
        await drawn(page)
        await page.screenshot({ path: `${folder}/${picture.name}-${width}-${colorScheme}.png` })
      }
    }
    await context.close()
  })
}

/** The tenant's own connector writes nothing for days; the one of the pictures does. */
async function withConnector(seeded: SeededConsole): Promise<SeededConsole> {
  const { own, consoleUrl } = seeded
  const name = 'PageviewsConnector'
  const { envId, clusterId, cookie, connectorConfig } = own
  const argument = {
    envId,
    clusterId,
    name,
    config: {
      ...connectorConfig,
      'kafka.topic': 'pageviews',
      quickstart: 'PAGEVIEWS',
      'max.interval': '200',
    },
  }
  const page = paths.createConnector(own, datagen)
  successOf(await callAction(consoleUrl, { action: 'createConnector', page, argument, cookie }))
  return { ...seeded, own: { ...own, connector: name } }
}

async function goOn(page: Page): Promise<void> {
  const before = await page.locator('[aria-current="step"]').textContent()
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
  await expect(page.locator('[aria-current="step"]')).not.toHaveText(before ?? '')
}

/** Fonts and charts are there, and whatever slides or fades has arrived. */
async function drawn(page: Page): Promise<void> {
  await page.waitForLoadState('load')
  await page.evaluate(async () => {
    await document.fonts.ready
    for (const animation of document.getAnimations()) {
      if (animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY) {
        animation.finish()
      }
    }
  })
  await page.waitForTimeout(700)
}
