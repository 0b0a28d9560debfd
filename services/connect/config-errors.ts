import { type ConfigError, maskedSecret } from '../../broker/rules/connect.ts'
import { displayNameProblem } from '../../broker/rules/names.ts'
import { definitionErrors, definitionsOf, withDefaults } from './check-config.ts'
import type { ClusterAccess, ClusterFacts } from './cluster-access.ts'
import type { ConfigMap, ConnectorPlugin } from './plugin.ts'

interface ConfigToCheck {
  readonly plugin: ConnectorPlugin
  /** As set: secrets in it, stars only where none is stored. */
  readonly config: ConfigMap
  readonly clusterId: string
  readonly facts: ClusterFacts
  readonly access: Pick<ClusterAccess, 'check'>
}

/**
 * Everything that is wrong with a config: what the definitions say, what the plugin says, what the
 * cluster allows, and whether its key opens its topic. Each error stands beside its key.
 */
export async function configErrors(checked: ConfigToCheck): Promise<readonly ConfigError[]> {
  const { plugin, clusterId, facts, access } = checked
  const definitions = definitionsOf(plugin)
  const config = withDefaults(definitions, checked.config)
  const errors = [
    ...definitionErrors(definitions, config),
    ...nameErrors(config),
    ...credentialErrors(config),
    ...taskErrors(config, facts),
  ]
  const wrong = new Set(errors.map(({ name }) => name))
  errors.push(...(await plugin.validate(config)).filter(({ name }) => !wrong.has(name)))
  const isAnswerable = ['kafka.auth.mode', 'kafka.api.key', 'kafka.api.secret'].every(
    (name) => !wrong.has(name),
  )
  if (isAnswerable) {
    const found = await access.check(config, clusterId)
    errors.push(...found.filter(({ name }) => !wrong.has(name)))
  }
  return errors
}

function nameErrors({ name }: ConfigMap): readonly ConfigError[] {
  // That there must be one, its definition says.
  if (name === undefined || name === '') return []
  // As a step of an address these mean another place, whoever writes the address.
  const isStep = name === '.' || name === '..'
  const message = isStep ? `A connector cannot be called "${name}".` : displayNameProblem(name)
  return message === null ? [] : [{ name: 'name', message }]
}

function credentialErrors(config: ConfigMap): readonly ConfigError[] {
  if (config['kafka.auth.mode'] !== 'KAFKA_API_KEY') return []
  return ['kafka.api.key', 'kafka.api.secret'].flatMap((name) => {
    const value = config[name] ?? ''
    const what = name === 'kafka.api.key' ? 'API key' : 'secret of the API key'
    if (value === '') return [{ name, message: `Enter the ${what}: KAFKA_API_KEY needs one.` }]
    if (value === maskedSecret) {
      return [{ name, message: `Enter the ${what}: the stars stand for one that is not stored.` }]
    }
    return []
  })
}

function taskErrors(config: ConfigMap, { type, limits }: ClusterFacts): readonly ConfigError[] {
  const most = limits.tasksPerConnector
  if (!(Number(config['tasks.max']) > most)) return []
  const kind = type === 'BASIC' ? 'a Basic' : 'a Standard'
  const [tasks, wayOn] =
    most === 1 ? ['one task', '1'] : [`at most ${most} tasks`, `${most} or less`]
  return [
    {
      name: 'tasks.max',
      message: `A connector on ${kind} cluster runs ${tasks}: set tasks.max to ${wayOn}.`,
    },
  ]
}
