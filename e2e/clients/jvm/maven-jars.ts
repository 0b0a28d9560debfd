/**
 * Java programs under test: their jars come from Maven Central, pinned by a `pom.xml`, and what is of
 * ours is compiled against them. Neither is part of the repository.
 */
import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import type { Readable, Writable } from 'node:stream'

/** The folder of the jars, or why they cannot be had here. */
export type Jars =
  | { readonly ok: true; readonly folder: string }
  | { readonly ok: false; readonly reason: string }

export interface WantedJars {
  readonly pom: string
  /** Below `dist/e2e/`. */
  readonly folder: string
  /** What the pom leaves open: `-D<name>=<value>`. */
  readonly properties?: Readonly<Record<string, string>>
  /** Files of ours to compile, for which a JRE is not enough. */
  readonly sources?: readonly string[]
}

/** Below the folder of the jars. */
const classesFolder = 'classes'

/** Kafka's tools are 150 MB. A registry that does not answer at all is not to be waited for. */
const fetchMsMax = 240_000

/** Fetches the jars with Maven and compiles the sources, each once until its input changes. */
export function fetchJars({ pom, folder, properties = {}, sources = [] }: WantedJars): Jars {
  if (spawnSync('java', ['-version']).status !== 0) {
    return { ok: false, reason: 'there is no Java: apt-get install default-jre-headless' }
  }
  if (sources.length > 0 && spawnSync('javac', ['-version']).status !== 0) {
    return { ok: false, reason: 'there is no Java compiler: apt-get install default-jdk-headless' }
  }
  const jars = resolve('dist/e2e', folder)
  const open = Object.entries(properties).map(([name, value]) => `-D${name}=${value}`)
  const wanted = `${open.join(' ')}\n${readFileSync(pom, 'utf8')}`
  const complaint =
    once(join(jars, 'fetched.txt'), wanted, () => fetchTo(jars, pom, open)) ??
    once(join(jars, 'compiled.txt'), `${wanted}${sources.map(readText).join('\n')}`, () =>
      compileTo(jars, sources),
    )
  return complaint === null ? { ok: true, folder: jars } : { ok: false, reason: complaint }
}

const readText = (path: string) => readFileSync(path, 'utf8')

/** Does what a stamp says was done with the same input; null where all is well. */
function once(stamp: string, input: string, work: () => string | null): string | null {
  if (existsSync(stamp) && readText(stamp) === input) return null
  rmSync(stamp, { force: true })
  const complaint = work()
  if (complaint === null) writeFileSync(stamp, input)
  return complaint
}

function fetchTo(jars: string, pom: string, open: readonly string[]): string | null {
  if (spawnSync('mvn', ['-version']).status !== 0) {
    return 'there is no Maven: apt-get install maven'
  }
  // Of another version nothing may be left beside it.
  rmSync(jars, { recursive: true, force: true })
  mkdirSync(jars, { recursive: true })
  const copy = ['dependency:copy-dependencies', `-DoutputDirectory=${jars}`, ...open]
  const quietly = ['-q', '-B', '-Dstyle.color=never', '-f', pom]
  const maven = spawnSync('mvn', [...quietly, ...copy], { encoding: 'utf8', timeout: fetchMsMax })
  if (maven.status === 0) return null
  if (maven.error !== undefined) return `Maven could not fetch the jars: ${maven.error.message}`
  const [why = 'no reason given'] = `${maven.stdout}${maven.stderr}`.trim().split('\n')
  return `Maven could not fetch the jars: ${why}`
}

function compileTo(jars: string, sources: readonly string[]): string | null {
  const classes = join(jars, classesFolder)
  rmSync(classes, { recursive: true, force: true })
  if (sources.length === 0) return null
  const options = ['-nowarn', '-Xlint:-options,-deprecation', '-proc:none', '-d', classes]
  const javac = spawnSync('javac', [...options, '-cp', join(jars, '*'), ...sources], {
    encoding: 'utf8',
  })
  // A program of ours that does not compile is a failure, not a machine on which it cannot run.
  if (javac.status !== 0) throw new Error(`javac ended with ${javac.status}:\n${javac.stderr}`)
  return null
}

/** A JVM that starts fast rather than runs fast: most of these programs live for seconds. */
export function spawnJava(
  folder: string,
  arguments_: readonly string[],
  heapMiB = 256,
): ChildProcessByStdio<Writable, Readable, Readable> {
  const quickly = [`-Xmx${heapMiB}m`, '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC']
  const classPath = [join(folder, '*'), join(folder, classesFolder)].join(delimiter)
  return spawn('java', [...quickly, '-cp', classPath, ...arguments_], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
}
