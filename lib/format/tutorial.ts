/**
 * The tutorial of the Learn panel: each step, why one takes it, and what the button that leads there
 * says. When a step counts as taken stands where it happens: `reaches` of the actions in
 * `lib/actions`, and `lib/queries/learn.ts` for what nobody clicks.
 */
export const tutorialSteps = [
  {
    id: 'cluster',
    title: 'Launch a cluster',
    why: 'A cluster is where topics live: brokers that take records in, keep them and hand them out. This one runs on your machine and costs nothing.',
    button: 'Add cluster',
  },
  {
    id: 'api-key',
    title: 'Create an API key',
    why: 'Programs sign in with a key and its secret, so that each can be let in, and shut out, by itself. The key also says which cluster they see.',
    button: 'Create key',
  },
  {
    id: 'topic',
    title: 'Create a topic with 2 partitions that keeps records for 1 day',
    why: 'Partitions let several consumers share the work: with two, two can read at once. Retention says how long a record can still be read, whether somebody has read it or not.',
    button: 'Create topic',
  },
  {
    id: 'message',
    title: 'Produce a message by hand',
    why: 'A record is a key, a value and headers. The key decides the partition, and records of one partition keep their order.',
    button: 'Produce a message',
  },
  {
    id: 'connector',
    title: 'Run a Datagen connector',
    why: 'Connectors bring data in and out without a program of your own. Datagen makes up orders as a shop would write them, so that there is something to look at.',
    button: 'Add connector',
  },
  {
    id: 'rate',
    title: 'See the production rate move',
    why: 'Bytes per second in and out are the pulse of a topic: whether producers still write, and whether consumers keep up.',
    button: 'Open the topic',
  },
  {
    id: 'pause',
    title: 'Pause the connector',
    why: 'In the cloud a running connector costs money by the hour. Paused, it keeps its place, and production falls back to zero.',
    button: 'Open the connector',
  },
] as const satisfies readonly TutorialStepText[]

interface TutorialStepText {
  readonly id: string
  /** What to do. */
  readonly title: string
  readonly why: string
  /** Leads to where it is done. */
  readonly button: string
}

export type TutorialStep = (typeof tutorialSteps)[number]['id']

/** How far somebody is, as the panel is told. */
export interface TutorialProgress {
  readonly steps: readonly {
    readonly id: TutorialStep
    readonly isDone: boolean
    /** Where it is done. */
    readonly href: string
  }[]
}
