/** Where a program runs, as *New client* asks: the address that it dials, and what has to be so for that. */
export const clientPlaces = [
  { id: 'machine', name: 'This machine' },
  { id: 'container', name: 'A container' },
  { id: 'wsl', name: 'WSL' },
  { id: 'ci', name: 'CI' },
] as const
export type ClientPlaceId = (typeof clientPlaces)[number]['id']

/** From where this installation can be reached, as it was started. */
export interface Reach {
  /** What it listens on; null is loopback. */
  readonly host: string | null
  readonly advertisedHost: string | null
  /** Further names in its certificate. */
  readonly tlsNames: readonly string[]
}

/** What Docker calls the machine that a container runs on. */
const containerHost = 'host.docker.internal'

/** What programs are told: of Kafka, and of the console's port, which answers Kafka REST. */
export interface Addresses {
  readonly bootstrap: string
  readonly restUrl: string
}

/** The same port under the name that it has from there. One with a name of its own keeps it. */
export function addressesFrom(place: ClientPlaceId, told: Addresses): Addresses {
  if (place !== 'container') return told
  return {
    bootstrap: told.bootstrap.replace(/^localhost(?=:)/, containerHost),
    restUrl: told.restUrl.replace(/^http:\/\/localhost(?=:)/, `http://${containerHost}`),
  }
}

export type ClientTransport = 'SASL_SSL' | 'SASL_PLAINTEXT' | 'HTTP'

/** How to start the product so that containers reach it; null where it was started so. */
export function containerStart(reach: Reach, transport: ClientTransport): string | null {
  if (reach.advertisedHost !== null && reach.host !== null) return null
  const isOpen = reach.host !== null
  const settings = [
    ...(isOpen ? [] : ['HOST=0.0.0.0']),
    ...(isOpen
      ? []
      : [transport === 'SASL_PLAINTEXT' ? 'ALLOW_PLAINTEXT=1' : 'SECURITY_PROTOCOLS=SASL_SSL']),
    ...(transport === 'SASL_SSL' && !reach.tlsNames.includes(containerHost)
      ? [`TLS_NAMES=${[...reach.tlsNames, containerHost].join(',')}`]
      : []),
    // The console answers to its own names alone.
    ...(transport === 'HTTP' ? [`ADVERTISED_HOST=${containerHost}`] : []),
  ]
  return settings.length === 0 ? null : [...settings, 'npm start'].join(' \\\n  ')
}

/** The cluster that `ci.sh` starts with, in the environment `default`. */
export const ciClusterName = 'ci'

export interface CiInput {
  readonly bootstrap: string
  readonly restUrl: string
  readonly protocol: 'SASL_PLAINTEXT' | 'SASL_SSL'
  readonly key: string
  readonly secret: string
  readonly topic: string
}

/** A script that starts the product with one key and one topic, and ends when all of it answers. */
export function ciScript(input: CiInput): string {
  const name = ciClusterName
  const topics = [{ name: input.topic, partitions: 2 }]
  const apiKeys = [{ key: input.key, secret: input.secret }]
  const cluster = { name, provider: 'gcp', region: 'europe-west2', apiKeys, topics }
  const preset = { environments: [{ name: 'default', clusters: [cluster] }] }
  return `# Starts Tributary with this key and this topic, and waits until all of it answers.
# TRIBUTARY_DIR is the folder of its checkout.
cat > tributary.json <<'END'
${JSON.stringify(preset, null, 2)}
END
export TRIBUTARY_PRESET="$PWD/tributary.json" DATA_DIR="$PWD/.tributary"
export PORT=${portIn(input.restUrl)} KAFKA_PORT=${portIn(input.bootstrap)}
(cd "$TRIBUTARY_DIR" && exec npm start) > tributary.log 2>&1 &
until grep -qs 'Tributary is ready' tributary.log; do
  kill -0 $! 2>/dev/null || { cat tributary.log; exit 1; }
  sleep 1
done
${input.protocol === 'SASL_SSL' ? 'cp .tributary/tls/ca.pem .\n' : ''}`
}

function portIn(address: string): string {
  return /:(\d+)$/.exec(address)?.[1] ?? ''
}
