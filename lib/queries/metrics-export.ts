import 'server-only'
import { basicCredentials } from '../auth/basic-credentials.ts'
import { attemptLimits, createSignInAttempts, machineAt } from '../auth/sign-in-attempts.ts'
import { consoleSettings } from '../env.ts'
import { productErrors } from '../errors.ts'
import { asKafkaFailure } from '../kafka/failure.ts'
import { findKeyCluster } from '../kafka/key-cluster.ts'
import { requiredAuthority } from '../kafka/required-authority.ts'
import { openMetricsText, openMetricsType } from '../open-metrics.ts'
import { servicesControl } from '../services-control.ts'

const attempts = createSignInAttempts(Date.now)

/**
 * Answers a scraper, which signs in with a cluster's API key and is told of that cluster alone. Wrong
 * keys are limited as sign-ins are.
 */
export async function answerScrape(headers: Headers): Promise<Response> {
  const credentials = basicCredentials(headers.get('authorization'))
  if (credentials === null) return unauthorized()
  const address = machineAt(headers.get('x-tributary-address') ?? '')
  const attempt = { email: credentials.key, address }
  if (!attempts.begin(attempt)) return tooManyAttempts()
  const settings = consoleSettings()
  const bootstrap = settings.kafkaPorts.map((port) => ({ host: '127.0.0.1', port }))
  let clusterId: string | null
  try {
    clusterId = await findKeyCluster({ bootstrap, ...requiredAuthority(settings) }, credentials)
  } catch (error) {
    if (asKafkaFailure(error) === null) throw error
    // Nobody said that the key is wrong.
    attempts.succeeded(attempt)
    return text(503, productErrors.BROKER_UNREACHABLE.sentence)
  }
  if (clusterId === null) return unauthorized()
  attempts.succeeded(attempt)
  const exported = await servicesControl().metricsExport(clusterId)
  if (!exported.ok) return text(503, productErrors.SERVICES_UNREACHABLE.sentence)
  return text(200, openMetricsText(clusterId, exported.value), { 'content-type': openMetricsType })
}

function unauthorized(): Response {
  return text(401, "Sign in with a cluster's API key as the user and its secret as the password.", {
    'www-authenticate': 'Basic realm="Tributary metrics", charset="UTF-8"',
  })
}

function tooManyAttempts(): Response {
  const seconds = String(attemptLimits.windowMs / 1000)
  return text(429, 'Too many wrong secrets for this API key. Wait 15 minutes, then try again.', {
    'retry-after': seconds,
  })
}

function text(
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const plain = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }
  const ending = body.endsWith('\n') ? '' : '\n'
  return new Response(`${body}${ending}`, { status, headers: { ...plain, ...headers } })
}
