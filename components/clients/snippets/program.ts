/**
 * Programs that people copy: what each language offers, as data. A program is complete: it is saved
 * under its name and run with the commands beside it, and nothing in it has to be filled in but a
 * secret that this console never knew. `e2e/clients/snippets.test.ts` does just that.
 */
export interface ClientLanguage {
  readonly id: string
  readonly name: string
  /** The first one is what most people use. */
  readonly libraries: readonly ClientLibrary[]
}

export interface ClientLibrary {
  readonly id: string
  readonly name: string
  /** What has to be there, in the folder of the programs. */
  readonly install: string
  /** Settings alone, for programs that are there already. */
  readonly configuration: (input: ProgramInput) => ProgramFile
  readonly producer: (input: ProgramInput) => ProgramFile
  /** Absent where there is no way to read. */
  readonly consumer?: (input: ProgramInput) => ProgramFile
  /** Looks at the topic itself. */
  readonly topic?: (input: ProgramInput) => ProgramFile
  /** What else the commands need beside the programs, such as a list of packages. */
  readonly beside?: (input: ProgramInput) => readonly ProgramFile[]
  /** It speaks HTTP to the console's port, and not Kafka. */
  readonly isHttp?: true
}

export interface ProgramFile {
  readonly name: string
  readonly text: string
  /** Starts it; absent for what is not run. */
  readonly command?: string
}

export interface ProgramInput {
  readonly bootstrap: string
  /** How the Kafka ports are spoken to. */
  readonly protocol: 'SASL_PLAINTEXT' | 'SASL_SSL'
  readonly key: string
  /** The secret, or `secretPlaceholder`. */
  readonly secret: string
  readonly topic: string
  readonly clusterId: string
  /** The console's address, which answers Kafka REST too. */
  readonly restUrl: string
}

/** Stands where a secret is not known. */
export const secretPlaceholder = '<API secret>'

/**
 * The certificate of this installation's own authority, saved beside the program: over `SASL_SSL` no
 * list that a machine brings along has it.
 */
export const authorityFile = 'ca.pem'

/** Members of one group share the topic: the consumer is started twice to see it. */
export function groupIdOf(topic: string): string {
  return `${topic}-readers`
}

/** How many records a producer writes before it ends. */
export const recordCount = 10

export function isEncrypted({ protocol }: ProgramInput): boolean {
  return protocol === 'SASL_SSL'
}

/** A text as Java, Go, Python and JavaScript write it. */
export function quoted(text: string): string {
  return JSON.stringify(text)
}

/** A text as a POSIX shell reads it unchanged. */
export function shellQuoted(text: string): string {
  return /^[\w.,:/@+=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
