import type { Page } from '@playwright/test'
import { kafkajsWithKey } from '../support/kafkajs-with-key.ts'
import type { KcatTarget } from './kcat-runs.ts'

const recordsPerSecond = 5000
const sendEveryMs = 100
const batchRecordsMax = 1000

/** Prints the page's heap over time and its longest tasks while records arrive. */
export async function measureTail(page: Page, target: KcatTarget, seconds: number): Promise<void> {
  await page.getByText('Live', { exact: true }).waitFor()
  const stop = await produceSteadily(target)
  // What the first seconds load and compile is not growth.
  await page.waitForTimeout(3000)
  await watchLongTasks(page)
  const heaps: number[] = []
  const clicksMs: number[] = []
  const endMs = Date.now() + seconds * 1000
  while (Date.now() < endMs) {
    await page.waitForTimeout(Math.min(5000, Math.max(1000, (seconds * 1000) / 10)))
    heaps.push(await heapBytes(page))
    clicksMs.push(await timeFilter(page))
  }
  const produced = await stop()
  const longTasksMs = await readLongTasks(page)
  const mebibytes = heaps.map((bytes) => (bytes / 2 ** 20).toFixed(0)).join(' ')
  const longest = Math.max(0, ...longTasksMs).toFixed(0)
  console.log(`  tail of ${Math.round(produced.perSecond)} records/s for ${seconds} s`)
  console.log(`    heap after collection, MiB  ${mebibytes}`)
  console.log(`    tasks over 50 ms  ${longTasksMs.length}, longest ${longest} ms`)
  console.log(`    a key typed is drawn within  ${Math.max(...clicksMs).toFixed(0)} ms at worst`)
}

async function produceSteadily(target: KcatTarget) {
  const producer = kafkajsWithKey({
    clusterId: '',
    bootstrapServer: `localhost:${target.port}`,
    key: target.key,
    secret: target.secret,
  }).producer()
  await producer.connect()
  const startedMs = Date.now()
  let sent = 0
  let isStopped = false
  const running = (async () => {
    while (!isStopped) {
      const behind = Math.floor(((Date.now() - startedMs) / 1000) * recordsPerSecond) - sent
      // After a stall it catches up in batches that the topic takes.
      const due = Math.min(behind, batchRecordsMax)
      const messages = Array.from({ length: due }, (_, i) => ({
        key: String(sent + i),
        value: JSON.stringify({ orderid: sent + i, itemid: 'Item_184', note: 'x'.repeat(900) }),
      }))
      if (due > 0) await producer.send({ topic: target.topic, messages })
      sent += due
      const waitMs = behind > due ? 0 : sendEveryMs
      await new Promise((resolve) => setTimeout(resolve, waitMs))
    }
  })()
  return async () => {
    isStopped = true
    await running
    await producer.disconnect()
    return { perSecond: sent / ((Date.now() - startedMs) / 1000) }
  }
}

async function heapBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize
}

/** From a key press in the filter to the frame after it. */
async function timeFilter(page: Page): Promise<number> {
  const filter = page.getByRole('searchbox')
  await filter.focus()
  // It listens before the key is pressed, however busy the page is.
  await page.evaluate(() => {
    const drawn = new Promise<number>((resolve) => {
      const measure = (event: KeyboardEvent) =>
        requestAnimationFrame(() => resolve(performance.now() - event.timeStamp))
      addEventListener('keydown', measure, { once: true, capture: true })
    })
    Object.assign(globalThis, { benchKeyDrawn: drawn })
  })
  await page.keyboard.press('0')
  const tookMs = await page.evaluate(() => Reflect.get(globalThis, 'benchKeyDrawn'))
  await filter.fill('')
  return Number(tookMs)
}

async function watchLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const durations: number[] = []
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) durations.push(duration)
    }).observe({ type: 'longtask' })
    Object.assign(globalThis, { benchLongTasks: durations })
  })
}

/** Collecting garbage for the heap figure is a task of its own and counts with the others. */
async function readLongTasks(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    const found: unknown = Reflect.get(globalThis, 'benchLongTasks')
    return Array.isArray(found) ? found.map(Number) : []
  })
}
