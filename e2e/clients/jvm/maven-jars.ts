/**
 * Java programs under test: their jars come from Maven Central, pinned by a `pom.xml`. Nothing of them
 * is part of the repository.
 */
import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
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
  /** Whether a program is to be run from its source, for which a JRE is not enough. */
  readonly compiles?: boolean
}

/** Fetches the jars with Maven, once for each version of the pom. */
export function fetchJars({ pom, folder, properties = {}, compiles = false }: WantedJars): Jars {
  if (spawnSync('java', ['-version']).status !== 0) {
    return { ok: false, reason: 'there is no Java: apt-get install default-jre-headless' }
  }
  if (compiles && spawnSync('javac', ['-version']).status !== 0) {
    return { ok: false, reason: 'there is no Java compiler: apt-get install default-jdk-headless' }
  }
  const jars = resolve('dist/e2e', folder)
  const stamp = join(jars, 'fetched.txt')
  const open = Object.entries(properties).map(([name, value]) => `-D${name}=${value}`)
  const wanted = `${open.join(' ')}\n${readFileSync(pom, 'utf8')}`
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    return { ok: true, folder: jars }
  }
  if (spawnSync('mvn', ['-version']).status !== 0) {
    return { ok: false, reason: 'there is no Maven: apt-get install maven' }
  }
  mkdirSync(jars, { recursive: true })
  const copy = ['dependency:copy-dependencies', `-DoutputDirectory=${jars}`, ...open]
  const quietly = ['-q', '-B', '-Dstyle.color=never', '-f', pom]
  const maven = spawnSync('mvn', [...quietly, ...copy], { encoding: 'utf8' })
  if (maven.status !== 0) {
    const [why = 'no reason given'] = `${maven.stdout}${maven.stderr}`.trim().split('\n')
    return { ok: false, reason: `Maven could not fetch the jars: ${why}` }
  }
  writeFileSync(stamp, wanted)
  return { ok: true, folder: jars }
}

/** A JVM that starts fast rather than runs fast: most of these programs live for seconds. */
export function spawnJava(
  folder: string,
  arguments_: readonly string[],
): ChildProcessByStdio<Writable, Readable, Readable> {
  const quickly = ['-Xmx256m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC']
  return spawn('java', [...quickly, '-cp', join(folder, '*'), ...arguments_], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
}
