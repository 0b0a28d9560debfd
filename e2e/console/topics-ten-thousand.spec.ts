import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { signIn } from '../support/console-pages.ts'
import { test } from '../support/flow-test.ts'
import { kafkajsWithKey } from '../support/kafkajs-with-key.ts'
import { type Product, startProduct } from '../support/product.ts'

const topicCount = 10_000
const person = { name: 'Maya Keller', email: 'maya@example.com', password: 'a wide river' }
const apiKey = { key: 'TENTHOUSANDTOPIC', secret: 'as many as the stars of the city' }
const preset = {
  users: [person],
  environments: [
    {
      name: 'default',
      clusters: [
        {
          name: 'wide',
          provider: 'gcp',
          region: 'europe-west2',
          limits: { partitions: 100_000 },
          apiKeys: [apiKey],
        },
      ],
    },
  ],
}

let product: Product
let folder: string

test.beforeAll(async () => {
  test.setTimeout(180_000)
  folder = mkdtempSync(join(tmpdir(), 'ten-thousand-'))
  const file = join(folder, 'preset.json')
  writeFileSync(file, JSON.stringify(preset))
  product = await startProduct({ env: { TRIBUTARY_PRESET: file } })
  const admin = kafkajsWithKey({
    ...apiKey,
    clusterId: '',
    bootstrapServer: `localhost:${product.kafkaPorts[0]}`,
  }).admin()
  await admin.connect()
  for (let first = 0; first < topicCount; first += 1000) {
    const topics = Array.from({ length: 1000 }, (_, index) => ({
      topic: nameOf(first + index),
      numPartitions: 1,
    }))
    await admin.createTopics({ topics, waitForLeaders: false, timeout: 30_000 })
  }
  await admin.disconnect()
})

test.afterAll(async () => {
  await product.stop()
  rmSync(folder, { recursive: true, force: true })
})

function nameOf(index: number): string {
  return `topic-${String(index).padStart(5, '0')}`
}

/** What a person waits for; printed, since how fast this machine is belongs in no assertion. */
function say(what: string, sinceMs: number): void {
  console.log(`  10,000 topics: ${what} ${Math.round(performance.now() - sinceMs)} ms`)
}

const rows = (page: Page) => page.getByRole('table', { name: 'Topics' }).getByRole('row')

test('ten thousand topics can be scrolled, searched and put in order', async ({ page }) => {
  test.slow()
  await page.goto(`${product.consoleUrl}/sign-in`)
  await signIn(page, person)
  await page.getByRole('link', { name: 'wide' }).first().click()
  await expect(page.getByRole('heading', { name: 'Cluster Overview' })).toBeVisible()

  await test.step('the first of them, with few rows rendered', async () => {
    const startedMs = performance.now()
    await page.getByRole('link', { name: 'Topics', exact: true }).first().click()
    await expect(page.getByRole('link', { name: nameOf(0) })).toBeVisible()
    say('first rows after', startedMs)
    await expect(page.getByText('10,000 topics')).toBeVisible()
    await expect(page.getByRole('table', { name: 'Topics' })).toHaveAttribute(
      'aria-rowcount',
      String(topicCount + 1),
    )
    expect(await rows(page).count()).toBeLessThan(80)
  })

  await test.step('the last of them, at the end of the page', async () => {
    const startedMs = performance.now()
    await page.getByRole('main').evaluate((main) => main.scrollTo({ top: main.scrollHeight }))
    await expect(page.getByRole('link', { name: nameOf(topicCount - 1) })).toBeVisible()
    say('at the end after', startedMs)
    const last = rows(page).last()
    await expect(last).toHaveAttribute('aria-rowindex', String(topicCount + 1))
    expect(await rows(page).count()).toBeLessThan(80)
    // Their courses are asked for where they are in sight: production and consumption.
    for (const column of [2, 3]) {
      await expect(last.getByRole('cell').nth(column).locator('svg')).toHaveCount(1)
    }
    await page.getByRole('main').evaluate((main) => main.scrollTo({ top: main.scrollHeight / 2 }))
    await expect(page.getByRole('link', { name: nameOf(topicCount / 2) })).toBeVisible()
  })

  await test.step('rows everywhere on the way', async () => {
    const blank = await page.getByRole('main').evaluate(countBlankFrames)
    console.log(`  10,000 topics: ${blank.empty} of ${blank.frames} frames without rows`)
    expect(blank.frames).toBeGreaterThan(20)
  })

  await test.step('one of them by part of its name', async () => {
    await page.getByRole('main').evaluate((main) => main.scrollTo({ top: 0 }))
    const startedMs = performance.now()
    await page.getByRole('searchbox', { name: 'Search topics' }).fill('09876')
    await expect(page.getByText('1 of 10,000 topics')).toBeVisible()
    say('found after', startedMs)
    await expect(page.getByRole('link', { name: nameOf(9876) })).toBeVisible()
    await page.getByRole('searchbox', { name: 'Search topics' }).fill('')
  })

  await test.step('in the other order', async () => {
    const startedMs = performance.now()
    await page.getByRole('button', { name: 'Topic name' }).click()
    await expect(rows(page).nth(1)).toContainText(nameOf(topicCount - 1))
    say('in order after', startedMs)
    await page.getByRole('link', { name: nameOf(topicCount - 1) }).click()
    await expect(page.getByRole('heading', { name: nameOf(topicCount - 1) })).toBeVisible()
  })
})

/** Scrolls through the page for 60 frames and counts those that showed no row of the table. */
async function countBlankFrames(main: Element): Promise<{ frames: number; empty: number }> {
  let empty = 0
  const frames = 60
  for (let frame = 0; frame < frames; frame++) {
    main.scrollTop += 120
    await new Promise((resolve) => requestAnimationFrame(resolve))
    const middle = document.elementFromPoint(innerWidth / 2, innerHeight / 2)
    if (middle?.closest('tr')?.querySelector('a') === null) empty += 1
  }
  return { frames, empty }
}
