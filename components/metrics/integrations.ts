/** How programs of others read the metrics: what each needs, as data. */
export interface Integration {
  readonly id: string
  readonly name: string
  /** In a word or two, on its card. */
  readonly about: string
  readonly explained: string
  readonly fileName: string
  readonly text: (input: IntegrationInput) => string
}

export interface IntegrationInput {
  /** The console's address, e.g. `http://localhost:3000`. */
  readonly consoleUrl: string
  readonly clusterId: string
  /** A key of the cluster; null where it has none. */
  readonly key: string | null
}

const secret = '<API secret>'

function keyOf({ key }: IntegrationInput): string {
  return key ?? '<API key>'
}

/** One request from a terminal. */
export function curlCommand(input: IntegrationInput): string {
  return `curl --silent --user '${keyOf(input)}:${secret}' ${input.consoleUrl}/metrics`
}

export const integrations: readonly Integration[] = [
  {
    id: 'prometheus',
    name: 'Prometheus',
    about: 'prometheus.yml',
    explained:
      'Put this job into prometheus.yml. An API key of the cluster signs Prometheus in, so that it sees this cluster and no other.',
    fileName: 'prometheus.yml',
    text: (input) => `scrape_configs:
  - job_name: tributary-${input.clusterId}
    # A sample covers a minute: asking more often brings nothing new.
    scrape_interval: 1m
    honor_timestamps: true
    scheme: ${new URL(input.consoleUrl).protocol.replace(':', '')}
    metrics_path: /metrics
    basic_auth:
      username: ${keyOf(input)}
      password: ${secret}
    static_configs:
      - targets:
          - ${new URL(input.consoleUrl).host}
`,
  },
  {
    id: 'grafana',
    name: 'Grafana Alloy',
    about: 'config.alloy',
    explained:
      'Grafana Alloy scrapes the cluster and hands the samples on to Grafana Cloud, or to any Prometheus that takes remote writes.',
    fileName: 'config.alloy',
    text: (input) => `prometheus.scrape "tributary" {
  targets         = [{"__address__" = "${new URL(input.consoleUrl).host}"}]
  scheme          = "${new URL(input.consoleUrl).protocol.replace(':', '')}"
  metrics_path    = "/metrics"
  scrape_interval = "1m"

  basic_auth {
    username = "${keyOf(input)}"
    password = "${secret}"
  }
  forward_to = [prometheus.remote_write.grafana.receiver]
}

prometheus.remote_write "grafana" {
  endpoint {
    url = "<address of your Grafana Cloud or Prometheus>/api/v1/push"
  }
}
`,
  },
  {
    id: 'opentelemetry',
    name: 'OpenTelemetry',
    about: 'Collector',
    explained:
      'The Collector’s Prometheus receiver takes the same job. Datadog, Dynatrace and others have exporters for it.',
    fileName: 'collector.yaml',
    text: (input) => `receivers:
  prometheus:
    config:
      scrape_configs:
        - job_name: tributary-${input.clusterId}
          scrape_interval: 1m
          scheme: ${new URL(input.consoleUrl).protocol.replace(':', '')}
          metrics_path: /metrics
          basic_auth:
            username: ${keyOf(input)}
            password: ${secret}
          static_configs:
            - targets: ["${new URL(input.consoleUrl).host}"]

exporters:
  debug:

service:
  pipelines:
    metrics:
      receivers: [prometheus]
      exporters: [debug]
`,
  },
  {
    id: 'rest',
    name: 'REST API',
    about: 'cURL',
    explained:
      'The newest whole minute as OpenMetrics text, under the names that Confluent’s export uses.',
    fileName: 'metrics.sh',
    text: (input) => `${curlCommand(input)}\n`,
  },
]
