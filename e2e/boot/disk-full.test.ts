import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type BrokerProcess, startBrokerProcess } from './broker-process.ts'
import { connectWriter, type Writer } from './sequenced-writer.ts'

const topics = [
  { name: 'rides', partitions: 1 },
  { name: 'spare', partitions: 1 },
]
/** KAFKA_STORAGE_ERROR, after which clients try again. */
const refused: number = 56
const coordinatorNotAvailable = 15
const MiB = 2 ** 20

/** Only root may mount; who may not is shown the second test alone, and told so by the first one's name. */
const mayMount = tryToMount()

let folder: string
let dataDir: string
let broker: BrokerProcess
let isMounted = false
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-full-'))
  dataDir = join(folder, 'data')
  mkdirSync(dataDir)
})
afterEach(async () => {
  broker?.kill()
  await broker?.ended
  if (isMounted) execFileSync('umount', [dataDir])
  isMounted = false
  rmSync(folder, { recursive: true, force: true })
})

it.skipIf(!mayMount)(
  'a full disk (a tmpfs of 48 MiB) refuses producers, and deleting a topic makes room again',
  async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', dataDir])
    isMounted = true
    await start()
    const spare = await connectWriter(broker, 'spare')
    for (let n = 0; n < 80; n++) expect(await spare.write()).toBe(0)
    let rides = await connectWriter(broker, 'rides')
    await writeUntilRefused(rides)
    expect(rides.stored.length).toBeGreaterThan(30)

    // What is left is for everything else.
    expect(await rides.readAll()).toEqual(rides.stored)
    expect(await rides.commit()).toBe(0)
    expect(await rides.createTopic('made-meanwhile')).toBe(0)

    // Somebody else takes that too.
    const filler = join(folder, 'data', 'filler')
    fill(filler)
    const answers = []
    while (answers.at(-1) !== refused)
      answers.push(await rides.createTopic(`topic-${answers.length}`))
    expect(answers.slice(0, -1).every((code) => code === 0)).toBe(true)
    expect([0, coordinatorNotAvailable]).toContain(await rides.commit())
    expect(await rides.write()).toBe(refused)
    expect(await rides.readAll()).toEqual(rides.stored)
    expect(fullLines()).toEqual([expect.stringMatching(/^The disk of .* is full: /)])
    rmSync(filler)

    // A restart makes the write-ahead logs go, and what they took is soon used up.
    const { stored, producer } = rides
    expect(await broker.stop()).toBe(0)
    await start()
    rides = await connectWriter(broker, 'rides', { stored, producer })
    await writeUntilRefused(rides)
    expect(await rides.readAll()).toEqual(rides.stored)
    expect(await rides.deleteTopic('spare')).toBe(0)
    // Its chunks go in slices, and each makes room for some.
    for (let n = 0; n < 20; n++) await untilTaken(rides)
    expect(await rides.readAll()).toEqual(rides.stored)
    await broker.line(/^There is space in .* again/)
    expect(fullLines()).toHaveLength(2)
    expect(await broker.stop()).toBe(0)
  },
)

it('a disk that refuses to write (prlimit --fsize, lifted later) costs nothing that was acknowledged', async () => {
  await start(16 * MiB)
  const rides = await connectWriter(broker, 'rides')
  await writeUntilRefused(rides)
  expect(rides.stored.length).toBeGreaterThan(30)
  for (let n = 0; n < 5; n++) {
    expect(await rides.write()).toBe(refused)
    expect(await rides.readAll()).toEqual(rides.stored)
  }
  expect(broker.hasEnded).toBe(false)
  execFileSync('prlimit', [`--pid=${broker.pid}`, '--fsize=unlimited'])
  await untilTaken(rides)
  for (let n = 0; n < 20; n++) expect(await rides.write()).toBe(0)
  expect(await rides.readAll()).toEqual(rides.stored)
  expect(await broker.stop()).toBe(0)
})

async function start(fileBytesMax?: number): Promise<void> {
  // Whether there is space again is looked at by the log's upkeep, which this test does not wait for.
  const env = { TRIBUTARY_UPKEEP_TIMES: '50' }
  broker = await startBrokerProcess({
    ...{ dataDir, topics, env },
    ...(fileBytesMax === undefined ? {} : { fileBytesMax }),
  })
}

/** Writes on until the same record was refused again and again. */
async function writeUntilRefused(writer: Writer): Promise<void> {
  for (let refusals = 0; refusals < 3; ) {
    const code = await writer.write()
    expect([0, refused]).toContain(code)
    refusals += code === 0 ? 0 : 1
  }
}

/** Tries again what was refused, as every client does, until it is taken. */
async function untilTaken(writer: Writer): Promise<void> {
  for (let code = await writer.write(); code !== 0; code = await writer.write()) {
    expect(code).toBe(refused)
    await delay(50)
  }
}

function fullLines(): readonly string[] {
  return broker.lines.filter((line) => /^(The disk|There is space|Storage failed)/.test(line))
}

function fill(file: string): void {
  for (let size = MiB; size >= 1; ) {
    try {
      appendFileSync(file, Buffer.alloc(size))
    } catch {
      size = Math.floor(size / 16)
    }
  }
}

function tryToMount(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'tributary-mount-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place], { stdio: 'ignore' })
    execFileSync('umount', [place])
    return true
  } catch {
    return false
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}
