import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { skipNote } from '../quick.ts'
import { fetchJars } from './maven-jars.ts'

/** The version that courses use, and the newest of which the registry has all that it needs. */
const versions = {
  'kafka-clients': ['3.3.1', '4.4.0'],
  'kafka-streams': ['3.3.1', '4.3.1'],
} as const

/** One library in one version, ready to run or not. */
export interface JavaRow {
  /** As its suite is called, with the reason where it cannot run here. */
  readonly title: string
  readonly version: string
  /** The folder of jars and compiled programs; null where the row cannot run. */
  readonly jars: string | null
}

/** The rows of one library: its programs, in the folder of that name, compiled against each version. */
export function javaRows(library: keyof typeof versions): readonly JavaRow[] {
  const folder = join('e2e/clients', library)
  const sources = ['e2e/clients/jvm', folder].flatMap(javaFilesIn)
  return versions[library].map((version) => {
    const jars = fetchJars({
      pom: join(folder, 'pom.xml'),
      folder: `${library}-${version}`,
      properties: { 'kafka.version': version },
      sources,
    })
    if (jars.ok) return { title: `${library} ${version}`, version, jars: jars.folder }
    return { title: `${library} ${version}${skipNote(jars)}`, version, jars: null }
  })
}

function javaFilesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.java'))
    .map((name) => join(folder, name))
}
